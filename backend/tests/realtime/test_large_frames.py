"""Going back to a version: one frame for all, or the word that something is to be fetched."""

import json
from typing import Any

import pytest
import requests

from app.config.serving import MAX_MESSAGE_BYTES
from app.domain.sync.messages import Change, parse_changes
from app.models import Canvas
from app.services import scene_events
from app.services.scene_service import Applied, Push, commit_pushes
from tests.realtime.conftest import OpenTab
from tests.support.elements import creation, rectangle
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.signing_in import bearer


def come_and_gone(server: LiveServer, people: People, canvas: Canvas, count: int) -> int:
    """Many objects, all deleted again; the version in which they are there."""
    ids = [f"object-{number}" for number in range(count)]
    with server.app.app_context():
        for start in range(0, count, 500):
            made = parse_changes([creation(key) for key in ids[start : start + 500]])
            (answer,) = commit_pushes(canvas.id, [Push(people.ana.id, made)])
            assert isinstance(answer, Applied)
        gone = tuple(Change(key, {"isDeleted": True}) for key in ids)
        commit_pushes(canvas.id, [Push(people.ana.id, gone)])
    return answer.last_seq


def restore(server: LiveServer, people: People, canvas: Canvas, version: int) -> Any:
    address = f"{server.url}/api/canvases/{canvas.id}/versions/{version}/restore"
    answer = requests.post(address, headers=bearer(server.app, people.ben), timeout=20)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_restore_is_one_frame_for_everybody(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    version = come_and_gone(server, people, canvas, 200)
    vic = open_tab(people.vic)
    joined = vic.join(canvas.id)
    made = restore(server, people, canvas, version)
    frame = vic.next("scene_update")
    assert (frame["from"], frame["to"]) == (joined["seq"] + 1, made["version"])
    assert len(frame["changes"]) == made["changes"] == 200
    assert vic.hears_nothing("scene_update")


@pytest.mark.rule("S4")
def test_of_a_restore_that_no_frame_should_carry_clients_hear_that_they_have_to_ask(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    version = come_and_gone(server, people, canvas, 2_000)
    vic = open_tab(people.vic)
    joined = vic.join(canvas.id)
    made = restore(server, people, canvas, version)
    heard = joined
    while heard.get("seq") != made["version"]:
        event, heard = vic.heard.get(timeout=60)
        assert event != "scene_update"
    assert (event, heard["canvas_id"]) == ("head", canvas.id)
    back = vic.join(canvas.id, epoch=joined["epoch"], since=joined["seq"])
    assert (back["mode"], back["seq"], len(back["objects"])) == ("delta", made["version"], 2_000)


@pytest.mark.parametrize(
    "props",
    [
        rectangle("a", type="freedraw", points=[[i / 7, i / 3] for i in range(9_000)]),
        rectangle("a", type="text", text="\x01é" * 25_000, originalText="\x01é" * 25_000),
        rectangle("a", boundElements=[{"id": "x" * 128, "type": "arrow"}] * 2_000),
        rectangle("a", link="https://example.org/" + "x" * 2_000, groupIds=["g" * 9] * 100),
        {"isDeleted": True},
    ],
)
def test_no_frame_that_is_sent_is_larger_than_a_message(props: dict[str, Any]) -> None:
    """What is only estimated is never estimated too low."""
    assert scene_events.MAX_FRAME_BYTES == MAX_MESSAGE_BYTES
    change = {"seq": 1, "id": "a", "set": props, "by": "someone"}
    size = len(json.dumps(change))
    assert scene_events._most_bytes(props) >= size
    few = (scene_events.MAX_FRAME_BYTES - 100) // (size + 2)
    for count, too_large in ((few, False), (few + 2, True)):
        frame = {"canvas_id": "c", "from": 1, "to": count, "changes": [change] * count, "acks": {}}
        assert scene_events.is_too_large(frame) is too_large
