"""One job from its claim to its end."""

import asyncio
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update
from structlog.testing import capture_logs

from app.domain.errors import (
    Conflict,
    InvalidOutput,
    NotAllowed,
    NotFound,
    ProviderRateLimited,
    ProviderUnavailable,
)
from app.domain.planning.plan import Delete, Plan
from app.extensions import db
from app.models import AIJob, CanvasPermission
from app.models.canvas import Canvas
from app.models.sql_time import utc_now
from app.services.ai_agent_service import AIAgentService
from app.services.ai_job_service import AIJobService
from app.services.canvas_service import delete_canvas
from app.services.jobs.single_run import run_named, run_next
from app.services.jobs.steering import note_taken_back, undo
from app.services.jobs.views import job_view
from app.services.scene_reading import load_scene
from app.tasks import process_canvas_modification_job
from tests.conftest import MakeApp
from tests.support.jobs import check_jobs, drawn_labels, heard_events, job_row, submit
from tests.support.people import People
from tests.support.planners import ScriptedPlanner, boxes, thinks, use_planner


def run(app: Flask, job_id: str) -> AIJob:
    with app.app_context():
        run_named(job_id)
    return job_row(app, job_id)


def due_now(app: Flask, job_id: str) -> None:
    """The back-off is over."""
    with app.app_context():
        db.session.execute(update(AIJob).where(AIJob.id == job_id).values(available_at=utc_now()))
        db.session.commit()


def lose_role(app: Flask, canvas_id: str, user_id: str, role: str = "viewer") -> None:
    with app.app_context():
        row = db.session.get(CanvasPermission, (canvas_id, user_id))
        assert row is not None
        row.role = role
        db.session.commit()


@pytest.mark.rule("J5", "S8")
def test_objects_change_set_and_completion_are_one_fact(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    use_planner(any_app, ScriptedPlanner(boxes("Alpha", "Beta")))
    job_id = submit(any_app, people.ben.id, canvas_id=canvas.id)
    with heard_events() as heard:
        job = run(any_app, job_id)
    assert (job.status, job.progress, job.drawn) == ("completed", 100, 2)
    assert job.result_data is not None
    assert job.result_data["canvas_id"] == canvas.id
    assert job.staged_result is None
    assert drawn_labels(any_app, canvas.id) == ["Alpha", "Beta"]
    assert check_jobs(any_app) == 1
    events = [event for event, _, room in heard if room == f"canvas:{canvas.id}"]
    assert events.index("scene_update") < events.index("ai_job_complete")
    numbers = [data["event_seq"] for event, data, room in heard if room.startswith("user:")]
    assert numbers == sorted(set(numbers))


@pytest.mark.rule("J4")
def test_the_planner_holds_no_connection(any_app: Flask, people: People) -> None:
    """While the model thinks, the pool has all its connections back."""
    held: list[int] = []

    async def look(_progress: object) -> Plan:
        held.append(pool.checkedout())
        return boxes("One")

    with any_app.app_context():
        pool = db.engine.pool
    use_planner(any_app, ScriptedPlanner(look))
    assert run(any_app, submit(any_app, people.ana.id)).status == "completed"
    assert held == [0]


def test_a_transient_failure_waits_and_tries_again(app: Flask, people: People) -> None:
    planner = ScriptedPlanner(ProviderRateLimited(retry_after=90), boxes("One"))
    use_planner(app, planner)
    job_id = submit(app, people.ana.id)
    job = run(app, job_id)
    assert (job.status, job.error_code, job.attempt) == ("queued", "provider_rate_limited", 1)
    with app.app_context():
        assert not run_next()  # not before the provider's own wish is over
    due_now(app, job_id)
    job = run(app, job_id)
    assert (job.status, job.error_code, job.attempt) == ("completed", None, 2)


def test_attempts_run_out(app: Flask, people: People) -> None:
    use_planner(app, ScriptedPlanner(ProviderUnavailable()))
    job_id = submit(app, people.ana.id)
    for attempt in (1, 2, 3):
        due_now(app, job_id)
        job = run(app, job_id)
        assert job.attempt == attempt
    assert (job.status, job.error_code) == ("failed", "provider_unavailable")
    assert "could not be reached" in str(job.error_message)
    assert check_jobs(app) == 1


def test_a_failed_job_runs_again_when_asked_a_few_times(app: Flask, people: People) -> None:
    use_planner(app, ScriptedPlanner(InvalidOutput()))
    job_id = submit(app, people.ana.id)
    with app.app_context():
        service = AIJobService()
        for _ in range(3):
            run_named(job_id)
            assert not service.retry_failed_job(job_id, people.ben.id)
            assert service.retry_failed_job(job_id, people.ana.id)
            assert not service.retry_failed_job(job_id, people.ana.id)
        run_named(job_id)
        assert not service.retry_failed_job(job_id, people.ana.id)


def test_a_retried_modification_is_still_a_modification(
    app: Flask, people: People, canvas: Canvas
) -> None:
    planner = ScriptedPlanner(InvalidOutput(), boxes("New"))
    use_planner(app, planner)
    with app.app_context():
        service = AIJobService()
        job_id = service.modify_canvas_job(
            people.ana.id, {"instructions": "Add a box"}, canvas_id=canvas.id
        )
        process_canvas_modification_job(job_id)
        assert service.retry_failed_job(job_id, people.ana.id)
        process_canvas_modification_job(job_id)
    assert job_row(app, job_id).status == "completed"
    assert [request.mode for request in planner.requests] == ["modify", "modify"]


@pytest.mark.rule("J5")
def test_an_answer_is_paid_for_once(app: Flask, people: People, monkeypatch) -> None:
    """The worker dies after the answer; the next attempt uses what was staged."""
    planner = ScriptedPlanner(boxes("Paid"))
    use_planner(app, planner)
    job_id = submit(app, people.ana.id)
    with monkeypatch.context() as patch:
        patch.setattr("app.services.jobs.kinds.drawing.apply_job_changes", _die)
        with app.app_context(), pytest.raises(SystemExit):
            run_named(job_id)
    assert job_row(app, job_id).staged_result is not None
    with app.app_context():
        from app.models import job_moves
        from app.services.unit_of_work import unit_of_work

        with unit_of_work():
            job_moves.reclaim(AIJob.id == job_id, code="worker_lost", sentence="Gone.")
    assert run(app, job_id).status == "completed"
    assert len(planner.requests) == 1
    assert check_jobs(app) == 1


def _die(*_args: object, **_more: object) -> None:
    raise SystemExit


@pytest.mark.rule("J8")
def test_permission_is_checked_again_when_it_draws(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """Ben is made a viewer while the model thinks."""

    async def demote(_progress: object) -> Plan:
        await asyncio.to_thread(lose_role, app, canvas.id, people.ben.id)
        return boxes("Unwanted")

    use_planner(app, ScriptedPlanner(demote))
    job = run(app, submit(app, people.ben.id, canvas_id=canvas.id))
    assert (job.status, job.error_code) == ("failed", "permission_lost")
    assert drawn_labels(app, canvas.id) == []


@pytest.mark.rule("J8")
def test_permission_is_checked_when_claimed(app: Flask, people: People, canvas: Canvas) -> None:
    planner = ScriptedPlanner()
    use_planner(app, planner)
    job_id = submit(app, people.ben.id, canvas_id=canvas.id)
    lose_role(app, canvas.id, people.ben.id)
    assert run(app, job_id).error_code == "permission_lost"
    assert planner.requests == []


@pytest.mark.parametrize("when", ["waiting", "thinking"])
def test_a_deleted_canvas_ends_its_jobs(
    app: Flask, people: People, canvas: Canvas, when: str
) -> None:
    def delete() -> None:
        with app.app_context():
            delete_canvas(canvas.id)

    async def delete_meanwhile(_progress: object) -> Plan:
        await asyncio.to_thread(delete)
        return boxes("Nowhere")

    use_planner(app, ScriptedPlanner(delete_meanwhile))
    job_id = submit(app, people.ana.id, canvas_id=canvas.id)
    if when == "waiting":
        delete()
    job = run(app, job_id)
    assert (job.status, job.error_code) == ("failed", "canvas_deleted")


def test_a_fault_of_ours_says_nothing_but_an_error_id(app: Flask, people: People) -> None:
    use_planner(app, ScriptedPlanner(RuntimeError("password=hunter2")))
    with capture_logs() as logs:
        job = run(app, submit(app, people.ana.id))
    assert (job.status, job.error_code) == ("failed", "internal")
    assert "hunter2" not in str(job.error_message)
    error_id = str(job.error_message).rsplit(" ", 1)[-1].rstrip(")")
    assert error_id in [entry.get("error_id") for entry in logs]


@pytest.mark.rule("J9")
def test_a_plan_that_changes_nothing_is_not_a_success(
    app: Flask, people: People, canvas: Canvas
) -> None:
    nothing = Plan(operations=[Delete(targets=["nobody"])])
    use_planner(app, ScriptedPlanner(nothing))
    job = run(app, submit(app, people.ana.id, canvas_id=canvas.id))
    assert (job.status, job.error_code) == ("failed", "not_understood")


def test_a_refusal_says_what_it_was_made_of_to_who_may_read_the_instruction(
    app: Flask, people: People, canvas: Canvas
) -> None:
    asked = "Zeichne eine Mindmap für die Schule"
    with heard_events() as heard:
        job = run(app, submit(app, people.ana.id, canvas_id=canvas.id, instructions=asked))
    assert (job.status, job.error_code) == ("failed", "not_understood")
    assert "spelled out" in str(job.error_message)
    assert "ausgeschriebenen Inhalt" in job.message
    with app.app_context():
        view = job_view(job_row(app, job.id), people.ana.id)
        hidden = job_view(job_row(app, job.id), people.vic.id)
    assert (view["values"]["reason"], view["values"]["language"]) == ("content", "de")
    assert [set(offer) for offer in view["suggestions"]] == [{"title", "instructions"}]
    assert (hidden["values"], hidden["suggestions"]) == ({}, [])
    told = {room: data for event, data, room in heard if event == "ai_job_error"}
    assert told[f"user:{people.ana.id}"]["suggestions"] == view["suggestions"]
    assert told[f"canvas:{canvas.id}"]["suggestions"] == []


def test_a_drawing_has_a_bounded_size(app: Flask, people: People) -> None:
    many = boxes(*(str(number) for number in range(500))).operations[0]
    use_planner(app, ScriptedPlanner(Plan(operations=[many] * 4)))
    job = run(app, submit(app, people.ana.id))
    assert (job.status, job.error_code) == ("failed", "too_large")


@pytest.mark.rule("J7")
def test_an_attempt_has_a_total_deadline(make_sqlite_app: MakeApp) -> None:
    """A model that drips for ever is stopped, not only one that is silent."""
    from tests.support.people import add_people

    app = make_sqlite_app(ai_job_timeout=1)
    people = add_people(app)

    async def drip(progress: Callable[[object], None]) -> Plan:
        while True:
            await thinks(0.05)

    use_planner(app, ScriptedPlanner(drip))
    job = run(app, submit(app, people.ana.id))
    assert (job.status, job.error_code) == ("queued", "timeout")


def test_what_an_editor_takes_back_by_hand_counts_as_undone(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    use_planner(any_app, ScriptedPlanner(boxes("Alpha")))
    job_id = submit(any_app, people.ana.id, canvas_id=canvas.id)
    run(any_app, job_id)
    with any_app.app_context():
        job = db.session.get_one(AIJob, job_id)
        for user, refusal in ((people.vic, NotAllowed), (people.olu, NotFound)):
            with pytest.raises(refusal):
                note_taken_back(job_id, user.id, taken_back=True)
        for taken_back in (True, False):
            note_taken_back(job_id, people.ben.id, taken_back=taken_back)
            db.session.refresh(job)
            view = job_view(job, people.ana.id)
            assert view["undone"] is taken_back
            assert view["can_redo"] is False  # what was taken back by hand comes back by hand


def test_what_a_job_drew_is_undone_by_any_editor_once(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    use_planner(any_app, ScriptedPlanner(boxes("Alpha")))
    job_id = submit(any_app, people.ana.id, canvas_id=canvas.id)
    run(any_app, job_id)
    with any_app.app_context():
        service = AIJobService()
        for stranger, refusal in ((people.vic, NotAllowed), (people.olu, NotFound)):
            with pytest.raises(refusal):
                undo(job_id, stranger.id)
        undone = undo(job_id, people.ben.id)
        assert (bool(undone.changed), undone.kept) == (True, ())
        assert load_scene(canvas.id) == []
        with pytest.raises(Conflict):
            undo(job_id, people.ana.id)
        job = service.get_job(job_id)
        assert job is not None
        view = job_view(job, people.ana.id)
        assert view["undone"] is view["can_redo"] is True


def test_statistics_have_the_founding_keys_and_times(any_app: Flask, people: People) -> None:
    use_planner(any_app, ScriptedPlanner(boxes("One"), InvalidOutput()))
    for _ in range(2):
        run(any_app, submit(any_app, people.ana.id))
    cancelled = submit(any_app, people.ana.id)
    submit(any_app, people.ben.id)
    with any_app.app_context():
        service = AIJobService()
        assert service.cancel_job(cancelled, people.ana.id)
        mine, all_jobs = service.get_job_statistics(people.ana.id), service.get_job_statistics()
    assert (mine["total_jobs"], all_jobs["total_jobs"]) == (3, 4)
    assert (mine["completed_jobs"], mine["failed_jobs"], mine["cancelled_jobs"]) == (1, 1, 1)
    assert (all_jobs["queued_jobs"], all_jobs["processing_jobs"]) == (1, 0)
    assert mine["success_rate"] == 50
    assert 0 <= mine["duration_seconds"]["p50"] <= mine["duration_seconds"]["p95"] < 60
    drawn = mine["by_type"]["create_canvas"]
    assert (drawn["completed"], drawn["failed"], drawn["cancelled"]) == (1, 1, 1)
    assert drawn["duration_seconds"] == mine["by_outcome"]["completed"]["duration_seconds"]
    assert mine["by_outcome"]["cancelled"]["wait_seconds"] == {"p50": None, "p95": None}
    assert mine["failures"] == {"invalid_output": 1}


def test_statistics_tell_models_apart(any_app: Flask, people: People) -> None:
    model = ScriptedPlanner(boxes("One"), InvalidOutput(), name="openai:small")
    use_planner(any_app, model)
    run(any_app, submit(any_app, people.ana.id))
    run(any_app, submit(any_app, people.ana.id))
    with any_app.app_context():
        by_model = AIJobService().get_job_statistics(people.ana.id)["by_model"]
    drawn, own = by_model["openai:small"], by_model["offline"]
    assert (drawn["completed"], drawn["failed"]) == (1, 0)
    assert 0 <= drawn["duration_seconds"]["p50"] < 60
    assert (own["completed"], own["failed"]) == (0, 1)  # a failed job keeps no planner's name


def test_old_jobs_are_forgotten_and_what_they_drew_stays(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    use_planner(any_app, ScriptedPlanner(boxes("Kept")))
    old = submit(any_app, people.ana.id, canvas_id=canvas.id)
    run(any_app, old)
    waiting = submit(any_app, people.ana.id)
    with any_app.app_context():
        assert AIJobService().cleanup_old_jobs(days=7) == 0
        assert AIJobService().cleanup_old_jobs(days=0) == 1
        assert AIJobService().get_job(old) is None
        assert AIJobService().get_job(waiting) is not None
    assert drawn_labels(any_app, canvas.id) == ["Kept"]


def test_drawing_at_once_needs_no_job(app: Flask, people: People, canvas: Canvas) -> None:
    from app.domain.errors import NotAllowed

    use_planner(app, ScriptedPlanner(boxes("Now")))
    with app.app_context():
        draw = AIAgentService().create_canvas_from_query
        assert draw("Draw", people.ben.id, canvas.id)["canvas_id"] == canvas.id
        fresh = draw("Draw", people.olu.id)["canvas_id"]
        with pytest.raises(NotAllowed):
            draw("Draw", people.vic.id, canvas.id)
    assert drawn_labels(app, canvas.id) == drawn_labels(app, fresh) == ["Now"]
