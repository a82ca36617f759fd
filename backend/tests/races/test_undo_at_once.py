"""Two people steer one job at the same moment, or lose their role in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from app.domain.access.policy import Role
from app.domain.errors import Conflict, NotAllowed
from app.extensions import db
from app.models import members
from app.models.canvas import Canvas
from app.services.jobs.steering import redo, undo
from app.services.undo_ledger import undone_among
from app.services.undo_service import redo_change_set
from app.services.unit_of_work import unit_of_work
from tests.services.test_people_and_jobs import RED, run, scene, three_boxes
from tests.support.people import People

PEOPLE_AT_ONCE = 4


@pytest.fixture
def app(any_app: Flask) -> Flask:
    return any_app


@pytest.fixture
def job(app: Flask, people: People, canvas: Canvas) -> Any:
    with app.app_context():
        three_boxes(canvas, people)
    return run(app, people, canvas, RED)


def colors(canvas: Canvas) -> set[str]:
    return {scene(canvas)[key]["strokeColor"] for key in "abc"}


@pytest.mark.rule("U1", "U5")
def test_of_several_who_steer_a_job_at_once_one_does(
    app: Flask, people: People, canvas: Canvas, job: Any
) -> None:
    with app.app_context():
        red = colors(canvas)
        db.session.rollback()
    for steer, undone in ((undo, True), (redo, False), (undo, True)):
        start = Barrier(PEOPLE_AT_ONCE)

        def at_once(number: int, steer: Callable[..., Any] = steer, start: Barrier = start) -> str:
            with app.app_context():
                start.wait()
                try:
                    steer(job.id, (people.ana.id, people.ben.id)[number % 2])
                except Conflict:
                    return "conflict"
                return "done"

        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as threads:
            answers = list(threads.map(at_once, range(PEOPLE_AT_ONCE)))
        assert sorted(answers) == ["conflict"] * (PEOPLE_AT_ONCE - 1) + ["done"]
        with app.app_context():
            assert (colors(canvas) == red) is not undone
            assert bool(undone_among({job.change_set_id})) is undone


@pytest.mark.rule("S9")
def test_who_lost_their_role_takes_nothing_back_and_brings_nothing_back(
    app: Flask, people: People, canvas: Canvas, job: Any
) -> None:
    with app.app_context():
        undo(job.id, people.ben.id)
        with unit_of_work():
            members.change_role(canvas.id, people.ben.id, Role.VIEWER)
        before = scene(canvas)
        for steer in (undo, redo):
            with pytest.raises(NotAllowed):
                steer(job.id, people.ben.id)
        # Also if it was theirs when the request came in.
        with pytest.raises(NotAllowed), unit_of_work() as work:
            redo_change_set(work, change_set_id=job.change_set_id, user_id=people.ben.id)
        assert scene(canvas) == before
        assert undone_among({job.change_set_id}) == {job.change_set_id}
