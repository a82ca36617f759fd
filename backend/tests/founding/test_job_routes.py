"""The founding document's routes, their status codes, and the keys that its clients read."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AIJob, User
from tests.support.jobs import job_row
from tests.support.signing_in import bearer

AGENT = "/api/ai-agent"
ASK = {
    "instructions": "a -> b",
    "style": "modern",
    "colorScheme": "default",
    "priority": 0,
}


@pytest.fixture
def mine(app: Flask, user: User) -> dict[str, str]:
    return bearer(app, user)


@pytest.fixture
def job_id(client: FlaskClient, mine: dict[str, str]) -> str:
    answer = client.post(f"{AGENT}/create-canvas", json=ASK, headers=mine)
    assert answer.status_code == 202
    assert answer.json.keys() >= {"success", "job_id", "message", "status"}
    assert answer.json["success"] is True
    assert answer.json["message"] == "Canvas creation job started"
    assert answer.json["status"] == "queued"
    return str(answer.json["job_id"])


def end(app: Flask, job_id: str, how: str) -> None:
    """As a program does that runs the job itself."""
    with app.app_context():
        job = db.session.get_one(AIJob, job_id)
        job.mark_started()
        if how == "completed":
            job.mark_completed({"drawn": 2})
        else:
            job.mark_failed("No.")
        db.session.commit()


def test_a_job_is_watched(
    client: FlaskClient, app: Flask, job_id: str, mine: dict[str, str]
) -> None:
    answer = client.get(f"{AGENT}/job/{job_id}/status", headers=mine)
    assert (answer.status_code, answer.json["success"]) == (200, True)
    assert answer.json["job"].keys() >= job_row(app, job_id).to_dict().keys()


def test_a_result_is_there_once_the_job_is_completed(
    client: FlaskClient, app: Flask, job_id: str, mine: dict
) -> None:
    early = client.get(f"{AGENT}/job/{job_id}/result", headers=mine)
    assert (early.status_code, early.json["error"]) == (400, "Job not completed")
    end(app, job_id, "completed")
    answer = client.get(f"{AGENT}/job/{job_id}/result", headers=mine)
    assert answer.status_code == 200
    assert answer.json == {"success": True, "result": {"drawn": 2}}


def test_a_job_is_cancelled_once(client: FlaskClient, job_id: str, mine: dict[str, str]) -> None:
    done = {"success": True, "message": "Job cancelled successfully"}
    answer = client.post(f"{AGENT}/job/{job_id}/cancel", headers=mine)
    assert (answer.status_code, answer.json) == (200, done)
    again = client.post(f"{AGENT}/job/{job_id}/cancel", headers=mine)
    assert (again.status_code, again.json["error"]) == (400, "Job cannot be cancelled")


def test_a_failed_job_is_retried(
    client: FlaskClient, app: Flask, job_id: str, mine: dict[str, str]
) -> None:
    early = client.post(f"{AGENT}/job/{job_id}/retry", headers=mine)
    assert (early.status_code, early.json["error"]) == (400, "Job cannot be retried")
    end(app, job_id, "failed")
    answer = client.post(f"{AGENT}/job/{job_id}/retry", headers=mine)
    assert answer.status_code == 200
    assert answer.json == {"success": True, "message": "Job retry started"}


def test_jobs_are_listed_by_limit_and_offset(client: FlaskClient, job_id: str, mine: dict) -> None:
    answer = client.get(f"{AGENT}/jobs?limit=50&offset=0", headers=mine)
    assert (answer.status_code, answer.json["success"]) == (200, True)
    assert [job["id"] for job in answer.json["jobs"]] == [job_id]
    assert client.get(f"{AGENT}/jobs?limit=50&offset=1", headers=mine).json["jobs"] == []


def test_an_unknown_job_is_404_and_an_unknown_person_401(
    client: FlaskClient, job_id: str, mine: dict
) -> None:
    for method, route in (
        ("GET", "status"),
        ("GET", "result"),
        ("POST", "cancel"),
        ("POST", "retry"),
    ):
        unknown = client.open(f"{AGENT}/job/none/{route}", method=method, headers=mine)
        assert (unknown.status_code, "error" in unknown.json) == (404, True)
        nobody = client.open(f"{AGENT}/job/{job_id}/{route}", method=method)
        assert (nobody.status_code, "error" in nobody.json) == (401, True)


def test_statistics_have_the_keys_that_the_service_had(
    client: FlaskClient, mine: dict[str, str]
) -> None:
    stats = client.get(f"{AGENT}/jobs/stats", headers=mine).json["stats"]
    statuses = ("queued", "processing", "completed", "failed")
    keys = {"total_jobs", "success_rate", *(f"{status}_jobs" for status in statuses)}
    assert stats.keys() >= keys


def test_a_browser_may_ask_for_the_options_of_the_first_route(client: FlaskClient) -> None:
    answer = client.options(f"{AGENT}/create-canvas")
    assert answer.status_code == 200
    assert "POST" in answer.headers["Allow"]
