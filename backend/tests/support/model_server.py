"""A real local server that speaks the model vendors' HTTP and misbehaves on request.

In a test: `with ModelServer(good()) as server: ... server.url`. By hand:
`python -m tests.support.model_server --port 8081 --script good`.
"""

import argparse
import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.support.model_frames import frames, vendor_of

MIB = 1024 * 1024
SAMPLE = json.dumps(
    {
        "title": "Order",
        "summary": "Draws how an order is handled.",
        "operations": [
            {
                "op": "graph",
                "kind": "flowchart",
                "direction": "down",
                "nodes": [
                    {"id": "order", "label": "Order arrives", "shape": "ellipse"},
                    {"id": "paid", "label": "Is it paid?", "shape": "diamond"},
                    {"id": "ship", "label": "Ship it"},
                    {"id": "remind", "label": "Remind the customer"},
                ],
                "edges": [
                    {"source": "order", "target": "paid"},
                    {"source": "paid", "target": "ship", "label": "yes"},
                    {"source": "paid", "target": "remind", "label": "no"},
                    {"source": "remind", "target": "paid", "line": "dashed"},
                ],
            }
        ],
    }
)


@dataclass(frozen=True)
class Reply:
    """What happens to one request. Without anything: a good streamed answer."""

    text: str = SAMPLE
    chunk: int = 17
    delay: float = 0.0
    """Seconds between frames."""
    silence: float = 0.0
    """Seconds before the first byte, headers included."""
    finish: str | None = "stop"
    """None: the stream ends without a reason."""
    usage: tuple[int, int] | None = (321, 123)
    abort_after: int | None = None
    """Frames after which the connection is torn down."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Sent instead of frames."""
    repeat_body: int = 1
    content_type: str = "text/event-stream"

    def pieces(self) -> Iterator[str]:
        for start in range(0, len(self.text), self.chunk):
            yield self.text[start : start + self.chunk]


Behaviour = Reply | Callable[[dict[str, Any]], Reply]


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float


class ModelServer:
    """Answers the first request with the first behaviour and so on; the last one repeats."""

    def __init__(self, *script: Behaviour, port: int = 0) -> None:
        self._script: Sequence[Behaviour] = script or (Reply(),)
        self._scripts: dict[str, list[Behaviour]] = {}
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self.asked: list[Asked] = []
        self.sent_bytes = 0
        self.arrived = threading.Event()
        """A request is being answered (or left waiting)."""
        self.disconnected = threading.Event()
        """A client went away before its answer was finished."""
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=8 * MIB)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else {}
        self.asked.append(Asked(request.path_qs, dict(request.headers), body, time.monotonic()))
        behaviour = self._behaviour(body)
        reply = behaviour if isinstance(behaviour, Reply) else behaviour(body)
        self.arrived.set()
        try:
            await asyncio.sleep(reply.silence)
            return await self._answer(request, reply)
        except asyncio.CancelledError:
            self.disconnected.set()
            raise
        except ConnectionError:
            self.disconnected.set()
            return web.Response()

    def says(self, about: str, *script: Behaviour) -> None:
        """Requests in which `about` occurs are answered by a script of their own."""
        self._scripts[about] = list(script)

    def forget(self) -> None:
        """Back to the first script for everything."""
        self._scripts.clear()

    def asked_about(self, about: str) -> int:
        return sum(about in json.dumps(asked.body) for asked in list(self.asked))

    def _behaviour(self, body: dict[str, Any]) -> Behaviour:
        text = json.dumps(body)
        for about, script in list(self._scripts.items()):
            if about in text:
                return script.pop(0) if len(script) > 1 else script[0]
        return self._script[min(len(self.asked), len(self._script)) - 1]

    async def _answer(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        headers = {"Content-Type": reply.content_type, **reply.headers}
        response = web.StreamResponse(status=reply.status, headers=headers)
        await response.prepare(request)
        for number, frame in enumerate(self._body(request, reply)):
            if number == reply.abort_after:
                assert request.transport is not None
                request.transport.abort()
                return response
            await response.write(frame)
            self.sent_bytes += len(frame)
            await asyncio.sleep(reply.delay)
        await response.write_eof()
        return response

    @staticmethod
    def _body(request: web.Request, reply: Reply) -> Iterator[bytes]:
        if reply.body is not None:
            return (reply.body for _ in range(reply.repeat_body))
        return frames(vendor_of(request.path), reply.pieces(), reply.finish, reply.usage)


def failing(status: int, code: str = "", **headers: str) -> Reply:
    """An error as these APIs send it; the message is the provider's own and must not be shown."""
    error = {"message": "PROVIDER TEXT sk-secret-echo", "type": code or "error", "code": code}
    return Reply(
        status=status,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        body=json.dumps({"error": error}).encode(),
        content_type="application/json",
    )


def without(*forms: str, status: int = 500, text: str = SAMPLE) -> Behaviour:
    """A server that answers `status` to these response formats."""

    def behave(body: dict[str, Any]) -> Reply:
        form = (body.get("response_format") or {}).get("type")
        return failing(status) if form in forms else Reply(text)

    return behave


SCRIPTS: dict[str, Callable[[], Sequence[Behaviour]]] = {
    "good": lambda: [Reply(delay=0.05)],
    "slow": lambda: [Reply(chunk=1, delay=1.0)],
    "hang": lambda: [Reply(silence=3600)],
    "cut": lambda: [Reply(delay=0.05, abort_after=12)],
    "length": lambda: [Reply(SAMPLE[:200], finish="length"), Reply(SAMPLE[200:], delay=0.05)],
    "invalid": lambda: [Reply("I would draw three boxes.")],
    "no-schema": lambda: [without("json_schema")],
    "plain-only": lambda: [without("json_schema", "json_object", status=400)],
    "rate-limited": lambda: [failing(429, Retry_After="7")],
    "broken": lambda: [failing(500)],
    "wrong-key": lambda: [failing(401)],
    "redirect": lambda: [Reply(status=302, headers={"Location": "http://127.0.0.1:9/"}, body=b"")],
    "page": lambda: [Reply(body=b"<html>hello</html>", content_type="text/html")],
    "huge": lambda: [Reply(body=b"x" * 65536, repeat_body=4096)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description="A scripted local language model server.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="good")
    chosen = parser.parse_args()
    with ModelServer(*SCRIPTS[chosen.script](), port=chosen.port) as server:
        print(f"AI_BASE_URL={server.url}/v1 AI_MODEL=openai:local", flush=True)  # noqa: T201
        threading.Event().wait()


if __name__ == "__main__":
    main()
