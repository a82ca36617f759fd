"""EngineIOServer.IO for sockets by the thousand: one task for each, and one for the pings of all.

The library keeps five tasks and three timers for a socket that says nothing, and wakes most of them
for each ping.
"""

import asyncio
import time
from typing import Any

from engineio import AsyncServer
from engineio.async_socket import AsyncSocket
from engineio.exceptions import EngineIOError, SocketIsClosedError, UnknownPacketError
from engineio.packet import OPEN, PING, Packet

from app.realtime.wire import Wire, framed, wire_of

HEARTBEAT_SECONDS = 1.0
_PING = framed(str(PING))


class EngineIOSocket(AsyncSocket):
    """A WebSocket. A task writes what waits in `queue`, and is gone when nothing does."""

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)  # type: ignore[no-untyped-call]
        self.last_ping: Any = None  # when one was sent that has no answer yet
        self._heard = time.time()
        self._ws: Any = None
        self._writing: asyncio.Task[None] | None = None

    @property
    def _wire(self) -> Wire | None:
        return wire_of({"asgi.send": self._ws.asgi_send}) if self._ws else None

    def schedule_ping(self) -> None:
        """A ping was answered."""
        self.last_ping, self._heard = None, time.time()

    async def heartbeat(self) -> None:
        """Ping the client if it is time; close the socket of one that did not answer."""
        if self.closed or self.closing or not await self.check_ping_timeout():  # type: ignore[no-untyped-call]
            return
        now = time.time()
        if self.last_ping is None and now - self._heard >= self.server.ping_interval:
            self.last_ping = now
            wire = self._wire
            if not (self.queue.empty() and wire and wire.write(_PING)):
                await self.send(Packet(PING))  # type: ignore[no-untyped-call]

    async def send(self, pkt: Any) -> None:
        await super().send(pkt)  # type: ignore[no-untyped-call]
        self._write_soon()

    async def close(self, wait: bool = True, abort: bool = False, reason: Any = None) -> None:
        """A client that neither leaves nor reads on its own is cut off."""
        if not self.closed and not self.closing and (wire := self._wire) is not None:
            asyncio.get_running_loop().call_later(self.server.ping_timeout, wire.drop)
        await super().close(wait, abort, reason)  # type: ignore[no-untyped-call]

    async def _websocket_handler(self, ws: Any) -> None:
        self._ws = ws
        self.connected = self.upgraded = True
        self._write_soon()
        try:
            while len(text := await ws.wait() or "") <= self.server.max_http_buffer_size:
                await self._take(Packet(encoded_packet=text))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, SocketIsClosedError):
            pass  # it is gone, or does not speak the protocol
        await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        await ws.close()

    async def _take(self, packet: Packet) -> None:
        try:
            await self.receive(packet)  # type: ignore[no-untyped-call]
        except SocketIsClosedError:
            raise
        except UnknownPacketError:
            pass
        except Exception:
            self.server.logger.exception("receiving failed")

    def _write_soon(self) -> None:
        if self._ws is not None and self._writing is None and not self.queue.empty():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """If it fails, a task that waits for the queue to be empty must not wait for ever."""
        is_gone = False
        while not self.queue.empty():
            packet = self.queue.get_nowait()
            try:
                if not is_gone:
                    await self._ws.send(packet.encode())
            except Exception as error:
                is_gone = True
                if not isinstance(error, OSError):
                    self.server.logger.exception("writing failed")
            finally:
                self.queue.task_done()
        self._writing = None
        if is_gone:
            await self._ws.close()


class EngineIOServer(AsyncServer):
    """Of WebSockets only."""

    async def _handle_connect(self, environ: Any, _transport: str, _jsonp: Any = None) -> Any:
        if self.start_service_task:
            self.start_service_task = False
            self.service_task_handle = self.start_background_task(self._service_task)  # type: ignore[no-untyped-call]
        sid = self.generate_id()  # type: ignore[no-untyped-call]
        socket = self.sockets[sid] = EngineIOSocket(self, sid)
        hello = {
            "sid": sid,
            "upgrades": [],
            "pingTimeout": int(self.ping_timeout * 1000),
            "pingInterval": int(self.ping_interval * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        await socket.send(Packet(OPEN, hello))  # type: ignore[no-untyped-call]
        try:
            await self._trigger_event("connect", sid, environ, run_async=False)  # type: ignore[no-untyped-call]
            return await socket.handle_get_request(environ)  # type: ignore[no-untyped-call]
        finally:
            self.sockets.pop(sid, None)

    async def _service_task(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for socket in list(self.sockets.values()):
                try:
                    await socket.heartbeat()
                except EngineIOError:
                    continue  # closed meanwhile
