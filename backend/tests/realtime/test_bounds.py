"""What nobody may exceed, and that others do not notice who tries."""

from typing import Any

import pytest
import socketio

from app.models import Canvas
from app.realtime import canvas_events, committer, connection
from app.services.scene_service import commit_pushes
from tests.realtime.conftest import OpenTab
from tests.support.elements import creation
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.processes import eventually, wait_until

MIB = 1024 * 1024


def test_a_full_canvas_takes_nobody_until_somebody_leaves(
    open_tab: OpenTab, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas_events, "MAX_TABS_PER_CANVAS", 1)
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    assert ana.join(canvas.id)["ok"]
    refused = ben.join(canvas.id)
    assert (refused["ok"], refused["code"]) == (False, "conflict")
    assert "full" in refused["error"]
    assert ana.join(canvas.id)["ok"]  # who is in comes back for what was missed
    ana.ask("leave_canvas", canvas_id=canvas.id)
    assert ben.join(canvas.id)["ok"]


def test_a_person_has_so_many_sockets_and_another_person_as_many(
    open_tab: OpenTab, people: People, server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MAX_SOCKETS_PER_USER", 2)
    first, _ = open_tab(people.ana), open_tab(people.ana)
    with pytest.raises(socketio.exceptions.ConnectionError):
        open_tab(people.ana)
    open_tab(people.ben)
    first.close()
    sockets = server.app.extensions["realtime"].connections._per_user
    wait_until(lambda: sockets[people.ana.id] == 1)
    open_tab(people.ana)


def test_a_line_of_edits_that_is_too_long_is_told_to_try_again_and_loses_nothing(
    open_tab: OpenTab, people: People, canvas: Canvas, server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(committer, "MAX_WAITING", 1)
    sockets = server.app.extensions["realtime"].server
    real = sockets.in_app

    async def slow(function: Any, *args: Any, **kwargs: Any) -> Any:
        if function is commit_pushes:
            await eventually(lambda: answers)  # somebody was told to try again meanwhile
        return await real(function, *args, **kwargs)

    answers: dict[str, Any] = {}
    monkeypatch.setattr(sockets, "in_app", slow)
    tabs = [open_tab(people.ben) for _ in range(4)]
    for i, tab in enumerate(tabs):
        assert tab.join(canvas.id, f"tab{i}")["ok"]
    bodies = {
        f"tab{i}": {
            "canvas_id": canvas.id,
            "client_id": f"tab{i}",
            "n": 1,
            "changes": [creation(f"o{i}")],
        }
        for i in range(len(tabs))
    }
    for name, tab in zip(bodies, tabs, strict=True):
        tab.client.emit(
            "scene_update", bodies[name], callback=lambda a, k=name: answers.update({k: a})
        )
    wait_until(lambda: len(answers) == len(tabs))
    refused = [name for name, answer in answers.items() if not answer["ok"]]
    assert refused
    assert {answers[name]["code"] for name in refused} == {"unavailable"}
    for name in refused:
        assert tabs[int(name[3:])].ask("scene_update", **bodies[name])["ok"]
    scene = open_tab(people.ana).join(canvas.id)
    assert {element["id"] for element in scene["objects"]} == {f"o{i}" for i in range(len(tabs))}
    assert scene["seq"] == len(tabs)


def test_a_message_above_a_mebibyte_ends_the_connection_of_its_author_alone(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    ana.join(canvas.id)
    ben.join(canvas.id)
    ben.client.emit("cursor", {"canvas_id": canvas.id, "tool": "x" * MIB})
    wait_until(lambda: not ben.client.connected)
    assert ana.push(canvas.id, 1, creation("a"))["ok"]
