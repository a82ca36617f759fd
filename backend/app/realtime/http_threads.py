"""HTTP beside the sockets: Flask in a pool of threads, and what must not wait for one of them."""

import asyncio
import contextvars
import io
import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from a2wsgi.wsgi import Body, build_environ

from app.domain.errors import Unavailable

HTTP_THREADS = 40
LONGEST_WAIT_SECONDS = 4.0
RETRY_SECONDS = 5
GATHERED_BYTES = 256 * 1024  # of a body or an answer, before it is handed on in parts
ARRIVED = "collabcanvas.arrived"
_JSON = (b"content-type", b"application/json")


class HttpThreads:
    """The ASGI application of all HTTP requests.

    `/health` is answered at once: the process is alive even if every thread waits for something.
    A request that waited too long for a thread is refused, so that no queue outlives the moment
    that was slow.
    """

    def __init__(self, wsgi: Any) -> None:
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(HTTP_THREADS, thread_name_prefix="http")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            if scope["path"] == "/health" and scope["method"] in {"GET", "HEAD"}:
                await _alive(scope, send)
                return
            await _Exchange(receive, send).run(self._unless_late, scope, self._threads)
        elif scope["type"] == "websocket":  # at an address that has none
            await send({"type": "websocket.close", "code": 1000})

    def _unless_late(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        arrived = environ["asgi.scope"][ARRIVED]
        if time.monotonic() - arrived <= LONGEST_WAIT_SECONDS:
            answer: Iterable[bytes] = self._wsgi(environ, start_response)
            return answer
        headers = [("Content-Type", "application/json"), ("Retry-After", str(RETRY_SECONDS))]
        start_response("503 Service Unavailable", headers)
        return [json.dumps({"error": Unavailable.message, "code": Unavailable.code}).encode()]


class _Exchange:
    """One request and its answer. Handing over between the event loop and a thread is slow while
    others compute, so it happens once each way, with the whole body and the whole answer, unless
    they are large. A client that sends or reads little, but slowly, takes no thread meanwhile."""

    def __init__(self, receive: Any, send: Any) -> None:
        self._receive = receive
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._start: dict[str, Any] | None = None
        self._gathered = bytearray()

    async def run(self, wsgi: Any, scope: Any, threads: ThreadPoolExecutor) -> None:
        body: Any = await self._body()
        scope[ARRIVED] = time.monotonic()
        environ = build_environ(scope, body)
        in_context = contextvars.copy_context().run
        await self._loop.run_in_executor(threads, in_context, self._answer, wsgi, environ)
        await self._pass_on(more=False)

    async def _body(self) -> io.BytesIO | Body:
        arrived, more = bytearray(), True
        while more and len(arrived) <= GATHERED_BYTES:
            message = await self._receive()
            arrived += message.get("body", b"")
            more = message.get("more_body", False)
        if not more:
            return io.BytesIO(arrived)
        body = Body(self._loop, self._receive)
        body.buffer = arrived
        return body

    def _answer(self, wsgi: Any, environ: Any) -> None:
        """In the thread."""
        parts = wsgi(environ, self._begin)
        try:
            for part in parts:
                self._gathered += part
                if len(self._gathered) > GATHERED_BYTES:
                    passed_on = self._pass_on(more=True)
                    asyncio.run_coroutine_threadsafe(passed_on, self._loop).result()
        finally:
            getattr(parts, "close", lambda: None)()

    def _begin(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self._start = {
            "type": "http.response.start",
            "status": int(status.partition(" ")[0]),
            "headers": [
                (name.strip().encode("latin1").lower(), value.strip().encode("latin1"))
                for name, value in headers
            ],
        }

    async def _pass_on(self, *, more: bool) -> None:
        if self._start is not None:
            await self._send(self._start)
            self._start = None
        part = bytes(self._gathered)
        self._gathered.clear()
        await self._send({"type": "http.response.body", "body": part, "more_body": more})


async def _alive(scope: Any, send: Any) -> None:
    body = b'{"status":"ok"}'
    headers = [_JSON, (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})
