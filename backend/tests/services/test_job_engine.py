"""The engine in one process, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.planning.plan import Plan
from app.extensions import db
from app.factory import runtime_of
from app.models import AIJob, job_claims
from app.models.canvas import Canvas
from app.models.claim_terms import Terms
from app.models.job_moves import JobFacts
from app.models.sql_time import utc_after
from app.services import worker_identity
from app.services.jobs import reporter
from app.services.jobs.attempt import Attempt
from app.services.jobs.claims import claim
from app.services.jobs.engine import Timing
from app.services.jobs.model_loop import ModelLoop
from app.services.jobs.reporter import JobReporter
from app.services.jobs.runner import JobRunner
from app.services.jobs.waiting import wait_for_change
from tests.conftest import MakeApp
from tests.support.clock import Clock
from tests.support.engines import QUICK, running_engine
from tests.support.jobs import (
    cancel,
    check_jobs,
    drawn_labels,
    heard_events,
    job_row,
    status_of,
    submit,
    terms,
    wait_for,
)
from tests.support.people import People, add_people
from tests.support.planners import ScriptedPlanner, SilentModel, boxes, use_planner
from tests.support.processes import eventually, wait_until

# All regular looking is slow: what is quick in these tests is quick because of the bell.
ONLY_THE_BELL = Timing(heartbeat=30, look_for_cancel=3_600, look_for_work=3_600, sweep=3_600)


def labelled() -> ScriptedPlanner:
    """Draws a box with the instruction in it, and remembers the order."""

    class Echo(ScriptedPlanner):
        async def plan(self, request, progress):  # type: ignore[no-untyped-def]
            self.script = [boxes(request.instruction)]
            return await super().plan(request, progress)

    return Echo()


def test_a_submitted_job_is_drawn(any_app: Flask, people: People) -> None:
    use_planner(any_app, labelled())
    with running_engine(any_app, timing=ONLY_THE_BELL):
        jobs = [
            wait_for(any_app, submit(any_app, people.ana.id, label), "completed")
            for label in ("First", "Second")
        ]
    assert [drawn_labels(any_app, job.canvas_id) for job in jobs] == [["First"], ["Second"]]


def test_a_lone_job_costs_one_claim(
    any_app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins before anything else is looked for, and where nothing waits nothing is claimed."""
    found: list[bool] = []
    real = job_claims.claim_next

    def counted(on: Terms) -> JobFacts | None:
        job = real(on)
        found.append(job is not None)
        return job

    monkeypatch.setattr(job_claims, "claim_next", counted)
    use_planner(any_app, labelled())
    with running_engine(any_app, slots=2, timing=ONLY_THE_BELL) as engine:
        engine.wait_until_idle(10)
        found.clear()
        for _ in range(2):  # the slot of the first is free again before the second is asked for
            wait_for(any_app, submit(any_app, people.ana.id), "completed")
            wait_until(lambda: engine.running == 0)
            engine.wait_until_idle(10)
    assert found == [True, True]


@pytest.mark.rule("J2")
def test_an_engine_that_was_woken_once_takes_all_that_waits(any_app: Flask, people: People) -> None:
    silent = SilentModel()
    use_planner(any_app, ScriptedPlanner(*[silent] * 3))
    for person in (people.ana, people.ben, people.vic):
        submit(any_app, person.id)
    with running_engine(any_app, slots=5, timing=ONLY_THE_BELL):
        for _ in range(3):
            assert silent.asked.acquire(timeout=60)
        silent.release()


def test_an_engine_without_a_free_slot_is_not_idle(any_app: Flask, people: People) -> None:
    """However it came to its work: what else is rung for is better left to other workers."""
    silent = SilentModel()
    use_planner(any_app, ScriptedPlanner(silent))
    with running_engine(any_app, slots=1, timing=replace(QUICK, look_for_work=0.1)) as engine:
        engine.wait_until_idle(10)
        runtime_of(any_app).queue.unsubscribe(engine.wake)  # it has to find the job by itself
        job_id = submit(any_app, people.ana.id)
        assert silent.asked.acquire(timeout=60)
        engine.wait_until_idle(0.5)  # in vain
        assert not engine._idle
        assert cancel(any_app, job_id, people.ana.id)


@pytest.mark.rule("J6")
def test_a_silent_model_is_cut_off_by_the_regular_look(any_app: Flask, people: People) -> None:
    """The bell may be lost. The look is taken often enough for two seconds."""
    assert Timing.for_lease(45).look_for_cancel <= 1.0
    model = SilentModel()
    use_planner(any_app, ScriptedPlanner(model))
    timing = Timing(heartbeat=3_600, look_for_cancel=0.2, look_for_work=3_600, sweep=3_600)
    with running_engine(any_app, timing=timing) as engine:
        job_id = submit(any_app, people.ana.id)
        assert model.asked.acquire(timeout=60)
        runtime_of(any_app).queue.unsubscribe(engine.wake)
        assert cancel(any_app, job_id, people.ana.id)
        assert model.cut_off.wait(60)
    assert status_of(any_app, job_id) == "cancelled"
    assert check_jobs(any_app) == 1


def test_the_bell_cuts_it_off_at_once(app: Flask, people: People, canvas: Canvas) -> None:
    model = SilentModel()
    use_planner(app, ScriptedPlanner(model))
    with running_engine(app, timing=ONLY_THE_BELL):
        job_id = submit(app, people.ana.id, canvas_id=canvas.id)
        assert model.asked.acquire(timeout=60)
        assert not cancel(app, job_id, people.vic.id)
        assert not cancel(app, job_id, people.olu.id)
        assert cancel(app, job_id, people.ben.id)
        assert model.cut_off.wait(60)
    assert not cancel(app, job_id, people.ana.id)


def test_fifty_jobs_wait_for_their_models_side_by_side(make_sqlite_app: MakeApp) -> None:
    app = make_sqlite_app(ai_user_concurrency=100)
    people = add_people(app)
    model = SilentModel()
    use_planner(app, ScriptedPlanner(model))
    with running_engine(app, slots=50):
        ids = [submit(app, people.ana.id) for _ in range(50)]
        for _ in ids:
            assert model.asked.acquire(timeout=60)
        model.release()
        for job_id in ids:
            wait_for(app, job_id, "completed")
    assert check_jobs(app) == 50


def test_draining_finishes_what_it_can_and_hands_back_the_rest(
    any_app: Flask, people: People
) -> None:
    model = SilentModel()
    use_planner(any_app, ScriptedPlanner(model))
    with running_engine(any_app, grace=0.1):
        job_id = submit(any_app, people.ana.id)
        assert model.asked.acquire(timeout=60)
    job = job_row(any_app, job_id)
    assert (job.status, job.attempt) == ("queued", 0)
    assert model.cut_off.is_set()
    use_planner(any_app, ScriptedPlanner(boxes("Later")))
    with running_engine(any_app):
        wait_for(any_app, job_id, "completed")
    assert check_jobs(any_app) == 1


@pytest.mark.rule("J5")
def test_an_expired_lease_is_taken_over_and_the_late_worker_changes_nothing(
    make_any_app: MakeApp,
) -> None:
    """A worker sleeps past its lease, and wakes up when somebody else has drawn."""
    app = make_any_app()
    people = add_people(app)
    use_planner(app, ScriptedPlanner(boxes("Once")))
    job_id = submit(app, people.ana.id)
    with app.app_context():
        claimed = claim(terms("elsewhere:1:x", 0.2, 60, 5))
        assert claimed is not None
        sleeper = Attempt(claimed)
    with running_engine(app):
        wait_for(app, job_id, "completed")
    with app.app_context():
        JobRunner(ModelLoop()).run(sleeper)
    assert job_row(app, job_id).attempt == 2
    assert check_jobs(app) == 1


@pytest.mark.rule("J7")
def test_a_job_that_kills_its_workers_runs_out_of_attempts(any_app: Flask, people: People) -> None:
    job_id = submit(any_app, people.ana.id)
    with heard_events() as heard:
        for _ in range(3):
            with any_app.app_context():
                assert claim(terms("elsewhere:1:x", -1, 60, 5))
            with running_engine(any_app, slots=0):
                wait_for(any_app, job_id, "queued", "failed")
    job = job_row(any_app, job_id)
    assert (job.status, job.error_code, job.attempt) == ("failed", "worker_lost", 3)
    assert ("ai_job_error", "worker_lost") in [(e, d.get("error_code")) for e, d, _ in heard]


@pytest.mark.rule("J7")
def test_an_attempt_that_hangs_in_our_own_code_is_taken_back(
    any_app: Flask, people: People
) -> None:
    """Its lease is renewed for ever, but its deadline is not."""
    job_id = submit(any_app, people.ana.id)
    with any_app.app_context():
        claim(terms("elsewhere:1:x", 600, 60, 5))
        db.session.execute(
            update(AIJob).where(AIJob.id == job_id).values(deadline_at=utc_after(-1))
        )
        db.session.commit()
    with running_engine(any_app, slots=0):
        wait_for(any_app, job_id, "queued")


def test_a_restart_takes_back_at_once_what_the_last_life_was_running(
    app: Flask, people: People
) -> None:
    job_id = submit(app, people.ana.id)
    last_life = worker_identity.new_worker_id()
    with app.app_context():
        claim(terms(last_life, 600, 600, 5))
    use_planner(app, ScriptedPlanner(boxes("Resumed")))
    with running_engine(app, timing=ONLY_THE_BELL):
        wait_for(app, job_id, "completed")


def test_a_lease_is_renewed_while_the_model_thinks(make_any_app: MakeApp) -> None:
    app = make_any_app(job_lease_seconds=600)
    people = add_people(app)
    model = SilentModel()
    use_planner(app, ScriptedPlanner(model))
    with running_engine(app, timing=QUICK):
        job_id = submit(app, people.ana.id)
        assert model.asked.acquire(timeout=60)
        for _ in range(2):  # again and again
            with app.app_context():
                soon = update(AIJob).where(AIJob.id == job_id).values(lease_until=utc_after(300))
                db.session.execute(soon)
                db.session.commit()
            wait_until(lambda: is_renewed(app, job_id), 60, "the lease is renewed")
        model.release()
        wait_for(app, job_id, "completed")
    assert job_row(app, job_id).attempt == 1


def is_renewed(app: Flask, job_id: str) -> bool:
    with app.app_context():
        longer = select(AIJob.id).where(AIJob.id == job_id, AIJob.lease_until > utc_after(400))
        return db.session.execute(longer).first() is not None


@pytest.mark.rule("J9")
def test_progress_is_counted_and_told_at_most_twice_a_second(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.domain.planning.request import Progress

    clock, looks = Clock(), count()
    flush = JobReporter.flush

    def look(reporter: JobReporter) -> None:
        flush(reporter)
        next(looks)

    monkeypatch.setattr(reporter, "time", clock)
    monkeypatch.setattr(JobReporter, "flush", look)

    async def slow(progress: Callable[[Progress], None]) -> Plan:
        for planned in range(1, 7):
            progress(Progress(planned=planned, plan=lambda: boxes("Box")))
            before = repr(looks)
            await eventually(lambda before=before: repr(looks) != before)
            clock.now += 0.3
        return boxes("Box")

    use_planner(app, ScriptedPlanner(slow))
    with heard_events() as heard, running_engine(app):
        wait_for(app, submit(app, people.ana.id), "completed")
    told = [data for event, data, room in heard if event == "ai_job_update" and "user" in room]
    planned = [data["planned"] for data in told if data["phase"] == "planning"]
    assert planned == sorted(planned)
    assert 2 <= len(planned) <= 4
    assert [box["label"] for box in told[-1]["preview"]["boxes"]] == ["Box"]


@pytest.mark.parametrize("status", ["queued", "completed"])
def test_waiting_for_a_change_ends_with_it_or_with_the_time(
    app: Flask, people: People, status: str
) -> None:
    job_id = submit(app, people.ana.id)
    use_planner(app, ScriptedPlanner(boxes("One")))
    with app.app_context():
        wait_for_change(job_id, status, 0.1)
        with running_engine(app):
            while status_of(app, job_id) == "queued":
                wait_for_change(job_id, "queued", 10)
        assert status_of(app, job_id) != "queued"
