"""A canvas as a file over HTTP: each format, and who may have it."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.sync.messages import parse_changes
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
