"""The only way out to a language model: bounded, without redirects, proxies or compression."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache

import httpx2

EVENT_STREAM = "text/event-stream"
JSON = "application/json"  # a list of models


@dataclass(frozen=True)
class ExchangeLimits:
    """Bounds of one exchange. The total time is the caller's: it cancels the task."""

    connect_seconds: float = 10.0
    silence_seconds: float = 3600.0
    answer_bytes: int = 512 * 1024
    """Text of one answer. 500 nodes and 1,500 edges, indented, need half of it."""
    wire_bytes: int = 32 * 1024 * 1024
    """All bytes of one response: a token of four bytes travels in a frame of about 250."""
    line_bytes: int = 1024 * 1024
    error_bytes: int = 64 * 1024
    """As much of an error's body as is read."""

    @property
    def timeouts(self) -> dict[str, float | None]:
        read, connect = self.silence_seconds, self.connect_seconds
        return {"connect": connect, "read": read, "write": read, "pool": connect}


class ResponseRefused(httpx2.TransportError):
    """We do not read this response, and trying again would not change that."""


class RedirectRefused(ResponseRefused):
    """The server points elsewhere. The key and the prompt go only where the operator said."""


class NotAStream(ResponseRefused):
    """A page, a file, anything but the event stream that was asked for."""


class ResponseTooLarge(ResponseRefused):
    """More bytes than any answer needs."""


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Wraps a transport; looks at the head of a response and counts its body."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, limits: ExchangeLimits) -> None:
        self._inner = inner
        self._limits = limits

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        # A compressed body could unfold to a thousand times what was counted.
        request.headers["Accept-Encoding"] = "identity"
        # Whatever a provider's package makes of the client's own timeouts, these hold.
        request.extensions = {**request.extensions, "timeout": self._limits.timeouts}
        response = await self._inner.handle_async_request(request)
        try:
            self._check_head(request, response)
        except ResponseRefused:
            await response.aclose()
            raise
        body = _CountedBody if response.is_success else _ShortenedBody
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=body(response, self._limits),
            extensions=response.extensions,
        )

    @staticmethod
    def _check_head(request: httpx2.Request, response: httpx2.Response) -> None:
        if 300 <= response.status_code < 400:
            raise RedirectRefused("redirect")
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise NotAStream("compressed although identity was asked for")
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        readable = {EVENT_STREAM, JSON} if request.method == "GET" else {EVENT_STREAM}
        if response.is_success and kind not in readable:
            raise NotAStream("not an event stream")

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.Response, limits: ExchangeLimits) -> None:
        self._inner = inner
        self._limits = limits

    async def aclose(self) -> None:
        await self._inner.aclose()


class _CountedBody(_Body):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        total = line = 0
        async for chunk in self._inner.aiter_raw():
            total += len(chunk)
            newline = chunk.rfind(b"\n")
            line = line + len(chunk) if newline < 0 else len(chunk) - newline - 1
            if total > self._limits.wire_bytes or line > self._limits.line_bytes:
                raise ResponseTooLarge("the response exceeds its limit")
            yield chunk


class _ShortenedBody(_Body):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = self._limits.error_bytes
        async for chunk in self._inner.aiter_raw():
            yield chunk[:left]
            left -= len(chunk)
            if left <= 0:
                return


@cache
def _trust_store() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


def open_client(limits: ExchangeLimits) -> httpx2.AsyncClient:
    """A client for one plan: it belongs to the running event loop and is closed with it."""
    inner = httpx2.AsyncHTTPTransport(verify=_trust_store(), trust_env=False, retries=0)
    return httpx2.AsyncClient(
        transport=BoundedTransport(inner, limits),
        timeout=httpx2.Timeout(limits.silence_seconds, connect=limits.connect_seconds),
        follow_redirects=False,
        trust_env=False,
    )
