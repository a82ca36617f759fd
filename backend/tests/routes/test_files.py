"""Pictures over HTTP: who may put them on a canvas, who may see them, and how they are sent."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Canvas, CanvasFile
from app.services import share_link_service
from app.services.access_service import Actor
from app.utils.browser import cookie_name
from tests.support.people import People, add_canvas
from tests.support.pictures import bomb, opened, picture
from tests.support.signing_in import bearer, browser_secret

RED = picture(color="red")


@pytest.fixture
def address(canvas: Canvas) -> str:
    return f"/api/canvases/{canvas.id}/files"


def upload(
    client: FlaskClient, address: str, headers: dict[str, str], raw: bytes = RED, **more: Any
) -> Any:
    return client.post(address, data=raw, headers=headers, **{"content_type": "image/png"} | more)


def test_an_editor_puts_a_picture_on_a_canvas_and_every_member_sees_it(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, address: str
) -> None:
    answer = upload(client, address, bearer(app, people.ben))
    assert answer.status_code == 201
    file = answer.json["file"]
    assert (file["mimeType"], file["width"], file["height"]) == ("image/png", 40, 30)
    assert file["url"] == f"{address}/{file['id']}"
    for person in (people.ana, people.ben, people.vic):
        shown = client.get(file["url"], headers=bearer(app, person))
        assert shown.status_code == 200
        assert opened(shown.data).getpixel((1, 1)) == (255, 0, 0)


def test_a_picture_is_sent_so_that_it_is_kept_and_can_do_nothing(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    mine = bearer(app, people.ana)
    file = upload(client, address, mine, content_type="text/html").json["file"]
    headers = client.get(file["url"], headers=mine).headers
    assert headers["Content-Type"] == "image/png"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_same_picture_again_is_the_same_file(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    first = upload(client, address, bearer(app, people.ana))
    again = upload(client, address, bearer(app, people.ben))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["file"]["id"] == again.json["file"]["id"]
    with app.app_context():
        assert db.session.query(CanvasFile).count() == 1


def test_viewers_see_but_do_not_upload_and_strangers_do_neither(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    file = upload(client, address, bearer(app, people.ana)).json["file"]
    assert upload(client, address, bearer(app, people.vic)).status_code == 403
    olu = bearer(app, people.olu)
    assert upload(client, address, olu).status_code == 404
    assert client.get(file["url"], headers=olu).status_code == 404
    assert upload(client, address, {}).status_code == 401
    assert client.get(file["url"]).status_code == 401


def test_who_came_by_a_share_link_sees_the_pictures(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, address: str
) -> None:
    file = upload(client, address, bearer(app, people.ana)).json["file"]
    with app.app_context():
        actor = Actor(people.ana.id, "Ana", people.ana.email, "session")
        link = share_link_service.create_link(actor, canvas.id, "viewer", 1)
    olu = bearer(app, people.olu)
    token = {"token": link["url"].split("#")[1]}
    assert client.post("/api/share-links/open", json=token, headers=olu).status_code == 200
    assert client.get(file["url"], headers=olu).status_code == 200


def test_a_picture_is_on_its_own_canvas_only(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    mine = bearer(app, people.ana)
    file = upload(client, address, mine).json["file"]
    other = add_canvas(app, people, "Other")
    elsewhere = client.get(f"/api/canvases/{other.id}/files/{file['id']}", headers=mine)
    assert elsewhere.status_code == 404
    for nonsense in ("0" * 64, "..%2f..%2fexport", "'%20OR%201=1"):
        assert client.get(f"{address}/{nonsense}", headers=mine).status_code == 404


def test_a_page_of_another_site_uploads_nothing_with_somebodys_cookie(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    client.set_cookie(cookie_name(secure=False), browser_secret(app, people.ana))
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert upload(client, address, foreign).status_code == 403
    assert upload(client, address, {"Sec-Fetch-Site": "same-origin"}).status_code == 201


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"GIF89a/*<svg/onload=alert(1)>*/=1;", "SVG"),
        (b"GIF89a" + b"<script>alert(1)</script>", "damaged|not a PNG"),
        (b'{"file": "x"}', "not a PNG"),
        (bomb(10_000, 10_000), "megapixels"),
    ],
)
def test_what_is_no_picture_leaves_nothing_behind(
    raw: bytes, says: str, app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    answer = upload(client, address, bearer(app, people.ana), raw)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_file")
    assert any(part in answer.json["error"] for part in says.split("|"))
    with app.app_context():
        assert db.session.query(CanvasFile).count() == 0


def test_of_a_picture_that_is_also_a_page_only_the_picture_is_kept(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    mine = bearer(app, people.ana)
    both = picture("JPEG", comment=b"<script>alert(1)</script>") + b"<html><script>alert(2)"
    file = upload(client, address, mine, both).json["file"]
    assert b"script" not in client.get(file["url"], headers=mine).data


def test_more_bytes_than_allowed_are_not_even_looked_at(
    make_sqlite_app: Any, app: Flask, people: People, address: str
) -> None:
    small = make_sqlite_app(max_file_mb=1)
    big = picture() + b"\0" * 1024 * 1024
    answer = upload(small.test_client(), address, bearer(app, people.ana), big)
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")
    three = picture() + b"\0" * 3 * 1024 * 1024  # more than other bodies may have
    assert upload(app.test_client(), address, bearer(app, people.ana), three).status_code == 201


def test_a_picture_of_unknown_length_is_refused_with_the_reason(
    app: Flask, people: People, client: FlaskClient, address: str
) -> None:
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = upload(client, address, bearer(app, people.ana), environ_overrides=chunked)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_file")
    assert "Content-Length" in answer.json["error"]


def test_openapi_says_that_a_picture_is_sent_as_it_is(client: FlaskClient) -> None:
    spec = client.get("/api/openapi.json").json
    body = spec["paths"]["/api/canvases/{canvas_id}/files"]["post"]["requestBody"]
    assert set(body["content"]) == {"image/png", "image/jpeg", "image/webp", "image/gif"}
