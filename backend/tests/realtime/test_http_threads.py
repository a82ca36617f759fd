"""HTTP when all threads are busy: a sign of life at once, and no endless line."""

import asyncio
import json
import threading
from collections.abc import Iterable
from typing import Any

import pytest

from app.realtime import http_threads
from app.realtime.http_threads import HttpThreads

Answer = tuple[int, dict[str, str], bytes]


class SlowFlask:
    """Every request takes its thread until the test lets go."""

    def __init__(self) -> None:
        self.entered = threading.Semaphore(0)
        self.let_go = threading.Event()

    def __call__(self, _environ: Any, start_response: Any) -> Iterable[bytes]:
        self.entered.release()
        self.let_go.wait(10)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"done"]


async def get(app: HttpThreads, path: str, method: str = "GET") -> Answer:
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "http_version": "1.1",
        "query_string": b"",
        "headers": [],
        "server": ("127.0.0.1", 80),
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_threads, "HTTP_THREADS", 1)
    monkeypatch.setattr(http_threads, "LONGEST_LINE_SECONDS", 0.05)


def test_who_stood_in_line_too_long_is_told_when_to_come_again(one_thread: None) -> None:
    flask = SlowFlask()

    async def crowd() -> list[Answer]:
        app = HttpThreads(flask)
        first = asyncio.create_task(get(app, "/api/me"))
        await asyncio.to_thread(flask.entered.acquire, timeout=5)
        second = asyncio.create_task(get(app, "/api/me"))
        await asyncio.sleep(0.1)
        flask.let_go.set()
        return [await first, await second]

    served, refused = asyncio.run(crowd())
    assert (served[0], served[2]) == (200, b"done")
    assert refused[0] == 503
    assert int(refused[1]["retry-after"]) > 0
    assert json.loads(refused[2])["code"] == "unavailable"
    assert not flask.entered.acquire(blocking=False), "the late one was not served after all"


@pytest.mark.parametrize(("method", "body"), [("GET", b'{"status":"ok"}'), ("HEAD", b"")])
def test_a_sign_of_life_needs_no_thread(one_thread: None, method: str, body: bytes) -> None:
    flask = SlowFlask()

    async def busy() -> Answer:
        app = HttpThreads(flask)
        waiting = asyncio.create_task(get(app, "/api/me"))
        await asyncio.to_thread(flask.entered.acquire, timeout=5)
        async with asyncio.timeout(1):
            sign = await get(app, "/health", method)
        flask.let_go.set()
        await waiting
        return sign

    status, headers, answered = asyncio.run(busy())
    assert (status, answered) == (200, body)
    assert headers["content-type"] == "application/json"
