"""A socket that does not read costs a bounded amount, and is whole again with one delta."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import websocket

from app.models import Canvas
from app.realtime import delivery
from app.realtime.wire import wire_of
from tests.realtime.conftest import OpenTab
from tests.support.elements import creation
from tests.support.live_server import LiveServer
from tests.support.people import People
from tests.support.processes import wait_until
from tests.support.signing_in import bearer
from tests.support.socket_client import Tab

BATCH = 100


class SlowReader:
    """A Socket.IO client by hand, which reads only when told to."""

    def __init__(self, server: LiveServer, token: str) -> None:
        small = ((socket.SOL_SOCKET, socket.SO_RCVBUF, 4096),)
        url = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
        self.socket = websocket.create_connection(url, sockopt=small, timeout=10)
        self.socket.recv()
        self.socket.send("40" + json.dumps({"token": token}))
        self.socket.recv()

    def join(self, canvas_id: str, **known: Any) -> dict[str, Any]:
        body = {"canvas_id": canvas_id, "client_id": "slow", **known}
        self.socket.send("421" + json.dumps(["join_canvas", body]))
        return next(data for kind, data in self.read() if kind == "answer")

    def read(self) -> Iterator[tuple[str, Any]]:
        """What comes, as (event, data); pings are answered."""
        while True:
            text = self.socket.recv()
            if text == "2":
                self.socket.send("3")
            elif text.startswith("43"):
                yield "answer", json.loads(text[text.index("[") :])[0]
            elif text.startswith("42"):
                event, data = json.loads(text[2:])
                yield event, data


@pytest.fixture
def slow(
    server: LiveServer, people: People, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SlowReader]:
    eio = server.app.extensions["realtime"].server.sio.eio
    monkeypatch.setattr(eio, "ping_timeout", 60)  # it answers no ping while it does not read
    token = bearer(server.app, people.vic)["Authorization"].removeprefix("Bearer ")
    reader = SlowReader(server, token)
    yield reader
    reader.socket.close()


def fall_behind(realtime: Any, ana: Tab, canvas_id: str) -> int:
    """Edits by Ana until somebody who does not read lags; how many batches that took."""
    n = 0
    while not realtime.server.delivery._lagging:
        n += 1
        assert n < 200, "the reader never lags"
        big = [creation(f"e{n}-{k}", link="https://example.org/" + "x" * 900) for k in range(BATCH)]
        assert ana.push(canvas_id, n, *big)["ok"]
        assert ana.next("scene_update")["to"] == n * BATCH  # others are not held up
    return n


@pytest.mark.rule("S4")
def test_who_does_not_read_is_left_out_and_asks_again(
    server: LiveServer, slow: SlowReader, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "SKIP_PRESENCE_AT", 2)
    monkeypatch.setattr(delivery, "LAGGING_AT", 6)
    monkeypatch.setattr(delivery, "RESUME_AT", 1)
    realtime = server.app.extensions["realtime"]
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    joined = slow.join(canvas.id)
    n = fall_behind(realtime, ana, canvas.id)
    [engine_id] = realtime.server.delivery._lagging
    for more in range(1, 20):
        ana.push(canvas.id, n + more, creation(f"late-{more}"))
    waiting = realtime.server.sio.eio.sockets[engine_id].queue.qsize()
    assert waiting <= 6 + 4  # and a `head` every five seconds

    seq, gap = joined["seq"], False
    for event, data in slow.read():
        if event == "scene_update":
            gap = data["from"] > seq + 1
            if gap:
                break
            seq = data["to"]
        elif event == "head" and data["seq"] > seq:
            gap = True
            break
    assert gap
    wait_until(lambda: realtime.server.sio.eio.sockets[engine_id].queue.qsize() <= 1)
    again = slow.join(canvas.id, epoch=joined["epoch"], since=seq)
    assert again["mode"] == "delta"
    assert again["seq"] == n * BATCH + 19
    assert len(again["objects"]) == again["seq"] - seq
    ana.push(canvas.id, n + 20, creation("last"))
    frames = (data for event, data in slow.read() if event == "scene_update")
    assert next(f for f in frames if f["to"] > again["seq"])["from"] == again["seq"] + 1


def test_who_never_catches_up_is_disconnected(
    server: LiveServer, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "GIVE_UP_SECONDS", -1.0)
    realtime = server.app.extensions["realtime"]
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    [engine_id] = realtime.server.sio.eio.sockets
    realtime.server.delivery._lagging[engine_id] = 0.0
    realtime.server.loop.call_soon_threadsafe(realtime.server.delivery.close_hopeless)
    wait_until(lambda: not realtime.connections._open)
    assert realtime.server.delivery._lagging == {}


def test_who_never_reads_again_keeps_no_connection(
    server: LiveServer, slow: SlowReader, open_tab: OpenTab, people: People, canvas: Canvas,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "LAGGING_AT", 6)
    realtime = server.app.extensions["realtime"]
    ana = open_tab(people.ana)
    ana.join(canvas.id)
    slow.join(canvas.id)
    fall_behind(realtime, ana, canvas.id)
    [engine_id] = realtime.server.delivery._lagging
    wire = wire_of(realtime.server.sio.environ[engine_id])
    assert wire is not None
    monkeypatch.setattr(delivery, "GIVE_UP_SECONDS", -1.0)
    realtime.server.loop.call_soon_threadsafe(realtime.server.delivery.close_hopeless)
    wait_until(lambda: wire.disconnected and engine_id not in realtime.server.sio.environ)
