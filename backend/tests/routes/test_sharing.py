"""Share links and handing a canvas over: secret, bounded, revocable, and at once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.extensions import Model, db
from app.models import Canvas, CanvasPermission, Invitation, ShareLink, User
from app.models.ids import new_id
from app.models.sql_time import utc_after
from app.services import share_link_service
from tests.support.jobs import heard_events
from tests.support.people import People
from tests.support.signing_in import bearer
from tests.support.tour import Tour

OPEN = "/api/share-links/open"


def link_of(client: FlaskClient, app: Flask, people: People, canvas: Canvas, role: str) -> str:
    answer = client.post(
        f"/api/canvases/{canvas.id}/share-links",
        json={"role": role}, headers=bearer(app, people.ana),
    )  # fmt: skip
    assert answer.status_code == 201
    return str(answer.json["share_link"]["url"].split("#")[1])


def test_a_link_makes_members_in_its_role_and_lowers_nobody(
    any_app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    to_edit = link_of(client, any_app, people, canvas, "editor")
    to_view = link_of(client, any_app, people, canvas, "viewer")
    steps = [
        (people.olu, to_view, "viewer"), (people.olu, to_edit, "editor"),
        (people.olu, to_view, "editor"), (people.ana, to_view, "owner"),
        (people.vic, to_edit, "editor"),
    ]  # fmt: skip
    with heard_events() as heard:
        for person, token, role in steps:
            answer = client.post(OPEN, json={"token": token}, headers=bearer(any_app, person))
            assert answer.json == {"success": True, "canvas_id": canvas.id, "role": role}
    assert [data["role"] for event, data, _ in heard] == [role for _, _, role in steps]
    olu = bearer(any_app, people.olu)
    assert client.get(f"/api/canvases/{canvas.id}", headers=olu).json["canvas"]["role"] == "editor"


def test_the_address_is_random_shown_once_and_stored_as_a_hash(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    token = link_of(client, app, people, canvas, "viewer")
    assert len(token) >= 43  # 256 bits
    with app.app_context():
        [row] = db.session.execute(select(ShareLink)).scalars()
        assert token not in str(vars(row))
    address = f"/api/canvases/{canvas.id}/share-links"
    [listed] = client.get(address, headers=bearer(app, people.ana)).json["share_links"]
    assert set(listed) == {"id", "role", "created_at", "expires_at"}


@pytest.mark.parametrize("end", ["revoked", "rotated", "expired"])
def test_a_link_that_ended_opens_nothing(
    end: str, any_app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    token = link_of(client, any_app, people, canvas, "editor")
    mine, address = bearer(any_app, people.ana), f"/api/canvases/{canvas.id}/share-links"
    [link] = client.get(address, headers=mine).json["share_links"]
    if end == "revoked":
        assert client.delete(f"{address}/{link['id']}", headers=mine).status_code == 200
    elif end == "rotated":
        rotated = client.post(f"{address}/{link['id']}/rotate", json={}, headers=mine).json
        fresh = rotated["share_link"]["url"].split("#")[1]
        body = {"token": fresh}
        assert client.post(OPEN, json=body, headers=bearer(any_app, people.vic)).status_code == 200
    else:
        with any_app.app_context():
            db.session.execute(update(ShareLink).values(expires_at=utc_after(-1)))
            db.session.commit()
    olu = bearer(any_app, people.olu)
    refused = client.post(OPEN, json={"token": token}, headers=olu)
    unknown = client.post(OPEN, json={"token": "cc_nothing"}, headers=olu)
    assert refused.status_code == unknown.status_code == 404
    assert refused.json == unknown.json


def test_links_are_few_and_of_their_own_canvas(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    mine, address = bearer(app, people.ana), f"/api/canvases/{canvas.id}/share-links"
    for _ in range(share_link_service.MAX_LINKS):
        link_of(client, app, people, canvas, "viewer")
    assert client.post(address, json={}, headers=mine).status_code == 429
    other = client.post("/api/canvases", json={}, headers=mine).json["canvas"]["id"]
    [link, *_] = client.get(address, headers=mine).json["share_links"]
    foreign = f"/api/canvases/{other}/share-links/{link['id']}"
    assert client.delete(foreign, headers=mine).status_code == 404
    assert client.post(f"{foreign}/rotate", json={}, headers=mine).status_code == 404


def test_the_canvas_is_handed_over_and_the_old_owner_may_leave(
    any_app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    mine, address = bearer(any_app, people.ana), f"/api/canvases/{canvas.id}"
    stranger = client.post(f"{address}/transfer", json={"user_id": people.olu.id}, headers=mine)
    assert stranger.status_code == 404
    own = {"user_id": people.ana.id}
    assert client.post(f"{address}/transfer", json=own, headers=mine).status_code == 409
    with heard_events() as heard:
        done = client.post(f"{address}/transfer", json={"user_id": people.ben.id}, headers=mine)
    assert {m["name"]: m["role"] for m in done.json["members"]} == {
        "Ana": "editor", "Ben": "owner", "Vic": "viewer",
    }  # fmt: skip
    assert {(data["role"], room) for _, data, room in heard} == {
        ("owner", f"user:{people.ben.id}"), ("editor", f"user:{people.ana.id}"),
    }  # fmt: skip
    assert client.get(address, headers=mine).json["canvas"]["owner"]["name"] == "Ben"
    again = client.post(f"{address}/transfer", json={"user_id": people.vic.id}, headers=mine)
    assert again.status_code == 403
    leave = client.delete(f"{address}/permissions/{people.ana.id}", headers=mine)
    assert leave.status_code == 200
    assert client.get(address, headers=mine).status_code == 404


def _member(_user_id: str, canvas_id: str) -> list[Model]:
    person = User(id=new_id(), email=f"{new_id()}@example.org", name="Zoe", password_hash="!")
    return [person, CanvasPermission(canvas_id=canvas_id, user_id=person.id, role="editor")]


def _invitation(user_id: str, canvas_id: str) -> list[Model]:
    secret = {"email": f"{new_id()}@example.org", "secret_hash": new_id()}
    terms = {"role": "viewer", "expires_at": utc_after(60)}
    return [Invitation(canvas_id=canvas_id, invited_by=user_id, **secret, **terms)]


def _share_link(user_id: str, canvas_id: str) -> list[Model]:
    terms = {"role": "viewer", "expires_at": utc_after(60), "secret_hash": new_id()}
    return [ShareLink(canvas_id=canvas_id, created_by=user_id, **terms)]


# One more entry of each list, for `test_lists.py`.
LISTS_OF = {
    "/api/canvases/{canvas_id}/invitations": _invitation,
    "/api/canvases/{canvas_id}/permissions": _member,
    "/api/canvases/{canvas_id}/share-links": _share_link,
}


def tour_of(tour: Tour, app: Flask, people: People, canvas: Canvas) -> None:
    """Every route of sharing, for `tests/api/test_answers.py`."""
    at = f"/api/canvases/{canvas.id}"
    olu = Tour(tour.client, bearer(app, people.olu))
    tour.ask("GET", f"{at}/permissions")
    tour.ask("POST", f"{at}/permissions", {"email": people.olu.email, "role": "viewer"})
    tour.ask("POST", f"{at}/permissions", {"email": "new@example.org", "role": "viewer"})
    tour.ask("PATCH", f"{at}/permissions/{people.olu.id}", {"role": "editor"})
    tour.ask("DELETE", f"{at}/permissions/{people.olu.id}")
    invite = {"email": people.olu.email, "role": "viewer"}
    url = tour.ask("POST", f"{at}/invitations", invite).json["invitation"]["url"]
    olu.ask("POST", "/api/invitations/accept", {"token": url.partition("#")[2]})
    waiting = tour.ask("GET", f"{at}/invitations").json["invitations"]
    tour.ask("DELETE", f"{at}/invitations/{waiting[0]['id']}")
    link = tour.ask("POST", f"{at}/share-links", {"role": "editor"}).json["share_link"]
    tour.ask("GET", f"{at}/share-links")
    link = tour.ask("POST", f"{at}/share-links/{link['id']}/rotate", {}).json["share_link"]
    olu.ask("POST", "/api/share-links/open", {"token": link["url"].partition("#")[2]})
    tour.ask("DELETE", f"{at}/share-links/{link['id']}")
    tour.ask("POST", f"{at}/transfer", {"user_id": people.ben.id})
    tour.seen |= olu.seen
