"""A client that costs little itself: kept-alive HTTP, and one socket that hears job events."""

import asyncio
import json
import time
from typing import Any, Self
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect


class Http:
    """One kept-alive connection; requests follow each other."""

    def __init__(self, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self._host = urlsplit(url).netloc
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, url: str) -> Self:
        parts = urlsplit(url)
        return cls(url, *await asyncio.open_connection(parts.hostname, parts.port))

    async def post(self, path: str, body: Any, token: str = "") -> Any:
        return await self.send("POST", path, token, json.dumps(body).encode())

    async def send(self, method: str, path: str, token: str = "", body: bytes = b"") -> Any:
        head = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        if token:
            head.append(f"Authorization: Bearer {token}")
        if body:
            head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        self._writer.write("\r\n".join([*head, "", ""]).encode() + body)
        status, answer = await self._answer()
        if status >= 400:
            raise RuntimeError(f"{method} {path}: {status} {answer[:500]!r}")
        return json.loads(answer) if answer else None

    async def _answer(self) -> tuple[int, bytes]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"transfer-encoding: chunked" in head:
            return status, await self._chunks()
        length = int(head.split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
        return status, await self._reader.readexactly(length)

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()
        return body

    def close(self) -> None:
        self._writer.close()


class Ear:
    """A person's socket. Notes when each job was published as completed."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._told: dict[str, asyncio.Future[float]] = {}
        self._task = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, url: str, token: str) -> Self:
        address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        socket = await connect(address, compression=None, ping_interval=None)
        await socket.recv()
        await socket.send("40" + json.dumps({"token": token}))
        answer = await socket.recv(decode=True)
        if not answer.startswith("40"):
            raise RuntimeError(f"the socket was refused: {answer}")
        return cls(socket)

    def completed(self, job_id: str) -> asyncio.Future[float]:
        """Resolves to the moment when this socket heard of it (also if that was before)."""
        if job_id not in self._told:
            self._told[job_id] = asyncio.get_running_loop().create_future()
        return self._told[job_id]

    async def _listen(self) -> None:
        async for message in self._socket:
            now = time.perf_counter()
            if message == "2":
                await self._socket.send("3")
            elif isinstance(message, str) and message.startswith('42["ai_job_'):
                event, data = json.loads(message[2:])
                future = self.completed(data["job_id"])
                if event == "ai_job_complete" and not future.done():
                    future.set_result(now)
                elif event == "ai_job_error":
                    future.set_exception(RuntimeError(f"a job failed: {data['error']}"))

    async def close(self) -> None:
        self._task.cancel()
        await self._socket.close()
