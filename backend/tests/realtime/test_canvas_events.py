"""An open canvas between people: what each may do, and what each receives."""

from typing import Any

import pytest
import requests
import socketio
from sqlalchemy.exc import OperationalError

from app.domain.access.policy import Role
from app.models import Canvas
from app.services import access_service, scene_events, scene_reading, scene_service
from tests.realtime.conftest import OpenTab
from tests.support.elements import creation
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.processes import wait_until
from tests.support.signing_in import bearer


def test_nobody_connects_without_a_sign_in(server: LiveServer, open_tab: OpenTab) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        open_tab(None)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, "not_authenticated"),
        (OperationalError("", {}, Exception()), "unavailable"),
        (ZeroDivisionError(), "internal"),
    ],
)
def test_who_is_not_let_in_hears_why_and_waits_for_nothing(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch, error: Exception | None, code: str
) -> None:
    async def away(*_args: Any) -> Any:
        assert error is not None
        raise error

    if error is not None:
        monkeypatch.setattr(server.app.extensions["realtime"].server, "in_app", away)
    refused: list[Any] = []
    client = socketio.Client(reconnection=False)
    client.on("connect_error", refused.append)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(server.url, auth={"token": "a" * 43}, transports=["websocket"])
    assert [answer["data"]["code"] for answer in refused] == [code]


def test_a_page_of_another_origin_is_refused(server: LiveServer, people: People) -> None:
    elsewhere = {"origin": "https://evil.example"}
    client = socketio.Client(reconnection=False, websocket_extra_options=elsewhere)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(
            server.url,
            headers={"X-Forwarded-Host": "evil.example"},
            auth={"token": bearer(server.app, people.ana)["Authorization"][7:]},
            transports=["websocket"],
        )


def test_an_edit_reaches_every_member_and_its_author_once(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana, ben, vic = open_tab(people.ana, by_cookie=True), open_tab(people.ben), open_tab(people.vic)
    assert ana.join(canvas.id, "tab-a")["role"] == "owner"
    assert ben.join(canvas.id, "tab-b")["role"] == "editor"
    assert vic.join(canvas.id, "tab-v")["role"] == "viewer"
    answer = ana.push(canvas.id, 1, creation("a"), client_id="tab-a")
    assert answer == {"ok": True, "seq": 1}
    frames = [tab.next("scene_update") for tab in (ana, ben, vic)]
    assert frames[0] == frames[1] == frames[2]
    assert (frames[0]["from"], frames[0]["to"], frames[0]["acks"]) == (1, 1, {"tab-a": 1})
    assert frames[0]["changes"][0]["by"] == people.ana.id


def test_a_latecomer_gets_the_scene_and_a_returning_tab_only_what_it_missed(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana = open_tab(people.ana)
    epoch = ana.join(canvas.id)["epoch"]
    ana.push(canvas.id, 1, creation("a"), creation("b"))
    late = open_tab(people.vic).join(canvas.id)
    assert (late["mode"], late["seq"], len(late["objects"])) == ("snapshot", 2, 2)
    back = open_tab(people.ana).join(canvas.id, epoch=epoch, since=1)
    assert (back["mode"], [o["id"] for o in back["objects"]]) == ("delta", ["b"])
    assert back["last_n"] == 1


def test_a_viewer_cannot_edit_and_a_stranger_cannot_enter(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    vic, olu = open_tab(people.vic), open_tab(people.olu)
    vic.join(canvas.id)
    assert vic.push(canvas.id, 1, creation("a"))["code"] == "not_allowed"
    assert olu.join(canvas.id)["code"] == "not_found"
    assert olu.join("no-such-canvas") == olu.join(canvas.id)
    assert olu.push(canvas.id, 1, creation("a"))["code"] == "not_joined"
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    ana.push(canvas.id, 1, creation("b"), client_id="tab-2")
    ana.next("scene_update")
    assert olu.hears_nothing("scene_update")


FRAME = creation("a", type="iframe")


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "text",
        {},
        {"canvas_id": 5},
        {"canvas_id": "CANVAS", "client_id": "tab", "n": 0, "changes": []},
        {"canvas_id": "CANVAS", "client_id": "tab", "n": 1, "changes": [{}]},
        {"canvas_id": "CANVAS", "client_id": "../", "n": 1, "changes": []},
        {"canvas_id": "CANVAS", "client_id": "tab", "n": True, "changes": []},
        {"canvas_id": "CANVAS", "client_id": "tab", "n": 1, "changes": [creation("a", x="far")]},
        {"canvas_id": "CANVAS", "client_id": "tab", "n": 1, "changes": [FRAME]},
    ],
)
def test_bad_messages_get_a_clear_answer_and_change_nothing(
    message: object, open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    if isinstance(message, dict) and message.get("canvas_id") == "CANVAS":
        message = {**message, "canvas_id": canvas.id}
    answer = ana.client.call("scene_update", message, timeout=5)
    assert answer["ok"] is False
    assert answer["code"] in {"invalid", "invalid_element"}
    assert "Traceback" not in str(answer)
    assert ana.join(canvas.id)["seq"] == 0


@pytest.mark.rule("S9")
def test_a_removed_member_is_put_out_at_once(
    open_tab: OpenTab, people: People, canvas: Canvas, server: LiveServer
) -> None:
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    ana.join(canvas.id, "tab-a")
    ben.join(canvas.id, "tab-b")
    address = f"{server.url}/api/canvases/{canvas.id}/permissions/{people.ben.id}"
    owner = bearer(server.app, people.ana)
    assert requests.delete(address, headers=owner, timeout=5).status_code == 200
    assert ben.next("removed")["canvas_id"] == canvas.id
    ana.push(canvas.id, 1, creation("a"), client_id="tab-a")
    ana.next("scene_update")
    assert ben.hears_nothing("scene_update")
    assert ben.push(canvas.id, 1, creation("b"), client_id="tab-b")["ok"] is False


def test_a_downgraded_member_can_look_but_not_edit(
    open_tab: OpenTab, people: People, canvas: Canvas, server: LiveServer
) -> None:
    ben = open_tab(people.ben)
    ben.join(canvas.id)
    address = f"{server.url}/api/canvases/{canvas.id}/permissions/{people.ben.id}"
    owner = bearer(server.app, people.ana)
    requests.patch(address, json={"role": "viewer"}, headers=owner, timeout=5)
    assert ben.next("role_changed")["role"] == "viewer"
    assert ben.push(canvas.id, 1, creation("b"))["code"] == "not_allowed"


def test_cursors_are_gathered_and_presence_is_told(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    ana.join(canvas.id)
    ben.join(canvas.id)
    assert {m["name"] for m in ana.next("presence")["members"]} >= {"Ana"}
    view = {"x": -5, "y": 0, "width": 800, "height": 600}
    cursor = {"canvas_id": canvas.id, "x": 1, "y": 2, "selected": ["a", 7]}
    ben.client.emit("cursor", cursor | {"view": {"width": 1}})  # refused
    ben.client.emit("cursor", cursor | {"view": view})
    [heard] = ana.next("cursors")["by_socket"].values()
    assert (heard["name"], heard["x"], heard["selected"]) == ("Ben", 1, ["a"])
    assert heard["view"] == view
    ben.client.emit("cursor", cursor)
    [heard] = ana.next("cursors")["by_socket"].values()
    assert "view" not in heard
    ben.client.emit("cursor", {"canvas_id": canvas.id, "view": view})
    [heard] = ana.next("cursors")["by_socket"].values()
    assert heard["view"] == view
    assert "x" not in heard  # he has not pointed anywhere


def test_a_flood_is_slowed_and_others_are_not(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    ana.join(canvas.id, "tab-a")
    ben.join(canvas.id, "tab-b")
    for _ in range(400):
        ben.client.emit("cursor", {"canvas_id": canvas.id, "x": 1, "y": 2})
    assert ben.push(canvas.id, 1, creation("b"), client_id="tab-b")["code"] == "rate_limited"
    wait_until(lambda: ben.push(canvas.id, 1, creation("b"), client_id="tab-b")["ok"])
    assert ana.push(canvas.id, 1, creation("a"), client_id="tab-a")["ok"] is True


@pytest.mark.rule("S4")
def test_a_lost_last_frame_is_noticed_by_the_head(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    ana.push(canvas.id, 1, creation("a"))
    head = ana.next("head", seconds=8)
    assert head == {"canvas_id": canvas.id, "seq": 1}


def test_events_without_a_room_are_refused() -> None:
    with pytest.raises(ValueError, match="names no room"):
        scene_events.socketio.emit("ai_job_update", {}, to="")


def test_who_has_not_joined_is_told_to_join_and_keeps_the_edit(
    open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    """`not_found` would make the client give its edits up; a lost room is not a lost right."""
    ana = open_tab(people.ana)
    assert ana.push(canvas.id, 1, creation("a"))["code"] == "not_joined"
    assert ana.join(canvas.id)["last_n"] == 0
    assert ana.push(canvas.id, 1, creation("a"))["ok"] is True


def test_a_push_that_fails_unforeseen_fails_alone(
    open_tab: OpenTab, people: People, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = scene_service.merge

    def merge(existing: Any, change: Any, **more: Any) -> Any:
        if change.id == "poison":
            raise ZeroDivisionError
        return real(existing, change, **more)

    monkeypatch.setattr(scene_service, "merge", merge)
    ana, ben = open_tab(people.ana), open_tab(people.ben)
    ana.join(canvas.id, "tab-a")
    ben.join(canvas.id, "tab-b")
    answers: dict[str, Any] = {}
    for n in range(1, 6):  # those after the first are gathered into one transaction
        for tab, name, key in ((ana, "tab-a", "poison"), (ben, "tab-b", f"b{n}")):
            body = {"canvas_id": canvas.id, "client_id": name, "n": n, "changes": [creation(key)]}
            tab.client.emit(
                "scene_update", body, callback=lambda a, k=key: answers.setdefault(k, a)
            )
    wait_until(lambda: len(answers) == 6)
    assert answers.pop("poison")["code"] == "internal"
    assert all(answer["ok"] for answer in answers.values())


@pytest.mark.parametrize("after", [Role.VIEWER, None])
def test_a_right_that_is_lost_while_a_join_is_answered_does_not_come_back_with_the_answer(
    open_tab: OpenTab, people: People, canvas: Canvas, server: LiveServer,
    monkeypatch: pytest.MonkeyPatch, after: Role | None,
) -> None:  # fmt: skip
    realtime = server.app.extensions["realtime"]
    real = realtime.server.in_app

    async def late(function: Any, *args: Any, **kwargs: Any) -> Any:
        result = await real(function, *args, **kwargs)
        if function is scene_reading.welcome:
            await realtime.events.apply_roles(canvas.id, {people.ben.id: after} if after else {})
        return result

    monkeypatch.setattr(realtime.server, "in_app", late)
    answer = open_tab(people.ben).join(canvas.id)
    room = realtime.server.rooms.get(canvas.id)
    if after is None:
        assert (answer["code"], room) == ("not_found", None)
    else:
        assert (answer["role"], [m.role for m in room.tabs.values()]) == (after, [after])


def test_a_tab_closed_during_its_join_leaves_nobody_behind(
    open_tab: OpenTab, people: People, canvas: Canvas, server: LiveServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    realtime = server.app.extensions["realtime"]
    real = realtime.server.in_app

    async def slow(function: Any, *args: Any, **kwargs: Any) -> Any:
        result = await real(function, *args, **kwargs)
        if function is access_service.viewers_in:
            for sid in list(realtime.connections._open):
                await realtime.server.sio.disconnect(sid)
        return result

    monkeypatch.setattr(realtime.server, "in_app", slow)
    ana = open_tab(people.ana)
    with pytest.raises((socketio.exceptions.SocketIOError, TimeoutError)):
        ana.client.call("join_canvas", {"canvas_id": canvas.id, "client_id": "tab"}, timeout=1)
    wait_until(lambda: not realtime.connections._open)
    assert realtime.server.rooms.open_canvases() == []
    assert realtime.events._budgets == {}
