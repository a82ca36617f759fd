"""A review of a canvas: who may ask for it, and what it answers."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.domain.scene.review import RULES
from app.models import Canvas
from tests.architecture.sources import DOCS
from tests.domain.scene.drawing import drawn, edge, graph, node
from tests.support.people import People
from tests.support.signing_in import bearer
from tests.support.tour import Tour


def tour_of(tour: Tour, _app: Flask, _people: People, canvas: Canvas) -> None:
    tour.ask("POST", f"/api/canvases/{canvas.id}/review")


def test_a_finding_names_its_rule_and_what_to_look_at(
    app: Flask, client: FlaskClient, people: People, canvas: Canvas
) -> None:
    scene = drawn(graph("flowchart", [node("a", "Tea"), node("b", "tea")], [edge("a", "b")]))
    ana, vic = bearer(app, people.ana), bearer(app, people.vic)
    at = f"/api/canvases/{canvas.id}"
    assert client.post(f"{at}/import", json={"elements": scene}, headers=ana).status_code == 200
    before = client.get(f"{at}/objects", headers=vic).json
    answer: Any = client.post(f"{at}/review", headers=vic).json
    (finding,) = answer["findings"]
    assert (finding["rule"], finding["words"]) == ("doubled_name", "Tea")
    assert finding["message"] == '"Tea" is there more than once.'
    shown = {element["id"] for element in before["objects"]}
    assert set(finding["elements"]) <= shown
    assert client.get(f"{at}/objects", headers=vic).json == before, "nothing is changed"


def test_every_rule_is_explained_in_the_documentation() -> None:
    text = (DOCS / "drawings.md").read_text("utf-8").partition("## Review")[2]
    named = [
        line.split("`")[1] for line in text.partition("\n## ")[0].splitlines() if line[:3] == "| `"
    ]
    assert named == list(RULES)
