"""[S4] Frames go straight to the sockets of those who keep up, and never overtake what waits."""

import asyncio
from typing import Any

import pytest

from app.models import Canvas
from app.realtime.wire import QUEUE_SECONDS, Wire, wire_of
from tests.realtime.conftest import OpenTab
from tests.support.elements import label
from tests.support.live_server import LiveServer
from tests.support.people import People


def only_wire(server: LiveServer) -> Wire:
    sio: Any = server.app.extensions["realtime"].server.sio
    (environ,) = sio.environ.values()
    wire = wire_of(environ)
    assert wire is not None
    return wire


def in_loop(server: LiveServer, deed: Any) -> Any:
    loop = server.app.extensions["realtime"].server.loop
    return asyncio.run_coroutine_threadsafe(deed, loop).result(5)


def test_what_a_room_is_told_goes_straight_to_the_socket(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    written: list[bool] = []
    write = Wire.write

    def noting(wire: Wire, frame: bytes) -> bool:
        written.append(write(wire, frame))
        return written[-1]

    ana = open_tab(people.ana)
    ana.join(canvas.id)
    monkeypatch.setattr(Wire, "write", noting)
    words = label("a", "b", "Grüße 你好")
    ana.push(canvas.id, 1, {"id": "a", "create": True, "set": words})
    assert ana.next("scene_update")["changes"][0]["set"]["text"] == "Grüße 你好"
    assert any(written)


def test_a_frame_that_took_the_queue_is_not_overtaken_by_the_next(
    server: LiveServer, open_tab: OpenTab, people: People
) -> None:
    open_tab(people.ana)
    wire = only_wire(server)

    async def script() -> list[bool]:
        wire.writable.clear()  # the client reads slowly
        answers = [wire.write(b"")]
        wire.writable.set()  # it reads again, while the frame before may still be under way
        answers.append(wire.write(b""))
        await asyncio.sleep(QUEUE_SECONDS * 2)
        answers.append(wire.write(b""))
        return answers

    assert in_loop(server, script()) == [False, False, True]


def test_nothing_is_written_past_a_message_that_waits_for_the_client(
    server: LiveServer, open_tab: OpenTab, people: People
) -> None:
    open_tab(people.ana)
    wire = only_wire(server)

    async def script() -> tuple[bool, bool]:
        wire.writable.clear()
        waiting = asyncio.create_task(wire.send({"type": "websocket.send", "text": "6"}))
        await asyncio.sleep(0)
        wire.writable.set()  # the waiting message has not run yet
        during = wire.write(b"")
        await waiting
        await asyncio.sleep(QUEUE_SECONDS * 2)
        return during, wire.write(b"")

    assert in_loop(server, script()) == (False, True)


def test_nothing_is_written_to_a_socket_that_is_closing(
    server: LiveServer, open_tab: OpenTab, people: People
) -> None:
    open_tab(people.ana)
    wire = only_wire(server)

    async def script() -> bool:
        await wire.send({"type": "websocket.close"})
        return wire.write(b"")

    assert not in_loop(server, script())
