"""A socket that says nothing costs little; who is gone without a word is noticed."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
import websocket

from app.models import Canvas
from app.realtime import engine_io
from tests.realtime.conftest import OpenTab
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.processes import wait_until
from tests.support.signing_in import bearer

PING, PONG = "2", "3"
PING_SECONDS, ANSWER_SECONDS = 0.2, 0.6


@pytest.fixture
def hasty(server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The Engine.IO server, which asks and gives up soon."""
    eio = server.app.extensions["realtime"].server.sio.eio
    monkeypatch.setattr(engine_io, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(eio, "ping_interval", PING_SECONDS)
    monkeypatch.setattr(eio, "ping_timeout", ANSWER_SECONDS)
    return eio


@pytest.fixture
def raw(server: LiveServer, people: People) -> Iterator[websocket.WebSocket]:
    """A client by hand, signed in, which answers no ping by itself."""
    url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    client = websocket.create_connection(url, timeout=60)
    try:
        assert client.recv().startswith("0{")
        token = bearer(server.app, people.vic)["Authorization"].removeprefix("Bearer ")
        client.send("40" + json.dumps({"token": token}))
        while (answer := client.recv()) == PING:  # a busy machine signs in slowly
            client.send(PONG)
        assert str(answer).startswith("40{")
        yield client
    finally:
        client.shutdown()


def read_to_the_end(client: websocket.WebSocket) -> None:
    """Raises when nothing ends it."""
    try:
        while client.recv():
            pass
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return


def test_a_quiet_socket_is_one_task(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas
) -> None:
    loop = server.app.extensions["realtime"].server.loop

    def tasks() -> int:
        async def count() -> int:
            return len(asyncio.all_tasks())

        return asyncio.run_coroutine_threadsafe(count(), loop).result(60)

    open_tab(people.ana)
    wait_until(lambda: tasks() == tasks())
    before = tasks()
    for _ in range(5):
        open_tab(people.ana).join(canvas.id)
    wait_until(lambda: tasks() <= before + 5)


def test_a_socket_keeps_no_cookie_and_no_other_header(
    server: LiveServer, open_tab: OpenTab, people: People
) -> None:
    open_tab(people.ana, by_cookie=True)
    [environ] = server.app.extensions["realtime"].server.sio.environ.values()
    assert [name for name in environ if name.startswith("HTTP_")] == []


def test_who_answers_pings_stays(
    hasty: Any, raw: websocket.WebSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hasty, "ping_timeout", 60)  # a busy machine may answer late
    for _ in range(6):
        assert raw.recv() == "2"
        raw.send("3")
    assert len(hasty.sockets) == 1


def test_who_answers_no_ping_is_left_and_cut_off(
    server: LiveServer, hasty: Any, raw: websocket.WebSocket
) -> None:
    connections = server.app.extensions["realtime"].connections
    assert len(connections._open) == 1
    read_to_the_end(raw)
    wait_until(lambda: hasty.sockets == {})
    assert connections._open == {}


def test_who_stays_after_being_disconnected_is_cut_off(
    server: LiveServer, hasty: Any, raw: websocket.WebSocket
) -> None:
    realtime = server.app.extensions["realtime"]
    [sid] = realtime.connections._open
    leaving = asyncio.run_coroutine_threadsafe(
        realtime.server.sio.disconnect(sid), realtime.server.loop
    )
    leaving.result(60)
    read_to_the_end(raw)
    wait_until(lambda: hasty.sockets == {})


@pytest.mark.parametrize("nonsense", ["", "x", "9", "4" + "x" * 2_000_000])
def test_who_does_not_speak_the_protocol_harms_only_itself(
    server: LiveServer, raw: websocket.WebSocket, open_tab: OpenTab, people: People,
    canvas: Canvas, nonsense: str,
) -> None:  # fmt: skip
    ana = open_tab(people.ana)
    raw.send(nonsense)
    assert ana.join(canvas.id)["ok"]
    raw.shutdown()
    wait_until(lambda: len(server.app.extensions["realtime"].connections._open) == 1)
