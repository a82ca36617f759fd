"""Canvases over HTTP: their list, their members, and answers to what is not right."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Canvas
from app.services.scene_service import Push, commit_pushes
from tests.support.elements import creation
from tests.support.people import People
from tests.support.signing_in import bearer


def test_a_canvas_is_made_listed_renamed_and_deleted(
    app: Flask, people: People, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana)
    made = client.post("/api/canvases", json={"title": "  Plan \t B "}, headers=mine)
    assert made.status_code == 422  # a tab is a control character in a title
    made = client.post("/api/canvases", json={"title": "Plan B"}, headers=mine).json["canvas"]
    assert (made["title"], made["role"], made["object_count"]) == ("Plan B", "owner", 0)
    address = f"/api/canvases/{made['id']}"
    assert client.patch(address, json={"title": "C"}, headers=mine).json["canvas"]["title"] == "C"
    assert [c["title"] for c in client.get("/api/canvases", headers=mine).json["canvases"]] == ["C"]
    assert client.delete(address, headers=mine).status_code == 200
    assert client.get(address, headers=mine).status_code == 404


def test_nobody_sees_canvases_of_others(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    listed = client.get("/api/canvases", headers=bearer(app, people.olu)).json["canvases"]
    assert listed == []
    unknown = client.get("/api/canvases/none", headers=bearer(app, people.olu))
    foreign = client.get(f"/api/canvases/{canvas.id}", headers=bearer(app, people.olu))
    assert (unknown.status_code, unknown.json) == (foreign.status_code, foreign.json)


def test_pages_follow_each_other_without_loss(
    app: Flask, people: People, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana)
    for number in range(7):
        client.post("/api/canvases", json={"title": str(number)}, headers=mine)
    titles: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"/api/canvases?limit=3&cursor={cursor}", headers=mine).json
        titles += [item["title"] for item in page["canvases"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert titles == ["6", "5", "4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=-1", "limit=101", "limit=x", "limit=9" * 30, "cursor=nonsense"]
)
def test_bad_paging_is_a_422_with_the_field(
    query: str, app: Flask, people: People, client: FlaskClient
) -> None:
    response = client.get(f"/api/canvases?{query}", headers=bearer(app, people.ana))
    assert response.status_code == 422
    assert query.split("=", maxsplit=1)[0] in response.json["fields"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("{bad", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("[1]", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("title=x", "application/x-www-form-urlencoded", 415),
        ("{}", "text/plain", 415),
        ('{"title": 5}', "application/json", 422),
        ('{"title": "x", "owner_id": "me"}', "application/json", 422),
        ('{"title": "' + "x" * 3_000_000 + '"}', "application/json", 413),
    ],
)
def test_bodies_that_are_not_right_are_refused_clearly(
    content: Any, kind: str, status: int, app: Flask, people: People, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana)
    response = client.post("/api/canvases", data=content, content_type=kind, headers=mine)
    assert response.status_code == status
    assert set(response.json) <= {"error", "code", "fields"}
    assert client.get("/api/canvases", headers=mine).json["canvases"] == []


def test_an_unexpected_error_says_nothing_but_an_id(app: Flask, people: People) -> None:
    def explode() -> None:
        raise RuntimeError("password=hunter2 at db.internal")

    app.view_functions["canvases.list_canvases"] = lambda **_: explode()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = app.test_client().get("/api/canvases", headers=bearer(app, people.ana))
    assert response.status_code == 500
    assert set(response.json) == {"error", "code", "error_id"}
    assert "hunter2" not in response.text


def test_the_owner_shares_changes_roles_and_removes(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    mine, address = bearer(app, people.ana), f"/api/canvases/{canvas.id}/permissions"
    shared = client.post(address, json={"email": people.olu.email, "role": "viewer"}, headers=mine)
    assert shared.json["member"]["role"] == "viewer"
    olu = f"{address}/{people.olu.id}"
    assert client.patch(olu, json={"role": "editor"}, headers=mine).status_code == 200
    members = client.get(address, headers=mine).json["members"]
    assert {m["name"]: m["role"] for m in members} == {
        "Ana": "owner", "Ben": "editor", "Vic": "viewer", "Olu": "editor",
    }  # fmt: skip
    assert client.delete(olu, headers=bearer(app, people.ben)).status_code == 403
    assert client.delete(olu, headers=bearer(app, people.olu)).status_code == 200
    assert client.get(address, headers=bearer(app, people.olu)).status_code == 404


def test_the_owner_stays_the_owner(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    mine = bearer(app, people.ana)
    own = f"/api/canvases/{canvas.id}/permissions/{people.ana.id}"
    assert client.delete(own, headers=mine).status_code == 409
    assert client.patch(own, json={"role": "viewer"}, headers=mine).status_code == 409
    role = {"email": people.ben.email, "role": "owner"}
    address = f"/api/canvases/{canvas.id}/permissions"
    assert client.post(address, json=role, headers=mine).status_code == 422


def test_objects_come_whole_or_as_a_delta(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    with app.app_context():
        from app.domain.sync.messages import parse_changes

        changes = parse_changes([creation("a"), creation("b")])
        commit_pushes(canvas.id, [Push(people.ana.id, changes)])
    viewer, address = bearer(app, people.vic), f"/api/canvases/{canvas.id}/objects"
    whole = client.get(address, headers=viewer).json
    assert (whole["mode"], whole["seq"], len(whole["objects"])) == ("snapshot", 2, 2)
    delta = client.get(f"{address}?since=1", headers=viewer).json
    assert [element["id"] for element in delta["objects"]] == ["b"]
