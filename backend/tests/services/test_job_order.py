"""Whose turn it is, on both databases."""

import threading

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.planning.plan import Plan
from app.extensions import db
from app.models import AIJob
from app.models.canvas import Canvas
from app.models.sql_time import utc_after
from app.services.jobs.claims import claim
from tests.conftest import MakeApp
from tests.support.engines import running_engine
from tests.support.jobs import drawn_labels, submit, terms, wait_for
from tests.support.people import People, add_people
from tests.support.planners import ScriptedPlanner, boxes, thinks, use_planner
from tests.support.processes import wait_until


@pytest.mark.rule("J3")
def test_higher_priority_first_then_older(make_any_app: MakeApp) -> None:
    app = make_any_app(ai_user_concurrency=1)
    people = add_people(app)
    planner = ScriptedPlanner(boxes("Box"))
    use_planner(app, planner)
    for label, priority in (("c", 0), ("d", 0), ("b", 1), ("a", 3)):
        submit(app, people.ana.id, label, priority=priority)
    with running_engine(app, slots=1):
        wait_until(lambda: len(planner.requests) == 4)
    assert [request.instruction for request in planner.requests] == ["a", "b", "c", "d"]


@pytest.mark.rule("J3")
@pytest.mark.parametrize(("seconds", "older_first"), [(59, False), (61, True)])
def test_a_step_of_priority_is_worth_a_minute_of_waiting(
    any_app: Flask, people: People, seconds: int, older_first: bool
) -> None:
    old, urgent = submit(any_app, people.ana.id), submit(any_app, people.ben.id, priority=1)
    with any_app.app_context():
        older = update(AIJob).where(AIJob.id == old).values(sort_key=AIJob.sort_key - seconds)
        db.session.execute(older)
        db.session.commit()
        first = claim(terms("w", 30, 60, per_user=5))
        assert first is not None
    assert first.id == (old if older_first else urgent)


@pytest.mark.rule("J3")
def test_among_equals_whoever_has_the_fewest_running_goes_first(
    any_app: Flask, people: People
) -> None:
    for _ in range(3):
        submit(any_app, people.ana.id)
    for person in (people.ben, people.vic):
        submit(any_app, person.id)
    with any_app.app_context():
        here = terms("w", 30, 60, per_user=5)
        order = [job.user_id for job in iter(lambda: claim(here), None)]
    assert order == [
        *(people.ana.id, people.ben.id, people.vic.id),
        *(people.ana.id, people.ana.id),
    ]


def test_jobs_on_one_canvas_draw_one_after_the_other(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    alone: list[bool] = []
    nobody_else = threading.Semaphore(1)

    async def look(_progress: object) -> Plan:
        alone.append(nobody_else.acquire(blocking=False))
        await thinks(0.03)
        nobody_else.release()
        return boxes("Box")

    use_planner(any_app, ScriptedPlanner(look))
    with running_engine(any_app):
        ids = [
            submit(any_app, person.id, canvas_id=canvas.id)
            for person in (people.ana, people.ben) * 3
        ]
        for job_id in ids:
            wait_for(any_app, job_id, "completed")
    assert alone == [True] * 6
    assert drawn_labels(any_app, canvas.id) == ["Box"] * 6


def test_a_claim_tells_whether_another_job_is_due(any_app: Flask, people: People) -> None:
    jobs = [submit(any_app, people.ana.id) for _ in range(3)]
    with any_app.app_context():
        later = update(AIJob).where(AIJob.id == jobs[2]).values(available_at=utc_after(600))
        db.session.execute(later)
        db.session.commit()
        here = terms("w", 30, 60, per_user=5)
        claimed = iter(lambda: claim(here), None)
        assert [(job.id, job.is_more_due) for job in claimed] == [(jobs[0], True), (jobs[1], False)]
