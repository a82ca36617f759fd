"""HTTP beside the sockets: Flask in a pool of threads, and what must not wait for one of them."""

import json
import time
from collections.abc import Iterable
from typing import Any

from a2wsgi import WSGIMiddleware

from app.domain.errors import Unavailable

HTTP_THREADS = 40
LONGEST_LINE_SECONDS = 4.0
RETRY_SECONDS = 5
ARRIVED = "collabcanvas.arrived"
_JSON = (b"content-type", b"application/json")


class HttpThreads:
    """The ASGI application of all HTTP requests.

    `/health` is answered at once: the process is alive even if every thread waits for something.
    A request that stood in line for a thread too long is sent away, so that a crowd which met a
    slow moment is gone when the moment is over.
    """

    def __init__(self, wsgi: Any) -> None:
        self._wsgi = wsgi
        late: Any = self._unless_late
        self._flask = WSGIMiddleware(late, workers=HTTP_THREADS)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            if scope["path"] == "/health" and scope["method"] in {"GET", "HEAD"}:
                await _alive(scope, send)
                return
            scope[ARRIVED] = time.monotonic()
        await self._flask(scope, receive, send)

    def _unless_late(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        arrived = environ["asgi.scope"][ARRIVED]
        if time.monotonic() - arrived <= LONGEST_LINE_SECONDS:
            answer: Iterable[bytes] = self._wsgi(environ, start_response)
            return answer
        headers = [("Content-Type", "application/json"), ("Retry-After", str(RETRY_SECONDS))]
        start_response("503 Service Unavailable", headers)
        return [json.dumps({"error": Unavailable.message, "code": Unavailable.code}).encode()]


async def _alive(scope: Any, send: Any) -> None:
    body = b'{"status":"ok"}'
    headers = [_JSON, (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] == "GET" else b""})
