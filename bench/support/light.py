"""Sockets by the thousand in one event loop: each answers pings and waits for one message."""

import asyncio
import json
from typing import Any, Self, cast

from bench.support.frames import extent, frame, upgrade_request, walk

ANSWER_SECONDS = 60
SOCKET_PATH = "/socket.io/?EIO=4&transport=websocket"


class LightTab(asyncio.Protocol):
    """A person's tab on our server. Of what it receives it keeps only what it waits for."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._rest = b""
        self._upgraded = False
        self._transport: asyncio.Transport | None = None
        self._awaited: tuple[bytes, asyncio.Future[bytes]] | None = None
        self._opened = self._expect(b"0")
        self.is_open = True

    @classmethod
    async def connect(cls, port: int, token: str) -> Self:
        """Signed in."""
        loop = asyncio.get_running_loop()
        _, tab = await loop.create_connection(lambda: cls(f"127.0.0.1:{port}"), "127.0.0.1", port)
        await asyncio.wait_for(tab._opened, ANSWER_SECONDS)  # noqa: SLF001  its own class
        await tab._ask(b"40" + _json({"token": token}), b"40")  # noqa: SLF001
        return tab

    async def join(self, canvas_id: str, client_id: str, **since: Any) -> dict[str, Any]:
        body = {"canvas_id": canvas_id, "client_id": client_id, **since}
        return await self._call(0, "join_canvas", body)

    async def push(self, canvas_id: str, client_id: str, n: int, changes: list[Any]) -> Any:
        body = {"canvas_id": canvas_id, "client_id": client_id, "n": n, "changes": changes}
        return await self._call(n, "scene_update", body)

    def drop(self) -> None:
        """Gone without a goodbye, as when the network fails."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    async def _call(self, number: int, event: str, body: dict[str, Any]) -> dict[str, Any]:
        message = f"42{number}".encode() + _json([event, body])
        answer = await self._ask(message, f"43{number}".encode())
        (result,) = json.loads(answer[answer.index(b"[") :])
        if not result["ok"]:
            raise RuntimeError(f"{event} was refused: {result}")
        return dict(result)

    async def _ask(self, message: bytes, beginning: bytes) -> bytes:
        awaited = self._expect(beginning)
        if self._transport is None:
            raise ConnectionError("the socket is not open")
        self._transport.write(frame(message))
        return await asyncio.wait_for(awaited, ANSWER_SECONDS)

    def _expect(self, beginning: bytes) -> asyncio.Future[bytes]:
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._awaited = (beginning, future)
        return future

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(upgrade_request(self._host, SOCKET_PATH))

    def data_received(self, data: bytes) -> None:
        self._rest += data
        if not self._upgraded:
            if b"\r\n\r\n" not in self._rest:
                return
            self._rest = self._rest.split(b"\r\n\r\n", 1)[1]
            self._upgraded = True
        whole, answers = walk(self._rest)
        self._find(self._rest[:whole])
        self._rest = self._rest[whole:]
        if answers and self._transport is not None:
            self._transport.write(answers)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        if self._awaited and not self._awaited[1].done():
            self._awaited[1].set_exception(error or ConnectionError("the socket was closed"))

    def _find(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            start, end = extent(data, at)
            if self._awaited and data.startswith(self._awaited[0], start):
                _, future = self._awaited
                self._awaited = None
                future.set_result(data[start:end])
            at = end


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
