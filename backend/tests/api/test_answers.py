"""Every route's good answer is what the OpenAPI document says, key for key.

The client checks each answer that it gets (tests/support/described.py); so do the other tests,
which get the refusals as well. Signing in with another provider is theirs (routes/test_oidc.py).
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from app.domain.formats import exports
from app.extensions import db
from app.factory import runtime_of
from app.models import Canvas, User
from app.services import canvas_service
from app.services.jobs.engine import JobEngine
from tests.api.test_openapi import operations
from tests.support.described import NotDescribed, document
from tests.support.elements import rectangle
from tests.support.features import added
from tests.support.jobs import wait_for
from tests.support.people import People
from tests.support.pictures import picture
from tests.support.signing_in import bearer
from tests.support.tour import Tour

ELSEWHERE = {"GET /api/auth/oidc/start", "GET /api/auth/oidc/callback"}
AGENT = "/api/ai-agent"
PASSWORD = "correct horse battery"


@pytest.fixture
def tour(app: Flask, people: People, client: FlaskClient) -> Tour:
    """Of Ana, who runs the installation too."""
    with app.app_context():
        db.session.execute(update(User).where(User.id == people.ana.id).values(is_operator=True))
        db.session.commit()
    return Tour(client, bearer(app, people.ana))


def accounts(tour: Tour) -> None:
    someone = {"email": "zoe@example.org", "password": PASSWORD, "name": "Zoe"}
    zoe = tour.client.post("/api/auth/register", json=someone)
    other = Tour(tour.client, {"Authorization": f"Bearer {zoe.json['token']}"})
    tour.ask("POST", "/api/auth/register", {**someone, "email": "yan@example.org"})
    tour.ask("POST", "/api/auth/login", {"email": "zoe@example.org", "password": PASSWORD})
    tour.ask("GET", "/api/auth/me")
    other.ask("PATCH", "/api/auth/me", {"name": "Zoe Z"})
    made = other.ask("POST", "/api/auth/tokens", {"name": "import"}).json["token"]
    assert [t["id"] for t in other.ask("GET", "/api/auth/tokens").json["tokens"]] == [made["id"]]
    other.ask("DELETE", f"/api/auth/tokens/{made['id']}")
    sessions = other.ask("GET", "/api/auth/sessions").json["sessions"]
    ended = next(session for session in sessions if not session["current"])
    other.ask("DELETE", f"/api/auth/sessions/{ended['id']}")
    other.ask("POST", "/api/auth/logout")
    tour.seen |= other.seen


def jobs(tour: Tour, app: Flask) -> None:
    ask = {"instructions": "browser -> API -> database"}
    stopped = tour.ask("POST", f"{AGENT}/create-canvas", ask).json["job_id"]
    tour.ask("POST", f"{AGENT}/job/{stopped}/cancel")
    engine = JobEngine(runtime_of(app), slots=1)
    engine.start()
    try:
        drawn = tour.ask("POST", f"{AGENT}/create-canvas", ask).json
        wait_for(app, drawn["job_id"])
        change = {"instructions": "make API red", "canvas_id": drawn["canvas_id"]}
        changed = tour.ask("POST", f"{AGENT}/modify-canvas", change).json["job_id"]
        wait_for(app, changed)
        lost = tour.ask("POST", f"{AGENT}/create-canvas", {"instructions": "?"}).json["job_id"]
        assert wait_for(app, lost).status == "failed"
    finally:
        engine.drain()
    for job_id in (stopped, drawn["job_id"], changed, lost):
        tour.ask("GET", f"{AGENT}/job/{job_id}/status")
    tour.ask("GET", f"{AGENT}/job/{changed}/result")
    tour.ask("POST", f"{AGENT}/job/{changed}/undo")
    tour.ask("POST", f"{AGENT}/job/{changed}/redo")
    tour.ask("PUT", f"{AGENT}/job/{changed}/taken-back", {"taken_back": True})
    tour.ask("POST", f"{AGENT}/job/{lost}/retry")
    tour.ask("GET", f"{AGENT}/jobs")
    tour.ask("GET", f"{AGENT}/jobs/stats")
    tour.ask("GET", f"/api/canvases/{drawn['canvas_id']}/jobs")
    tour.ask("GET", f"/api/canvases/{drawn['canvas_id']}/versions")
    for part in ("jobs", "workers", "queue"):
        tour.ask("GET", f"/api/operator/{part}")


def drawings(tour: Tour) -> None:
    canvas = tour.ask("POST", "/api/canvases", {"title": "Plan"}).json["canvas"]
    at = f"/api/canvases/{canvas['id']}"
    tour.ask("GET", "/api/canvases")
    tour.ask("GET", at)
    tour.ask("PATCH", at, {"title": "Plan B"})
    made = tour.ask("POST", f"{at}/files", data=picture(), content_type="image/png").json["file"]
    tour.ask("GET", f"{at}/files/{made['id']}")
    tour.ask("POST", f"{at}/import", {"elements": [rectangle("a"), rectangle("b", index="a1")]})
    tour.ask("GET", f"{at}/objects")
    tour.ask("GET", f"{at}/thumbnail")
    for name in exports():
        tour.ask("GET", f"{at}/export?format={name}")
    copy = tour.ask("POST", f"{at}/duplicate", {}).json["canvas"]
    tour.ask("DELETE", f"/api/canvases/{copy['id']}")
    version = tour.ask("POST", f"{at}/versions", {"name": "Two boxes"}).json["version"]["version"]
    tour.ask("POST", f"{at}/import", {"elements": [rectangle("c")]})
    tour.ask("GET", f"{at}/versions")
    tour.ask("GET", f"{at}/versions?named=true")
    tour.ask("GET", f"{at}/versions/{version}")
    tour.ask("GET", f"{at}/versions/{version}/thumbnail")
    tour.ask("PATCH", f"{at}/versions/{version}", {"name": "Boxes"})
    tour.ask("POST", f"{at}/versions/{version}/restore")
    tour.ask("DELETE", f"{at}/versions/{version}")


def test_every_route_answers_what_the_document_says(
    app: Flask, people: People, canvas: Canvas, tour: Tour
) -> None:
    for address in ("/health", "/ready", "/metrics", "/api/config"):
        tour.ask("GET", address)
    accounts(tour)
    jobs(tour, app)
    drawings(tour)
    for of_feature in added("tour_of"):
        of_feature(tour, app, people, canvas)
    assert tour.seen == {name for name, _ in operations()} - ELSEWHERE


def _without_title(view: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in view.items() if key != "title"}


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view | {"color": "red"},
        _without_title,
        lambda view: view | {"object_count": "2"},
        lambda view: view | {"role": "guest"},
        lambda view: view | {"created_at": "yesterday"},
        lambda view: view | {"owner": view["owner"] | {"email": "ana@example.org"}},
    ],
    ids=["more", "less", "another type", "another word", "another form", "more inside"],
)
def test_a_key_more_or_less_than_described_fails_the_test_that_gets_it(
    change: Callable[[dict[str, Any]], dict[str, Any]],
    tour: Tour,
    canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = canvas_service.get_canvas
    monkeypatch.setattr(canvas_service, "get_canvas", lambda *args: change(whole(*args)))
    with pytest.raises(NotDescribed):
        tour.ask("GET", f"/api/canvases/{canvas.id}")


def test_a_status_that_is_not_described_fails_the_test_that_gets_it(
    tour: Tour, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = document().spec["paths"]["/api/canvases/{canvas_id}"]["get"]["responses"]
    monkeypatch.delitem(answered, "200")
    with pytest.raises(NotDescribed):
        tour.ask("GET", f"/api/canvases/{canvas.id}")
