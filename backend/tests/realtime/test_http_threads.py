"""HTTP when all threads are busy: a sign of life at once, and no endless line."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from app.realtime import http_threads
from app.realtime.http_threads import HttpThreads
from tests.support.clock import Clock
from tests.support.processes import eventually

Answer = tuple[int, dict[str, str], bytes]

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "query_string": b"",
    "headers": [],
    "server": ("127.0.0.1", 80),
}


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


async def nothing() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


async def get(
    app: HttpThreads,
    path: str,
    method: str = "GET",
    receive: Callable[[], Awaitable[Any]] = nothing,
) -> Answer:
    scope = {**SCOPE, "method": method, "path": path}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(part.get("body", b"") for part in sent[1:])


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_threads, "HTTP_THREADS", 1)


def test_who_stood_in_line_too_long_is_told_when_to_come_again(
    one_thread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    flask, clock = SlowFlask(), Clock()
    monkeypatch.setattr(http_threads, "time", clock)

    async def crowd() -> list[Answer]:
        app = HttpThreads(flask)
        first = asyncio.create_task(get(app, "/api/me"))
        await asyncio.to_thread(flask.entered.acquire, timeout=60)
        before = clock.readings
        second = asyncio.create_task(get(app, "/api/me"))
        await eventually(lambda: clock.readings > before)  # it has come
        clock.now += http_threads.LONGEST_WAIT_SECONDS + 1
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
        await asyncio.to_thread(flask.entered.acquire, timeout=60)
        async with asyncio.timeout(60):
            sign = await get(app, "/health", method)
        flask.let_go.set()
        await waiting
        return sign

    status, headers, answered = asyncio.run(busy())
    assert (status, answered) == (200, body)
    assert headers["content-type"] == "application/json"


def echo(environ: Any, start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


@pytest.mark.parametrize("parts", [[b"whole"], [b"in ", b"three ", b"parts"], []])
def test_a_request_s_body_arrives_whole_in_however_many_parts_it_came(parts: list[bytes]) -> None:
    messages = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, 1)
    ]
    answered, _ = exchange(echo, messages)
    assert answered == b"".join(parts)


def test_who_sends_slowly_takes_no_thread_meanwhile(one_thread: None) -> None:
    async def slow_and_quick() -> list[Answer]:
        app, rest, began = HttpThreads(echo), asyncio.Event(), asyncio.Event()
        parts = [b"slow", b"ly"]

        async def receive() -> Any:
            if len(parts) == 1:
                began.set()
                await rest.wait()
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        slow = asyncio.create_task(get(app, "/", "POST", receive))
        await began.wait()
        async with asyncio.timeout(60):
            quick = await get(app, "/")
        rest.set()
        return [await slow, quick]

    assert [answer[2] for answer in asyncio.run(slow_and_quick())] == [b"slowly", b""]


def test_a_large_body_is_read_as_it_comes() -> None:
    parts = [b"x" * 100_000] * 5
    messages = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, 1)
    ]
    left: list[int] = []

    def count(environ: Any, start_response: Any) -> Iterable[bytes]:
        left.append(len(messages))
        return echo(environ, start_response)

    answered, _ = exchange(count, messages)
    assert answered == b"".join(parts)
    assert left == [2]


def test_a_small_answer_is_handed_over_once_and_a_large_one_in_bounded_parts() -> None:
    def answer_of(parts: int) -> Any:
        def flask(_environ: Any, start_response: Any) -> Iterable[bytes]:
            start_response("200 OK", [("Content-Type", "text/plain")])
            yield from [b"x" * 100_000] * parts

        return flask

    body, bodies = exchange(answer_of(2))
    assert (len(body), bodies) == (200_000, 1)
    body, bodies = exchange(answer_of(20))
    assert len(body) == 2_000_000
    assert bodies > 5


def exchange(wsgi: Any, messages: list[dict[str, Any]] | None = None) -> tuple[bytes, int]:
    """The body of the answer, and in how many parts it came."""
    left = messages or [{"type": "http.request", "body": b"", "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return left.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(HttpThreads(wsgi)({**SCOPE, "method": "POST", "path": "/"}, receive, send))
    bodies = [message["body"] for message in sent if message["type"] == "http.response.body"]
    return b"".join(bodies), len(bodies)
