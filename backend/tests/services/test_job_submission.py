"""What is accepted, from whom, and how much of it."""

import pytest
from flask import Flask
from sqlalchemy import update

from app.adapters.job_queue import QueueUnavailable
from app.domain.errors import Conflict, Invalid, NotAllowed, NotFound, RateLimited
from app.domain.jobs.queueing import MAX_QUEUED_PER_USER
from app.extensions import db
from app.factory import runtime_of
from app.models import AIJob, User
from app.models.canvas import Canvas
from app.services.ai_job_service import AIJobService
from app.services.jobs import events
from app.services.jobs.lists import list_jobs
from app.services.jobs.views import job_view
from tests.support.jobs import heard_events, job_row, submit
from tests.support.people import People


def test_a_job_without_canvas_gets_a_new_one_named_by_its_instruction(
    app: Flask, people: People
) -> None:
    job = job_row(app, submit(app, people.ana.id, "Draw our deployment\nwith details"))
    with app.app_context():
        canvas = db.session.get(Canvas, job.canvas_id)
        assert canvas is not None
        assert (canvas.title, canvas.owner_id) == ("Draw our deployment", people.ana.id)


def test_events_tell_the_name_that_somebody_took_meanwhile(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        with heard_events() as heard:
            submit(app, people.ben.id)
        name: str = heard[0][1]["requested_by"]["name"]
        return name

    assert told() == "Ben"
    with app.app_context():
        db.session.execute(update(User).where(User.id == people.ben.id).values(name="Benno"))
        db.session.commit()
    monkeypatch.setattr(events, "monotonic", lambda: 1e9)  # long after that time is over
    assert told() == "Benno"


@pytest.mark.rule("J8")
def test_only_who_may_edit_a_canvas_may_have_it_drawn_on(
    app: Flask, people: People, canvas: Canvas
) -> None:
    assert submit(app, people.ben.id, canvas_id=canvas.id)
    with pytest.raises(NotAllowed):
        submit(app, people.vic.id, canvas_id=canvas.id)
    with pytest.raises(NotFound):
        submit(app, people.olu.id, canvas_id=canvas.id)


def test_a_modification_needs_a_canvas(app: Flask, people: People) -> None:
    with app.app_context(), pytest.raises(Invalid) as refused:
        AIJobService().modify_canvas_job(people.ana.id, {"instructions": "Make it red"})
    assert "canvas_id" in refused.value.fields


@pytest.mark.parametrize(
    "request_data",
    [
        {},
        {"instructions": "  "},
        {"instructions": 7},
        {"instructions": "x" * 70_000},
        {"instructions": "ok", "weight": float("nan")},
    ],
)
def test_what_cannot_be_a_job_is_refused(
    app: Flask, people: People, request_data: dict[str, object]
) -> None:
    with app.app_context(), pytest.raises(Invalid):
        AIJobService().create_canvas_job(people.ana.id, request_data)


def test_the_same_key_and_body_are_the_same_job(any_app: Flask, people: People) -> None:
    first = submit(any_app, people.ana.id, "Draw", idempotency_key="k1")
    assert submit(any_app, people.ana.id, "Draw", idempotency_key="k1") == first
    assert submit(any_app, people.ben.id, "Draw", idempotency_key="k1") != first
    with pytest.raises(Conflict):
        submit(any_app, people.ana.id, "Draw more", idempotency_key="k1")


def test_a_repeated_submission_makes_no_second_canvas(app: Flask, people: People) -> None:
    for _ in range(3):
        submit(app, people.ana.id, "Draw", idempotency_key="k1")
    with app.app_context():
        assert Canvas.query.count() == 1


def test_nobody_fills_the_queue_alone(app: Flask, people: People) -> None:
    for _ in range(MAX_QUEUED_PER_USER):
        submit(app, people.ana.id)
    with pytest.raises(RateLimited) as refused:
        submit(app, people.ana.id)
    assert refused.value.retry_after > 0
    assert submit(app, people.ben.id)


@pytest.mark.rule("J3")
@pytest.mark.parametrize(
    ("wanted", "operator", "given"),
    [(-5, False, 0), (99, False, 3), (99, True, 10), (-5, True, -5)],
)
def test_priority_is_bounded_by_role(
    app: Flask, people: People, wanted: int, operator: bool, given: int
) -> None:
    with app.app_context():
        db.session.get(User, people.ana.id).is_operator = operator
        db.session.commit()
    assert job_row(app, submit(app, people.ana.id, priority=wanted)).priority == given


@pytest.mark.rule("J2")
def test_a_broken_bell_does_not_refuse_a_job(app: Flask, people: People) -> None:
    class Broken:
        name = "broken"

        def ring(self, tickets: int = 1) -> None:
            raise QueueUnavailable("no bell")

        def waiting(self) -> int:
            raise QueueUnavailable("no bell")

    runtime_of(app).queue = Broken()
    assert job_row(app, submit(app, people.ana.id)).status == "queued"


def test_instructions_are_told_to_the_requester_and_editors_only(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with heard_events() as heard:
        job_id = submit(app, people.ben.id, "Secret plan", canvas_id=canvas.id)
    told = {room: "instructions" in data for _, data, room in heard}
    assert told == {
        f"user:{people.ben.id}": True,
        f"canvas:{canvas.id}:editors": True,
        f"canvas:{canvas.id}": False,
    }
    with app.app_context():
        job = AIJobService().get_job(job_id)
        assert job is not None
        seen = {
            name: job_view(job, getattr(people, name).id)["request_data"]
            for name in ("ana", "ben", "vic", "olu")
        }
    secret = {"instructions": "Secret plan"}
    assert seen == {"ana": secret, "ben": secret, "vic": {}, "olu": {}}


def test_a_waiting_job_knows_its_place(app: Flask, people: People) -> None:
    ids = [submit(app, people.ana.id) for _ in range(3)]
    ids.insert(0, submit(app, people.ben.id, priority=1))
    with app.app_context():
        service = AIJobService()
        jobs = [service.get_job(job_id) for job_id in ids]
        places = [job_view(job, people.ana.id)["queue_position"] for job in jobs if job]
    assert places == [1, 2, 3, 4]


def test_lists_are_bounded_and_filtered(app: Flask, people: People, canvas: Canvas) -> None:
    mine = [submit(app, people.ana.id, str(number)) for number in range(3)]
    here = submit(app, people.ana.id, canvas_id=canvas.id)
    with app.app_context():
        service = AIJobService()
        assert [job.id for job in service.get_user_jobs(people.ana.id, 2)] == [here, mine[2]]
        assert [job.id for job in service.get_user_jobs(people.ana.id, 9, 3)] == [mine[0]]
        assert [j.id for j in service.get_user_jobs(people.ana.id, canvas_id=canvas.id)] == [here]
        assert service.get_user_jobs(people.ana.id, status="failed") == []
        assert service.get_user_jobs(people.ben.id) == []
        assert [job.id for job in list_jobs(50, canvas_id=canvas.id)] == [here]
        with pytest.raises(Invalid):
            service.get_user_jobs(people.ana.id, status="sleeping")
        with pytest.raises(Invalid):
            service.get_user_jobs(people.ana.id, -1)


def test_the_seeds_own_marks_satisfy_the_database(any_app: Flask, people: People) -> None:
    job_id = submit(any_app, people.ana.id)
    with any_app.app_context():
        job = db.session.get(AIJob, job_id)
        assert job is not None
        with pytest.raises(Conflict):
            job.mark_completed({})
        job.mark_started()
        db.session.commit()
        job.mark_failed("No luck")
        db.session.commit()
        assert job.can_retry()
        assert job.to_dict()["completed_at"].endswith("+00:00")
        with pytest.raises(Conflict):
            job.mark_started()
