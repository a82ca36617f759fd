"""AI jobs over HTTP: what is accepted, what is refused, and who may do what with a job."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.extensions import db
from app.models import AIJob, Canvas
from tests.support.people import People
from tests.support.signing_in import bearer

CREATE, MODIFY = "/api/ai-agent/create-canvas", "/api/ai-agent/modify-canvas"
ASK = {"instructions": "a -> b"}


def stored_jobs(app: Flask) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(AIJob)).scalar_one()


def test_an_instruction_is_accepted_at_once_as_a_job(
    app: Flask, people: People, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana)
    response = client.post(CREATE, json=ASK, headers=mine)
    assert response.status_code == 202
    assert set(response.json) == {"success", "job_id", "message", "status", "canvas_id"}
    assert response.json["status"] == "queued"
    status = client.get(f"/api/ai-agent/job/{response.json['job_id']}/status", headers=mine)
    job = status.json["job"]
    assert (job["status"], job["queue_position"], job["progress"]) == ("queued", 1, 0)
    assert job["canvas_id"] == response.json["canvas_id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "instructions"),
        ({"instructions": ""}, "instructions"),
        ({"instructions": "   \n "}, "instructions"),
        ({"instructions": "x" * 4_001}, "instructions"),
        ({"instructions": 7}, "instructions"),
        ({"instructions": None}, "instructions"),
        ({"instructions": ["a -> b"]}, "instructions"),
        ({"instructions": "a\u0000b"}, "instructions"),
        ({"instructions": "a\u001bb"}, "instructions"),
        ({"instructions": "a\ud800b"}, "instructions"),
        ({**ASK, "style": "baroque"}, "style"),
        ({**ASK, "colorScheme": "mauve"}, "colorScheme"),
        ({**ASK, "priority": 11}, "priority"),
        ({**ASK, "priority": 2**40}, "priority"),
        ({**ASK, "priority": "high"}, "priority"),
        ({**ASK, "selection": ["../x"]}, "selection.0"),
        ({**ASK, "viewport": {"x": 0, "y": 0, "width": -1, "height": 1}}, "viewport.width"),
        ({**ASK, "user_id": "somebody"}, "user_id"),
        ({**ASK, "status": "completed"}, "status"),
    ],
)
def test_bad_input_is_a_422_that_names_the_field_and_stores_nothing(
    body: dict[str, Any], field: str, app: Flask, people: People, client: FlaskClient
) -> None:
    response = client.post(CREATE, json=body, headers=bearer(app, people.ana))
    assert response.status_code == 422
    assert list(response.json["fields"]) == [field]
    assert response.json["code"] == "invalid"
    assert stored_jobs(app) == 0


def test_4000_characters_fit(app: Flask, people: People, client: FlaskClient) -> None:
    long = {"instructions": ("a -> " * 800)[:3_999] + "b"}
    assert client.post(CREATE, json=long, headers=bearer(app, people.ana)).status_code == 202


@pytest.mark.parametrize("address", [CREATE, MODIFY])
def test_a_canvas_of_somebody_else_is_as_if_it_did_not_exist(
    address: str, app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    foreign = {**ASK, "canvas_id": canvas.id}
    unknown = {**ASK, "canvas_id": "no-such-canvas"}
    stranger = bearer(app, people.olu)
    answers = [client.post(address, json=b, headers=stranger) for b in (foreign, unknown)]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].json == answers[1].json
    viewer = client.post(address, json=foreign, headers=bearer(app, people.vic))
    assert viewer.status_code == 403
    assert stored_jobs(app) == 0


def test_modifying_needs_a_canvas(app: Flask, people: People, client: FlaskClient) -> None:
    response = client.post(MODIFY, json=ASK, headers=bearer(app, people.ana))
    assert response.json["fields"] == {"canvas_id": "Field required"}


@pytest.mark.parametrize(
    "query", ["limit=-1", "limit=0", "limit=101", "limit=x", "offset=-1", "status=sleeping"]
)
def test_bad_paging_of_jobs_is_a_422(
    query: str, app: Flask, people: People, client: FlaskClient
) -> None:
    response = client.get(f"/api/ai-agent/jobs?{query}", headers=bearer(app, people.ana))
    assert response.status_code == 422
    assert list(response.json["fields"]) == [query.split("=", maxsplit=1)[0]]


def submit(client: FlaskClient, headers: dict[str, str], canvas: Canvas) -> str:
    body = {**ASK, "canvas_id": canvas.id}
    return str(client.post(CREATE, json=body, headers=headers).json["job_id"])


def test_who_may_do_what_with_a_job(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    ben = bearer(app, people.ben)
    job = f"/api/ai-agent/job/{submit(client, ben, canvas)}"
    ana, vic, olu = (bearer(app, person) for person in (people.ana, people.vic, people.olu))
    assert client.get(f"{job}/status", headers=olu).status_code == 404
    assert client.get(f"{job}/result", headers=olu).status_code == 404
    for member, words in ((ana, ASK["instructions"]), (vic, None)):
        seen = client.get(f"{job}/status", headers=member).json["job"]
        assert (seen["status"], seen["request_data"].get("instructions")) == ("queued", words)
        assert client.get(f"{job}/result", headers=member).status_code == 400
    for action in ("cancel", "undo", "redo", "retry"):
        assert client.post(f"{job}/{action}", headers=olu).status_code == 404
        assert client.post(f"{job}/{action}", headers=vic).status_code == 403
    assert client.post(f"{job}/retry", headers=ana).status_code == 403
    assert client.post(f"{job}/cancel", headers=ana).status_code == 200
    assert client.post(f"{job}/cancel", headers=ben).status_code == 400
    assert client.get(f"{job}/status", headers=ben).json["job"]["status"] == "cancelled"


def test_members_see_jobs_of_their_canvas_but_only_editors_the_instruction(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    submit(client, bearer(app, people.ben), canvas)
    address = f"/api/canvases/{canvas.id}/jobs"

    def seen(person: Any) -> dict[str, Any]:
        [job] = client.get(address, headers=bearer(app, person)).json["jobs"]
        return job["request_data"]

    assert seen(people.ana)["instructions"] == "a -> b"
    assert "instructions" not in seen(people.vic)


def test_the_same_key_and_body_is_the_same_job(
    app: Flask, people: People, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana) | {"Idempotency-Key": "once"}
    first, second = (client.post(CREATE, json=ASK, headers=mine) for _ in range(2))
    assert first.json == second.json
    assert stored_jobs(app) == 1
    other = client.post(CREATE, json={"instructions": "c -> d"}, headers=mine)
    assert (other.status_code, other.json["code"]) == (409, "conflict")
    theirs = bearer(app, people.ben) | {"Idempotency-Key": "once"}
    assert client.post(CREATE, json=ASK, headers=theirs).json["job_id"] != first.json["job_id"]


def test_statistics_have_the_founding_keys_of_the_person_only(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    submit(client, bearer(app, people.ben), canvas)
    founding = {
        "total_jobs", "queued_jobs", "processing_jobs", "completed_jobs", "failed_jobs",
        "success_rate",
    }  # fmt: skip
    own = client.get("/api/ai-agent/jobs/stats", headers=bearer(app, people.ben)).json["stats"]
    assert founding <= set(own)
    assert own["total_jobs"] == own["queued_jobs"] == 1
    other = client.get("/api/ai-agent/jobs/stats", headers=bearer(app, people.ana)).json["stats"]
    assert other["total_jobs"] == 0
