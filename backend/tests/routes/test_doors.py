"""Every door is in the permission table, and the table holds for every kind of person."""

import re

import pytest
from flask import Flask

from app.domain.access.policy import GRANTS, Role, Rule, may
from app.factory import runtime_of
from app.models import Canvas
from app.realtime.asgi import Realtime
from app.routes.doors import doors
from tests.support.people import People
from tests.support.signing_in import bearer

IGNORED_METHODS = {"HEAD", "OPTIONS"}
# Valid enough to reach the use case; what the use case answers is its own tests' matter.
BODIES = {
    "PATCH /api/canvases/<canvas_id>": {"title": "New"},
    "POST /api/canvases/<canvas_id>/permissions": {"email": "x@example.org", "role": "viewer"},
    "PATCH /api/canvases/<canvas_id>/permissions/<user_id>": {"role": "viewer"},
    "POST /api/canvases/<canvas_id>/share-links": {"role": "viewer"},
    "POST /api/canvases/<canvas_id>/share-links/<link_id>/rotate": {},
    "POST /api/canvases/<canvas_id>/transfer": {"user_id": "nobody"},
    "POST /api/canvases/<canvas_id>/duplicate": {},
    "POST /api/canvases/<canvas_id>/import": {"elements": []},
    "POST /api/canvases/<canvas_id>/versions": {"name": "Before"},
    "PATCH /api/canvases/<canvas_id>/versions/<int:version>": {"name": "After"},
    "POST /api/share-links/open": {"token": "nothing"},
    "POST /api/canvases/<canvas_id>/invitations": {"email": "x@example.org", "role": "viewer"},
}


def http_doors(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - IGNORED_METHODS
    }


def socket_doors(app: Flask) -> set[str]:
    server = Realtime(runtime_of(app)).server.sio
    return {f"socket {event}" for event in server.handlers["/"]}


def filled(rule: str) -> str:
    """The rule as an address, with values that mean nothing."""
    return re.sub(r"<[\w:]+>", "nothing", re.sub(r"<int:\w+>", "0", rule))


def test_the_table_and_the_doors_are_the_same_set(app: Flask) -> None:
    assert http_doors(app) | socket_doors(app) == set(doors())


def test_a_route_outside_the_table_is_refused(app: Flask) -> None:
    app.add_url_rule("/api/forgotten", view_func=lambda: "open", endpoint="forgotten")
    assert app.test_client().get("/api/forgotten").status_code == 404


CANVAS_DOORS = sorted(
    door for door, rule in doors().items() if rule in GRANTS and door.split()[0] != "socket"
)


@pytest.mark.parametrize("door", CANVAS_DOORS)
def test_a_canvas_door_opens_for_the_roles_in_the_table_only(
    door: str, app: Flask, people: People, canvas: Canvas
) -> None:
    method, rule = door.split(" ", 1)
    path = rule.replace("<canvas_id>", canvas.id).replace("<user_id>", people.olu.id)
    path = filled(path)
    asked = {
        Role.OWNER: people.ana,
        Role.EDITOR: people.ben,
        Role.VIEWER: people.vic,
        None: people.olu,
    }
    client = app.test_client()
    statuses = {
        role: client.open(path, method=method, json=BODIES.get(door), headers=bearer(app, person))
        for role, person in sorted(asked.items(), key=lambda item: item[0] is Role.OWNER)
    }
    for role, response in statuses.items():
        if role is None:
            assert response.status_code == 404
            assert response.json["error"] == "Canvas not found."
        elif not may(role, doors()[door]):
            assert response.status_code == 403, (door, role)
        else:
            assert response.json is None or response.json.get("error") != "Canvas not found."
    assert client.open(path, method=method, json=BODIES.get(door)).status_code == 401


@pytest.mark.parametrize(
    "door", sorted(d for d, r in doors().items() if r is not Rule.PUBLIC and "socket" not in d)
)
def test_no_door_but_the_public_ones_opens_without_a_sign_in(door: str, app: Flask) -> None:
    method, rule = door.split(" ", 1)
    path = filled(rule)
    response = app.test_client().open(path, method=method, json=BODIES.get(door, {}))
    assert response.status_code == 401
    assert response.json == {"code": "not_authenticated", "error": "Sign in first."}
