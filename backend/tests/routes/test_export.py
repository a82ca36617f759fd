"""A canvas as a file over HTTP: each format, and who may have it."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import parse_options_header

from app.domain.sync.messages import parse_changes
from app.extensions import db
from app.models import Canvas
from app.services.scene_service import Applied, Push, commit_pushes
from tests.support.elements import creation
from tests.support.people import People
from tests.support.png import read_png
from tests.support.signing_in import bearer


@pytest.fixture
def address(app: Flask, people: People, canvas: Canvas) -> str:
    with app.app_context():
        (applied,) = commit_pushes(canvas.id, [Push(people.ana.id, parse_changes([creation("a")]))])
        assert isinstance(applied, Applied), applied
    return f"/api/canvases/{canvas.id}/export?format="


@pytest.mark.parametrize(
    ("file_format", "media_type", "start"),
    [
        ("svg", "image/svg+xml", b"<svg "),
        ("png", "image/png", b"\x89PNG"),
        ("mermaid", "text/vnd.mermaid", b"flowchart"),
        ("excalidraw", "application/vnd.excalidraw+json", b"{"),
    ],
)
def test_who_views_a_canvas_can_take_it_away(
    app: Flask,
    people: People,
    address: str,
    client: FlaskClient,
    file_format: str,
    media_type: str,
    start: bytes,
) -> None:
    answer = client.get(address + file_format, headers=bearer(app, people.vic))
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert answer.data.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]
    if file_format == "png":
        assert read_png(answer.data).width > 1
    if file_format == "excalidraw":
        assert [e["id"] for e in json.loads(answer.data)["elements"]] == ["a"]


@pytest.mark.parametrize(
    ("title", "plain", "whole"),
    [
        ("Order flow", "Order flow.svg", None),
        ("Привет", "canvas.svg", "Привет.svg"),
        ("日本", "canvas.svg", "日本.svg"),
        ("Ана — план", "canvas.svg", "Ана _ план.svg"),
        ("Über Cafés", "Uber Cafes.svg", "Über Cafés.svg"),
        ('a"b\\c\r\nd', "a_b_c__d.svg", None),
    ],
)
def test_a_canvas_of_any_title_can_be_taken_away(
    app: Flask,
    people: People,
    canvas: Canvas,
    address: str,
    client: FlaskClient,
    title: str,
    plain: str,
    whole: str | None,
) -> None:
    with app.app_context():
        db.session.get_one(Canvas, canvas.id).title = title
        db.session.commit()
    answer = client.get(address + "svg", headers=bearer(app, people.vic))
    assert answer.status_code == 200
    kind, options = parse_options_header(answer.headers["Content-Disposition"])
    assert (kind, options["filename"]) == ("attachment", whole or plain)
    assert f'filename="{plain}"' in answer.headers["Content-Disposition"]
    answer.headers["Content-Disposition"].encode("ascii")


@pytest.mark.parametrize("file_format", ["svg", "png"])
def test_strangers_get_nothing(
    app: Flask, people: People, address: str, client: FlaskClient, file_format: str
) -> None:
    assert client.get(address + file_format).status_code == 401
    answer = client.get(address + file_format, headers=bearer(app, people.olu))
    assert answer.status_code == 404


def test_an_unknown_format_is_refused(
    app: Flask, people: People, address: str, client: FlaskClient
) -> None:
    assert client.get(address + "exe", headers=bearer(app, people.ana)).status_code == 422
