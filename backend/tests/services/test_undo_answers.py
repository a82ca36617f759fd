"""What an undo says it could not take back, in words that people count in."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.planning.plan import Add, Delete, Node, Plan, SetStyle
from app.domain.sync.messages import Change
from app.models import scene_rows
from app.models.ai_job import AIJob
from app.models.canvas import Canvas
from app.services.unit_of_work import unit_of_work
from tests.services.test_people_and_jobs import edit, run, scene, three_boxes
from tests.support.people import People
from tests.support.signing_in import bearer

EDITED = "as people edited them, or what they belong to, since."


@pytest.fixture
def boxes(app: Flask, people: People, canvas: Canvas) -> Canvas:
    with app.app_context():
        three_boxes(canvas, people)
    return canvas


def undone(app: Flask, people: People, client: FlaskClient, job: AIJob) -> dict[str, Any]:
    answer: Any = client.post(f"/api/ai-agent/job/{job.id}/undo", headers=bearer(app, people.ana))
    return dict(answer.json)


def recolor(*targets: str, color: str = "red") -> Plan:
    return Plan(operations=[SetStyle(targets=list(targets), color=color)])


@pytest.mark.rule("U4")
def test_what_people_edited_is_counted_as_they_see_it(
    app: Flask, people: People, boxes: Canvas, client: FlaskClient
) -> None:
    """The box stays for its label's sake; nobody edited two objects."""
    nodes = [Add(node=Node(id=key, label=key.upper())) for key in ("d", "e")]
    job = run(app, people, boxes, Plan(operations=nodes))
    with app.app_context():
        [words] = [key for key, e in scene(boxes).items() if e.get("text") == "D"]
        edit(boxes, people.ben, Change(words, {"text": "Mine", "originalText": "Mine"}))
    answer = undone(app, people, client, job)
    assert answer["message"] == f"Undone: removed 1 box. Left 1 box, {EDITED}"
    assert len(answer["skipped"]) == 2


@pytest.mark.rule("U4")
def test_what_a_later_job_changed_is_said_to_be_its(
    app: Flask, people: People, boxes: Canvas, client: FlaskClient
) -> None:
    first = run(app, people, boxes, recolor("A", "B"))
    run(app, people, boxes, recolor("A", color="blue"))
    answer = undone(app, people, client, first)
    assert answer["message"] == "Undone: recoloured 1 box. Left 1 box, as a later job changed them."


@pytest.mark.rule("U4")
def test_what_a_person_removed_since_does_not_stay(
    app: Flask, people: People, boxes: Canvas, client: FlaskClient
) -> None:
    job = run(app, people, boxes, recolor("A", "B"))
    with app.app_context():
        gone = {"strokeColor": "#123456", "backgroundColor": "#123456", "isDeleted": True}
        edit(boxes, people.ben, Change("a", gone))
    assert undone(app, people, client, job)["message"] == "Undone: recoloured 1 box."


@pytest.mark.rule("U4")
def test_what_is_forgotten_was_not_edited(
    app: Flask, people: People, boxes: Canvas, client: FlaskClient
) -> None:
    both = run(app, people, boxes, Plan(operations=[*recolor("A").operations, _delete("B")]))
    alone = run(app, people, boxes, Plan(operations=[_delete("C")]))
    with app.app_context(), unit_of_work():
        scene_rows.delete_tombstones(boxes.id, 2**62)
    assert undone(app, people, client, alone)["error"] == (
        "Nothing of this can be taken back: it is gone already."
    )
    answer = undone(app, people, client, both)
    assert answer["message"] == "Undone: recoloured 1 box. Gone for good: 4 objects."
    assert set(answer["skipped"]) == {"ab", "b", "b-text", "bc"}


def _delete(target: str) -> Delete:
    return Delete(targets=[target])
