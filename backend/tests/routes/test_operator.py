"""What operators see and may do, and that nobody else learns that they do."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.domain.access.policy import DOORS, Rule
from app.extensions import db
from app.models import AIJob, Canvas, User
from app.models.sql_time import utc_now
from tests.support.jobs import status_of, submit
from tests.support.people import People
from tests.support.signing_in import bearer

SECRET = "our secret merger"


@pytest.fixture
def operator(request: pytest.FixtureRequest, people: People) -> dict[str, str]:
    """Olu runs the installation and is a member of nothing."""
    name = "any_app" if "any_app" in request.fixturenames else "app"
    app: Flask = request.getfixturevalue(name)
    with app.app_context():
        db.session.execute(update(User).where(User.id == people.olu.id).values(is_operator=True))
        db.session.commit()
    return bearer(app, people.olu)


def ended_job(
    app: Flask,
    user_id: str,
    *,
    minutes_ago: float,
    wait: float = 1,
    took: float = 2,
    **more: Any,
) -> str:
    """A job of the past: it ended so long ago, after having waited and run so many seconds."""
    job_id = submit(app, user_id, SECRET)
    with app.app_context():
        now = db.session.execute(select(utc_now())).scalar_one()
        end = now - timedelta(minutes=minutes_ago)
        start = end - timedelta(seconds=took)
        values = {"status": "completed", "result_data": {"title": SECRET}, "attempt": 1} | more
        db.session.execute(
            update(AIJob)
            .where(AIJob.id == job_id)
            .values(
                created_at=start - timedelta(seconds=wait),
                started_at=start,
                completed_at=end,
                **values,
            )
        )
        db.session.commit()
    return job_id


@pytest.mark.parametrize("door", [door for door, rule in DOORS.items() if rule is Rule.OPERATOR])
def test_for_everybody_but_operators_these_addresses_do_not_exist(
    door: str, app: Flask, people: People, canvas: Canvas, operator: dict[str, str]
) -> None:
    method, path = door.split(" ")
    client = app.test_client()
    missing = client.get("/api/nothing", headers=bearer(app, people.ana)).json
    for person in (people.ana, people.ben, people.vic):
        answer = client.open(path, method=method, headers=bearer(app, person))
        assert (answer.status_code, answer.json) == (404, missing)
    assert client.open(path, method=method, headers=operator).status_code == 200


def test_all_jobs_are_listed_without_what_they_are_about(
    any_app: Flask, people: People, canvas: Canvas, client: FlaskClient, operator: dict[str, str]
) -> None:
    submit(any_app, people.ana.id, SECRET, canvas_id=canvas.id)
    ended_job(any_app, people.ben.id, minutes_ago=5, usage={"input_tokens": 3, "output_tokens": 4})
    ended_job(
        any_app,
        people.vic.id,
        minutes_ago=1,
        status="failed",
        result_data=None,
        error_code="not_understood",
        error_message=f"What is {SECRET}?",
    )
    answer = client.get("/api/operator/jobs", headers=operator)
    assert SECRET not in answer.text
    jobs = answer.json["jobs"]
    assert [job["requested_by"]["name"] for job in jobs] == ["Ana", "Vic", "Ben"]
    assert [job["tokens"] for job in jobs] == [0, 0, 7]
    own = client.get("/api/ai-agent/jobs", headers=bearer(any_app, people.ben)).json["jobs"]
    assert [job["tokens"] for job in own] == [7]
    assert jobs[0]["canvas_id"] == canvas.id
    assert jobs[1]["error_code"] == "not_understood"


def test_a_failure_of_ours_is_told_with_its_sentence(
    app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    ended_job(
        app,
        people.ana.id,
        minutes_ago=1,
        status="failed",
        result_data=None,
        error_code="internal",
        error_message="Something went wrong on our side. (error id 12ab)",
    )
    job = client.get("/api/operator/jobs", headers=operator).json["jobs"][0]
    assert "12ab" in job["error_message"]


def test_jobs_are_filtered_by_state_person_canvas_and_time_and_paged(
    any_app: Flask, people: People, canvas: Canvas, client: FlaskClient, operator: dict[str, str]
) -> None:
    on_canvas = submit(any_app, people.ana.id, "a", canvas_id=canvas.id)
    old = ended_job(any_app, people.ana.id, minutes_ago=180)
    bens = ended_job(any_app, people.ben.id, minutes_ago=2)

    def found(query: str) -> list[str]:
        listed = client.get(f"/api/operator/jobs?{query}", headers=operator).json["jobs"]
        return [job["id"] for job in listed]

    assert found("") == [on_canvas, bens, old]
    assert found("status=completed") == [bens, old]
    assert found(f"user={people.ben.id}") == found("user=BEN@example.org") == [bens]
    assert found("user=nobody@example.org") == []
    assert found(f"canvas_id={canvas.id}") == [on_canvas]
    assert found("hours=2") == [on_canvas, bens]
    first = client.get("/api/operator/jobs?limit=2", headers=operator).json
    rest = client.get("/api/operator/jobs?limit=2&offset=2", headers=operator).json
    assert (first["has_older"], rest["has_older"]) == (True, False)
    assert [job["id"] for job in rest["jobs"]] == [old]


@pytest.mark.parametrize(
    "query", ["limit=101", "limit=0", "offset=-1", "offset=100001", "hours=0", "status=lost"]
)
def test_what_is_out_of_bounds_is_refused(
    query: str, client: FlaskClient, operator: dict[str, str]
) -> None:
    assert client.get(f"/api/operator/jobs?{query}", headers=operator).status_code == 422


def test_operators_cancel_any_job_but_neither_undo_nor_retry_nor_read_it(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, operator: dict[str, str]
) -> None:
    job = submit(app, people.ana.id, SECRET, canvas_id=canvas.id)
    for deed in ("undo", "retry"):
        assert client.post(f"/api/ai-agent/job/{job}/{deed}", headers=operator).status_code == 404
    for look in ("status", "result"):
        assert client.get(f"/api/ai-agent/job/{job}/{look}", headers=operator).status_code == 404
    assert client.post(f"/api/ai-agent/job/{job}/cancel", headers=operator).status_code == 200
    assert status_of(app, job) == "cancelled"
    again = client.post(f"/api/ai-agent/job/{job}/cancel", headers=operator)
    assert (again.status_code, again.json["code"]) == (400, "not_cancellable")


def test_a_stranger_who_is_no_operator_does_not_cancel(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    job = submit(app, people.ana.id, canvas_id=canvas.id)
    url = f"/api/ai-agent/job/{job}/cancel"
    assert client.post(url, headers=bearer(app, people.olu)).status_code == 404
    assert client.post(url, headers=bearer(app, people.vic)).status_code == 403
    assert status_of(app, job) == "queued"


def test_statistics_of_an_operator_are_everybodys_or_their_own(
    app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    submit(app, people.ana.id)
    url = "/api/ai-agent/jobs/stats"
    assert client.get(url, headers=operator).json["stats"]["total_jobs"] == 1
    own = client.get(f"{url}?own=true", headers=operator).json["stats"]
    assert own["total_jobs"] == 0


def test_waits_ends_failures_and_tokens_are_counted_in_buckets(
    any_app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    for wait in range(1, 21):
        usage = {"input_tokens": 10, "output_tokens": 5}
        ended_job(any_app, people.ana.id, minutes_ago=30, wait=wait, took=4, usage=usage)
    for code in ("provider_unavailable", "provider_unavailable", None):
        failed = {"status": "failed", "result_data": None, "error_code": code, "attempt": 3}
        ended_job(any_app, people.ben.id, minutes_ago=10, wait=1, **failed)
    ended_job(any_app, people.ben.id, minutes_ago=90)  # before the hour
    submit(any_app, people.ben.id)
    answer = client.get("/api/operator/queue?period=hour", headers=operator).json
    assert answer["bucket_seconds"] == 60
    buckets = answer["buckets"]
    assert len(buckets) == 61
    assert [row["at"] for row in buckets] == sorted({row["at"] for row in buckets})
    assert sum(row["submitted"] for row in buckets) == 24
    assert sum(row["completed"] for row in buckets) == 20
    assert sum(row["failed"] for row in buckets) == 3
    assert sum(row["tokens"] for row in buckets) == 300
    assert answer["failures"] == {"provider_unavailable": 2, "internal": 1}
    slowest = [row for row in buckets if row["completed"]]
    assert len(slowest) == 1
    assert buckets.index(slowest[0]) in {29, 30, 31}
    assert answer["wait_seconds"]["p50"] == pytest.approx(9, abs=0.01)  # of 23: 12th is 9
    assert answer["wait_seconds"]["p95"] == pytest.approx(19, abs=0.01)
    model = answer["model"]
    assert (model["finished"], model["failed"], model["again"]) == (23, 2, 3)
    assert model["error_rate"] == pytest.approx(200 / 23, abs=0.01)
    assert model["duration_seconds"] == {
        "p50": pytest.approx(4, abs=0.01),
        "p95": pytest.approx(4, abs=0.01),
    }
    assert (model["input_tokens"], model["output_tokens"]) == (200, 100)


def test_a_bucket_has_percentiles_of_its_own(
    any_app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    for minutes, waits in ((600, (1, 1, 9)), (60, (20,))):
        for wait in waits:
            ended_job(any_app, people.ana.id, minutes_ago=minutes, wait=wait)
    buckets = client.get("/api/operator/queue", headers=operator).json["buckets"]
    spreads = [row["wait_seconds"] for row in buckets if row["wait_seconds"]["p50"] is not None]
    rounded = [(round(one["p50"]), round(one["p95"])) for one in spreads]
    assert rounded == [(1, 9), (20, 20)]


def test_the_queue_now_tells_who_waits_and_for_how_long(
    any_app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    empty = client.get("/api/operator/queue", headers=operator).json
    assert empty["now"]["oldest_queued_seconds"] == 0
    assert empty["wait_seconds"] == {"p50": None, "p95": None}
    assert empty["model"]["error_rate"] is None
    ids = [submit(any_app, people.ana.id) for _ in range(3)]
    with any_app.app_context():
        now = db.session.execute(select(utc_now())).scalar_one()
        for job_id, seconds in zip(
            ids, itertools.chain([-40], itertools.repeat(100)), strict=False
        ):
            db.session.execute(
                update(AIJob)
                .where(AIJob.id == job_id)
                .values(available_at=now + timedelta(seconds=seconds))
            )
        db.session.commit()
    now = client.get("/api/operator/queue", headers=operator).json["now"]
    assert (now["ready"], now["postponed"], now["running"]) == (1, 2, 0)
    assert 40 <= now["oldest_queued_seconds"] < 60
    assert now["tickets"] is None


@pytest.mark.parametrize(
    ("period", "count"), [("hour", 61), ("day", 49), ("week", 43), ("month", 61)]
)
def test_every_period_has_a_bounded_number_of_buckets(
    period: str, count: int, client: FlaskClient, operator: dict[str, str]
) -> None:
    answer = client.get(f"/api/operator/queue?period={period}", headers=operator).json
    assert len(answer["buckets"]) == count


def test_the_page_learns_who_is_an_operator(
    app: Flask, people: People, client: FlaskClient, operator: dict[str, str]
) -> None:
    assert client.get("/api/auth/me", headers=operator).json["user"]["is_operator"] is True
    other = client.get("/api/auth/me", headers=bearer(app, people.ana)).json["user"]
    assert other["is_operator"] is False
