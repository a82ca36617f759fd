"""A canvas taken away whole and brought back: export, import, duplicate, and its small picture."""

import base64
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.sync.messages import parse_changes
from app.models import Canvas
from app.services import file_reading, file_service
from app.services.file_reading import pictures_in
from app.services.scene_reading import load_scene
from app.services.scene_service import Applied, Push, commit_pushes
from tests.support.elements import creation, image, rectangle
from tests.support.jobs import heard_events
from tests.support.people import People
from tests.support.pictures import opened, picture
from tests.support.png import read_png
from tests.support.signing_in import bearer


@pytest.fixture
def file_id(app: Flask, people: People, canvas: Canvas, client: FlaskClient) -> str:
    """A picture on the canvas, with a rectangle beside it."""
    mine = bearer(app, people.ana)
    address = f"/api/canvases/{canvas.id}/files"
    made = client.post(address, data=picture(color="red"), headers=mine).json["file"]["id"]
    shown = {"id": "i", "create": True, "set": image("i", made, width=400, height=300)}
    with app.app_context():
        changes = parse_changes([shown, creation("a", x=600)])
        (answer,) = commit_pushes(canvas.id, [Push(people.ana.id, changes)])
        assert isinstance(answer, Applied), answer
    return str(made)


def exported(client: FlaskClient, canvas_id: str, headers: Any, kind: str) -> Any:
    answer = client.get(f"/api/canvases/{canvas_id}/export?format={kind}", headers=headers)
    assert answer.status_code == 200
    return answer


def test_every_file_format_has_the_pictures(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str
) -> None:
    vic = bearer(app, people.vic)
    document = json.loads(exported(client, canvas.id, vic, "excalidraw").data)
    file = document["files"][file_id]
    assert (file["id"], file["mimeType"]) == (file_id, "image/png")
    content = base64.b64decode(file["dataURL"].partition(",")[2])
    assert opened(content).getpixel((1, 1)) == (255, 0, 0)
    svg = exported(client, canvas.id, vic, "svg").text
    assert 'href="data:image/png;base64,' in svg
    png = read_png(exported(client, canvas.id, vic, "png").data)
    assert png.rows[300][4 * 300 : 4 * 300 + 3] == b"\xff\0\0"


def test_the_largest_pictures_are_drawn_whole_and_the_others_small(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    mine = bearer(app, people.ana)
    address = f"/api/canvases/{canvas.id}/files"
    made = client.post(address, data=picture(color="green", size=(900, 900)), headers=mine)
    less = {"id": "j", "create": True, "set": image("j", made.json["file"]["id"], x=900)}
    with app.app_context():
        commit_pushes(canvas.id, [Push(people.ana.id, parse_changes([less]))])
        elements = load_scene(canvas.id)

        def small_ones(whole: int | None) -> set[str]:
            shown = pictures_in(canvas.id, elements, whole=whole)
            assert len(shown) == 2
            return {key for key, address in shown.items() if address.startswith("data:image/jpeg")}

        both = {file_id, str(made.json["file"]["id"])}
        assert small_ones(None) == set()
        assert small_ones(1) == both - {file_id}  # shown larger, though it has fewer pixels
        assert small_ones(0) == both
        monkeypatch.setattr(file_reading, "MAX_EMBEDDED", 10)
        assert small_ones(None) == both


def test_a_picture_of_another_canvas_is_in_no_file_of_this_one(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str
) -> None:
    """Olu has learned its id, and names it on a canvas of her own."""
    olu = bearer(app, people.olu)
    own = client.post("/api/canvases", json={"title": "Mine"}, headers=olu).json["canvas"]["id"]
    with app.app_context():
        named = {"id": "i", "create": True, "set": image("i", file_id, width=400)}
        commit_pushes(own, [Push(people.olu.id, parse_changes([named]))])
    assert client.get(f"/api/canvases/{own}/files/{file_id}", headers=olu).status_code == 404
    assert json.loads(exported(client, own, olu, "excalidraw").data)["files"] == {}
    assert "data:image" not in exported(client, own, olu, "svg").text
    assert "data:image" not in client.get(f"/api/canvases/{own}/thumbnail", headers=olu).text
    copy = client.post(f"/api/canvases/{own}/duplicate", json={}, headers=olu).json["canvas"]["id"]
    assert client.get(f"/api/canvases/{copy}/files/{file_id}", headers=olu).status_code == 404


def test_an_exported_canvas_is_imported_with_its_pictures_as_one_change(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str
) -> None:
    olu = bearer(app, people.olu)
    document = exported(client, canvas.id, bearer(app, people.ana), "excalidraw").data
    own = client.post("/api/canvases", json={"title": "Mine"}, headers=olu).json["canvas"]["id"]
    with heard_events() as heard:
        answer = client.post(
            f"/api/canvases/{own}/import",
            data=document,
            headers=olu,
            content_type="application/json",
        )
    assert answer.json == {"success": True, "added": 2, "skipped": 0, "files": 1, "seq": 2}
    assert [event for event, *_ in heard] == ["scene_update"]
    objects = client.get(f"/api/canvases/{own}/objects", headers=olu).json["objects"]
    [shown] = [element for element in objects if element["type"] == "image"]
    fetched = client.get(f"/api/canvases/{own}/files/{shown['fileId']}", headers=olu)
    assert opened(fetched.data).getpixel((1, 1)) == (255, 0, 0)
    again = client.post(f"/api/canvases/{own}/import", json=json.loads(document), headers=olu)
    assert (again.json["added"], again.json["seq"]) == (2, 4)


def test_hostile_files_in_a_document_are_left_out_and_their_images_with_them(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
    files = {
        "one": {"dataURL": f"data:image/svg+xml;base64,{svg}"},
        "two": {"dataURL": "https://evil.example/x.png"},
        "three": {"dataURL": "data:image/png;base64,%%%"},
        "four": ["nonsense"],
    }
    shown = [image(name, name) for name in (*files, "five")]
    document = {"elements": [*shown, rectangle("r")], "files": files}
    mine = bearer(app, people.ana)
    answer = client.post(f"/api/canvases/{canvas.id}/import", json=document, headers=mine).json
    assert (answer["added"], answer["skipped"], answer["files"]) == (1, 5, 0)
    nothing = {"elements": shown, "files": files}
    refused = client.post(f"/api/canvases/{canvas.id}/import", json=nothing, headers=mine)
    assert (refused.status_code, refused.json["code"]) == (409, "conflict")
    bad = client.post(f"/api/canvases/{canvas.id}/import", json={"files": {}}, headers=mine)
    assert (bad.status_code, bad.json["code"]) == (422, "invalid")


def test_an_import_that_has_no_room_for_its_pictures_changes_nothing(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch, file_id: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(file_service, "MAX_FILES", 1)
    content = base64.b64encode(picture(color="green")).decode()
    files = {"x": {"dataURL": f"data:image/png;base64,{content}"}}
    document = {"elements": [image("n", "x"), rectangle("r")], "files": files}
    mine = bearer(app, people.ana)
    answer = client.post(f"/api/canvases/{canvas.id}/import", json=document, headers=mine)
    assert (answer.status_code, answer.json["code"]) == (409, "files_full")
    with app.app_context():
        assert len(load_scene(canvas.id)) == 2


def test_large_documents_are_taken_and_larger_ones_refused(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient
) -> None:
    mine, address = bearer(app, people.ana), f"/api/canvases/{canvas.id}/import"
    document = {"elements": [rectangle("r")], "more": "x" * 3_000_000}
    assert client.post(address, json=document, headers=mine).status_code == 200
    document["more"] = "x" * 21 * 1024 * 1024
    assert client.post(address, json=document, headers=mine).status_code == 413


def test_who_sees_a_canvas_can_have_a_copy_that_nobody_else_sees(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str
) -> None:
    vic = bearer(app, people.vic)
    made = client.post(f"/api/canvases/{canvas.id}/duplicate", json={}, headers=vic)
    assert made.status_code == 201
    copy = made.json["canvas"]
    assert (copy["title"], copy["role"], copy["object_count"]) == ("Plans (copy)", "owner", 2)
    assert client.get(f"/api/canvases/{copy['id']}/files/{file_id}", headers=vic).status_code == 200
    ana = bearer(app, people.ana)
    assert client.get(f"/api/canvases/{copy['id']}", headers=ana).status_code == 404
    assert client.delete(f"/api/canvases/{canvas.id}", headers=ana).status_code == 200
    assert client.get(f"/api/canvases/{copy['id']}/files/{file_id}", headers=vic).status_code == 200
    named = client.post(f"/api/canvases/{copy['id']}/duplicate", json={"title": "B"}, headers=vic)
    assert named.json["canvas"]["title"] == "B"


def test_a_canvas_in_a_list_has_a_small_picture_that_changes_with_it(
    app: Flask, people: People, canvas: Canvas, client: FlaskClient, file_id: str
) -> None:
    vic = bearer(app, people.vic)
    [listed] = client.get("/api/canvases", headers=vic).json["canvases"]
    small = client.get(listed["thumbnail"], headers=vic)
    assert small.mimetype == "image/svg+xml"
    assert "immutable" in small.headers["Cache-Control"]
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert "data:image/jpeg;base64," in small.text  # the small one of the picture
    with app.app_context():
        commit_pushes(canvas.id, [Push(people.ana.id, parse_changes([creation("b", x=2_000)]))])
    late = client.get(listed["thumbnail"], headers=vic)
    assert late.headers["Cache-Control"] == "private, no-cache"
    assert late.text != small.text
    [listed_again] = client.get("/api/canvases", headers=vic).json["canvases"]
    assert listed_again["thumbnail"] != listed["thumbnail"]
