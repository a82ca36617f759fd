"""Frames go straight to the sockets of those who keep up, and never overtake what waits."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.frames import CloseCode
from websockets.sync.client import ClientConnection, connect

from app.config.serving import MAX_MESSAGE_BYTES, uvicorn_options
from app.models import Canvas
from app.realtime import wire as wires
from app.realtime.wire import LARGE, Wire, wire_of
from tests.realtime.conftest import OpenTab
from tests.support.elements import creation, label
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.signing_in import bearer


def only_wire(server: LiveServer) -> Wire:
    sio: Any = server.app.extensions["realtime"].server.sio
    (environ,) = sio.environ.values()
    wire = wire_of(environ)
    assert wire is not None
    return wire


def in_loop(server: LiveServer, deed: Any) -> Any:
    loop = server.app.extensions["realtime"].server.loop
    return asyncio.run_coroutine_threadsafe(deed, loop).result(60)


@contextmanager
def browser(
    server: LiveServer, people: People, *, compression: str | None
) -> Iterator[ClientConnection]:
    """Signed in as Vic."""
    url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    token = bearer(server.app, people.vic)["Authorization"].removeprefix("Bearer ")
    with connect(url, compression=compression, max_size=None) as client:
        client.recv()
        client.send("40" + json.dumps({"token": token}))
        client.recv()
        yield client


def joining(client: ClientConnection, canvas: Canvas) -> None:
    client.send("420" + json.dumps(["join_canvas", {"canvas_id": canvas.id, "client_id": "vic"}]))


def heard(client: ClientConnection, beginning: str) -> Any:
    while not (text := client.recv(60)).startswith(beginning):
        pass
    return json.loads(text[text.index("[") :])


def draw_much(open_tab: OpenTab, people: People, canvas: Canvas) -> Any:
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    assert ana.push(canvas.id, 1, *(creation(f"o{n}") for n in range(300)))["ok"]
    return ana


def test_a_large_scene_is_compressed_for_who_can_read_it(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sizes: list[tuple[int, int]] = []
    framed = wires.framed

    def noting(text: str, *extensions: Any) -> bytes:
        frame = framed(text, *extensions)
        sizes.append((len(text), len(frame)))
        return frame

    draw_much(open_tab, people, canvas)
    monkeypatch.setattr(wires, "framed", noting)
    answers = []
    for compression in ("deflate", None):
        with browser(server, people, compression=compression) as client:
            joining(client, canvas)
            answers.append(heard(client, "430")[0]["objects"])
    assert len(answers[0]) == 300
    assert answers[0] == answers[1]
    [(said, sent)] = [size for size in sizes if size[0] >= LARGE]
    assert sent * 5 < said


def test_a_small_frame_that_unpacks_into_a_huge_message_is_refused(
    server: LiveServer, people: People
) -> None:
    with browser(server, people, compression="deflate") as client:
        client.send("4" + "a" * 2 * MAX_MESSAGE_BYTES)
        with pytest.raises(ConnectionClosedError) as refused:
            client.recv(60)
    assert refused.value.rcvd is not None
    assert refused.value.rcvd.code == CloseCode.MESSAGE_TOO_BIG


def test_an_idle_connection_is_kept_for_longer_than_proxies_keep_theirs() -> None:
    assert uvicorn_options(1)["timeout_keep_alive"] > 120  # Caddy's two minutes; nginx has one


def test_nothing_overtakes_a_scene_that_is_being_compressed(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    framed, has_begun, pushed = wires.framed, threading.Event(), threading.Event()

    def slowly(text: str, *extensions: Any) -> bytes:
        if len(text) >= LARGE:
            has_begun.set()
            assert pushed.wait(60)
        return framed(text, *extensions)

    ana = draw_much(open_tab, people, canvas)
    monkeypatch.setattr(wires, "framed", slowly)
    with browser(server, people, compression="deflate") as client:
        joining(client, canvas)
        assert has_begun.wait(60)
        ana.push(canvas.id, 2, {"id": "o1", "set": {"x": 2, "y": 0}})
        pushed.set()
        assert client.recv(60).startswith("430")
        assert heard(client, '42["scene_update"')[1]["changes"][0]["id"] == "o1"


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
    server: LiveServer, open_tab: OpenTab, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "QUEUE_SECONDS", 60)
    open_tab(people.ana)
    wire = only_wire(server)

    async def script() -> list[bool]:
        wire.writable.clear()  # the client reads slowly
        answers = [wire.write(b"")]
        wire.writable.set()  # it reads again, while the frame before may still be under way
        answers.append(wire.write(b""))
        wire._queue_until = 0  # as when that time is over
        answers.append(wire.write(b""))
        return answers

    assert in_loop(server, script()) == [False, False, True]


def test_nothing_is_written_past_a_message_that_waits_for_the_client(
    server: LiveServer, open_tab: OpenTab, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wires, "QUEUE_SECONDS", 60)
    open_tab(people.ana)
    wire = only_wire(server)

    async def script() -> tuple[bool, bool]:
        wire.writable.clear()
        waiting = asyncio.create_task(wire.send({"type": "websocket.send", "text": "6"}))
        await asyncio.sleep(0)
        wire.writable.set()  # the waiting message has not run yet
        during = wire.write(b"")
        await waiting
        wire._queue_until = 0  # as when that time is over
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
