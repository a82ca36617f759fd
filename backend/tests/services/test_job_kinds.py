"""A kind of job is one module and one line: proved with one that only tests have, which reads."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.access.policy import Rule
from app.domain.errors import Invalid, InvalidOutput, ProviderUnavailable, RateLimited
from app.domain.jobs.queueing import MAX_QUEUED_PER_USER
from app.extensions import db
from app.factory import runtime_of
from app.models import AIJob, CanvasPermission, job_claims
from app.models.canvas import Canvas
from app.models.sql_time import utc_now
from app.services.jobs import lists, statistics, steering
from app.services.jobs.claims import claim, claimable_kinds, terms_of
from app.services.jobs.kind import registry
from app.services.jobs.kinds import JOB_KINDS
from app.services.jobs.kinds.drawing import CREATE_CANVAS, MODIFY_CANVAS
from app.services.jobs.single_run import run_named
from app.services.jobs.submission import Submission
from app.services.jobs.submission import submit as accept
from tests.conftest import MakeApp
from tests.support import count_words, described
from tests.support.count_words import COUNT_WORDS
from tests.support.engines import running_engine
from tests.support.jobs import drawn_labels, heard_events, job_row, status_of, submit, wait_for
from tests.support.people import People
from tests.support.planners import ScriptedPlanner, SilentModel, boxes, use_planner
from tests.support.signing_in import bearer

AGENT = "/api/ai-agent"


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(JOB_KINDS, COUNT_WORDS.id, COUNT_WORDS)
    monkeypatch.setattr(described, "document", cache(described.Document))
    monkeypatch.setattr(count_words, "script", count_words.Script())
    yield
    count_words.script.silent = False


@pytest.fixture
def any_app(make_any_app: MakeApp) -> Flask:
    return make_any_app(ai_user_concurrency=1)


def count(app: Flask, user_id: str, canvas_id: str, **more: Any) -> str:
    with app.app_context():
        return accept(Submission.of_program(user_id, COUNT_WORDS, more, canvas_id)).id


def run(app: Flask, job_id: str) -> AIJob:
    with app.app_context():
        due = update(AIJob).where(AIJob.id == job_id).values(available_at=utc_now())
        db.session.execute(due)
        db.session.commit()
        run_named(job_id)
    return job_row(app, job_id)


def forget(app: Flask, canvas_id: str, user_id: str) -> None:
    with app.app_context():
        db.session.delete(db.session.get(CanvasPermission, (canvas_id, user_id)))
        db.session.commit()


def test_a_viewer_asks_over_http_and_is_answered_in_words(
    any_app: Flask, client: FlaskClient, people: People, canvas: Canvas
) -> None:
    """Every answer is held to the OpenAPI document, which follows from the registry."""
    use_planner(any_app, ScriptedPlanner(boxes("One two", "Three")))
    vic, ben = bearer(any_app, people.vic), people.ben.id
    with running_engine(any_app), heard_events() as heard:
        wait_for(any_app, submit(any_app, ben, canvas_id=canvas.id), "completed")
        before = client.get(f"/api/canvases/{canvas.id}", headers=vic).json["canvas"]["seq"]
        body = {"canvas_id": canvas.id, "longest": True}
        answer = client.post(f"{AGENT}/count-words", json=body, headers=vic)
        assert (answer.status_code, answer.json["message"]) == (202, "Counting started")
        job_id = answer.json["job_id"]
        wait_for(any_app, job_id, "completed")
    job = client.get(f"{AGENT}/job/{job_id}/status", headers=vic).json["job"]
    assert (job["job_type"], job["message"], job["request_data"]) == ("count_words", "Three", body)
    result = client.get(f"{AGENT}/job/{job_id}/result", headers=vic).json["result"]
    assert result == {"words": 3, "text": "Three"}
    assert client.get(f"/api/canvases/{canvas.id}", headers=vic).json["canvas"]["seq"] == before
    assert job_id in [j["id"] for j in client.get(f"{AGENT}/jobs", headers=vic).json["jobs"]]
    stats = client.get(f"{AGENT}/jobs/stats?own=true", headers=vic).json["stats"]
    assert stats["by_type"]["count_words"]["completed"] == 1
    phases = {data["phase"] for _, data, _ in heard if data.get("job_id") == job_id}
    assert phases == {"queued", "counting", "completed"}
    stranger = bearer(any_app, people.olu)
    assert client.post(f"{AGENT}/count-words", json=body, headers=stranger).status_code == 404
    assert client.post(f"{AGENT}/count-words", json={}, headers=vic).status_code == 422


def test_what_reads_and_what_draws_do_not_wait_for_each_other(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    silent = SilentModel()
    use_planner(any_app, ScriptedPlanner(silent, boxes("Later")))
    with running_engine(any_app):
        drawing = submit(any_app, people.ana.id, canvas_id=canvas.id)
        assert silent.asked.acquire(timeout=10)
        wait_for(any_app, count(any_app, people.ana.id, canvas.id), "completed")
        assert status_of(any_app, drawing) == "processing"
        count_words.script.silent = True
        counting = count(any_app, people.ben.id, canvas.id)
        assert count_words.script.asked.acquire(timeout=10)
        silent.release()
        wait_for(any_app, drawing, "completed")
        wait_for(any_app, submit(any_app, people.ana.id, canvas_id=canvas.id), "completed")
        assert status_of(any_app, counting) == "processing"
        count_words.script.silent = False
        wait_for(any_app, counting, "completed")


def test_places_are_counted_by_class(any_app: Flask, people: People, canvas: Canvas) -> None:
    """One running job of each class for a person here, as the settings and the kind say."""
    drawing = [submit(any_app, people.ana.id) for _ in range(2)]
    counting = [count(any_app, people.ana.id, canvas.id) for _ in range(2)]
    with any_app.app_context():
        terms = terms_of(runtime_of(any_app).settings)
        assert job_claims.count_runnable(terms.kinds, 100) == 4
        claimed = [job.id for job in iter(lambda: claim(terms), None)]
        assert claimed == [drawing[0], counting[0]]
        assert job_claims.count_runnable(terms.kinds, 100) == 0
    job = job_row(any_app, counting[0])
    assert (job.phase, job.message, job.max_attempts) == ("counting", "Counting words", 2)


def test_waiting_jobs_are_bounded_by_class(app: Flask, people: People, canvas: Canvas) -> None:
    for _ in range(MAX_QUEUED_PER_USER):
        submit(app, people.ana.id)
    for _ in range(2):
        count(app, people.ana.id, canvas.id)
    for again in (lambda: count(app, people.ana.id, canvas.id), lambda: submit(app, people.ana.id)):
        with pytest.raises(RateLimited):
            again()


def test_it_is_tried_again_and_retried_by_hand_as_its_kind_says(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    count_words.script.errors = [ProviderUnavailable()] * 2 + [InvalidOutput()]
    job_id = count(any_app, people.vic.id, canvas.id)
    seen = [run(any_app, job_id) for _ in range(2)]
    assert [(job.status, job.attempt) for job in seen] == [("queued", 1), ("failed", 2)]
    with any_app.app_context():
        assert steering.retry(job_id, people.vic.id)
    assert run(any_app, job_id).error_code == "invalid_output"
    with any_app.app_context():
        assert not steering.retry(job_id, people.vic.id)


def test_it_is_cancelled_at_once(any_app: Flask, people: People, canvas: Canvas) -> None:
    count_words.script.silent = True
    with running_engine(any_app):
        job_id = count(any_app, people.vic.id, canvas.id)
        assert count_words.script.asked.acquire(timeout=10)
        with any_app.app_context():
            assert steering.cancel(job_id)
        assert count_words.script.cut_off.wait(5)
    job = job_row(any_app, job_id)
    assert (job.status, job.result_data) == ("cancelled", None)


def test_its_own_permission_is_asked_for_when_claimed_and_when_applied(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = (count(any_app, who.id, canvas.id) for who in (people.vic, people.ben))
    forget(any_app, canvas.id, people.vic.id)
    assert run(any_app, early).error_code == "permission_lost"
    assert not count_words.script.asked.acquire(blocking=False)

    def lose(*_arguments: object) -> list[str]:
        forget(any_app, canvas.id, people.ben.id)
        return []

    monkeypatch.setitem(JOB_KINDS, COUNT_WORDS.id, replace(COUNT_WORDS, run=lose))
    job = run(any_app, late)
    assert (job.status, job.error_code) == ("failed", "permission_lost")


def test_a_kind_that_is_not_listed_is_in_no_list_and_no_statistics(
    any_app: Flask, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(JOB_KINDS, COUNT_WORDS.id, replace(COUNT_WORDS, listed=False))
    job_id = count(any_app, people.ana.id, canvas.id)
    with any_app.app_context():
        assert lists.list_jobs(50, user_id=people.ana.id) == []
        assert lists.list_jobs(50, canvas_id=canvas.id) == []
        assert lists.find_job(job_id, people.ana.id) is not None
        found = statistics.statistics(people.ana.id)
    assert (found["total_jobs"], COUNT_WORDS.id in found["by_type"]) == (0, False)


def test_a_type_that_nobody_knows_waits_for_who_does(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """It was stored by a newer program, say. It is not drawn, and blocks nobody."""
    use_planner(any_app, ScriptedPlanner(boxes("Known")))
    unknown = submit(any_app, people.ana.id, canvas_id=canvas.id)
    with any_app.app_context():
        strange = update(AIJob).where(AIJob.id == unknown).values(job_type="of_tomorrow")
        db.session.execute(strange)
        db.session.commit()
        kinds = claimable_kinds(runtime_of(any_app).settings)
        assert job_claims.count_runnable(kinds, 100) == 0
        assert not run_named(unknown)
    with running_engine(any_app):
        wait_for(any_app, submit(any_app, people.ana.id, canvas_id=canvas.id), "completed")
    assert drawn_labels(any_app, canvas.id) == ["Known"]
    assert status_of(any_app, unknown) == "queued"
    with any_app.app_context():
        assert steering.cancel(unknown)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(COUNT_WORDS, id="Count Words"),
        replace(COUNT_WORDS, id="create_canvas", door=None),
        replace(COUNT_WORDS, door=CREATE_CANVAS.door),
        replace(COUNT_WORDS, phases=()),
        replace(COUNT_WORDS, phases=("queued",)),
        replace(COUNT_WORDS, draws=True),
        replace(COUNT_WORDS, permission=Rule.SIGNED_IN),
        replace(COUNT_WORDS, concurrency=replace(COUNT_WORDS.concurrency, name="ai")),
    ],
    ids=["name", "id", "door", "phases", "status", "draws", "permission", "class"],
)
def test_a_record_that_is_not_complete_does_not_start(wrong: Any) -> None:
    with pytest.raises(TypeError):
        registry(CREATE_CANVAS, MODIFY_CANVAS, wrong)


def test_a_request_is_read_from_rows_of_older_and_newer_programs() -> None:
    old = MODIFY_CANVAS.read({"instructions": " Add ", "style": None, "later": {"x": 1}}, "c1")
    assert (old.instructions, old.style, old.canvas_id) == ("Add", "modern", "c1")
    asked = CREATE_CANVAS.request(instructions="a -> b", canvas_id="c1", priority=3)
    kept = asked.kept()
    assert "priority" not in kept
    assert CREATE_CANVAS.read(kept, None).kept() == kept
    with pytest.raises(Invalid) as refused:
        MODIFY_CANVAS.read({"instructions": ""}, None)
    assert set(refused.value.fields or {}) == {"instructions", "canvas_id"}
