"""A TCP link that can be broken in every way a network knows."""

import asyncio
import contextlib
import socket
import struct
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from tests.support.processes import free_port

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST

T = TypeVar("T")
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Network:
    """The event loop on which the links of a test run."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, deed: Callable[[], Awaitable[T]]) -> T:
        async def awaited() -> T:
            return await deed()

        return asyncio.run_coroutine_threadsafe(awaited(), self.loop).result(10)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


class Proxy:
    """Passes bytes on to `upstream` (host and port, or a UNIX socket's path) until it is told
    otherwise. `heal` undoes every fault; bytes that a black hole swallowed arrive then."""

    def __init__(self, network: Network, upstream: tuple[str, int] | Path) -> None:
        self.port = free_port()
        self.upstream = upstream
        self._network = network
        self._server: asyncio.Server | None = None
        self._delay = 0.0
        self._open = asyncio.Event()
        self._marks: tuple[bytes, bytes] | None = None
        self.swallowed = 0
        self._connections: set[Connection] = set()
        network.run(self._listen)
        self._open.set()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def heal(self) -> None:
        async def deed() -> None:
            self._delay, self._marks = 0.0, None
            self._open.set()
            if self._server is None:
                await self._listen()

        self._network.run(deed)

    def refuse(self) -> None:
        """Nobody listens any more; open connections are reset."""

        async def deed() -> None:
            await self._stop_listening()
            self._reset_all()

        self._network.run(deed)

    def reset(self) -> None:
        """Open connections are reset; new ones are welcome."""

        async def deed() -> None:
            self._reset_all()

        self._network.run(deed)

    def black_hole(self) -> None:
        """Connections are accepted, bytes are taken, nothing ever comes out."""

        async def deed() -> None:
            self._open.clear()

        self._network.run(deed)

    def delay(self, seconds: float) -> None:
        """Every packet, in both directions."""
        self._delay = seconds

    def swallow_reply(self, *, having: bytes, to: bytes = b"COMMIT") -> None:
        """Once a connection has carried `having`: its next `to` reaches the upstream and is
        answered, but instead of the answer the client gets a reset."""
        self._marks = (having, to)
        self.swallowed = 0

    def close(self) -> None:
        async def deed() -> None:
            await self._stop_listening()
            self._open.set()
            self._reset_all()

        self._network.run(deed)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _reset_all(self) -> None:
        for connection in list(self._connections):
            connection.reset()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._open.wait()
        try:
            there = await self._connect()
        except OSError:
            _reset(writer)
            return
        connection = Connection(self, (reader, writer), there)
        self._connections.add(connection)
        try:
            await connection.carry()
        finally:
            self._connections.discard(connection)

    async def _connect(self) -> Streams:
        if isinstance(self.upstream, Path):
            return await asyncio.open_unix_connection(str(self.upstream))
        return await asyncio.open_connection(*self.upstream)

    async def transit(self) -> None:
        """What happens to a packet on its way."""
        if self._delay:
            await asyncio.sleep(self._delay)
        await self._open.wait()

    def marks(self) -> tuple[bytes, bytes] | None:
        return self._marks

    def has_swallowed(self) -> None:
        self._marks = None
        self.swallowed += 1


class Connection:
    """One client's connection through a proxy."""

    def __init__(self, proxy: Proxy, here: Streams, there: Streams) -> None:
        self._proxy = proxy
        self._here = here
        self._there = there
        self._marked = False
        self._swallow = False

    async def carry(self) -> None:
        pumps = [
            asyncio.create_task(self._pump(self._here[0], self._there[1], self._look)),
            asyncio.create_task(self._pump(self._there[0], self._here[1], self._take_away)),
        ]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        for _, writer in (self._here, self._there):
            writer.close()

    def reset(self) -> None:
        for _, writer in (self._here, self._there):
            _reset(writer)

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        inspect: Callable[[bytes], bool],
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._proxy.transit()
                if not inspect(data):
                    self.reset()
                    return
                writer.write(data)
                await writer.drain()

    def _look(self, request: bytes) -> bool:
        marks = self._proxy.marks()
        if marks:
            having, to = marks
            self._marked = self._marked or having in request
            if self._marked and to in request:
                self._swallow = True
                self._proxy.has_swallowed()
        return True

    def _take_away(self, _answer: bytes) -> bool:
        return not self._swallow


def _reset(writer: asyncio.StreamWriter) -> None:
    raw: socket.socket | None = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        if raw is not None and raw.family != socket.AF_UNIX:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        writer.transport.abort()
