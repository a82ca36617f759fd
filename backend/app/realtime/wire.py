"""The WebSocket protocol of the server: uvicorn's, and one way to write the same bytes to many.

Everybody in a room gets the same bytes. The library would queue, wake a task and frame the message
anew for each socket, which costs several times as much as all the rest of a change.

Large messages, the scenes of those who join, are compressed for clients that can read it. No
window is kept between two messages: it would cost a socket more memory than all the rest of it.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions import Extension
from websockets.extensions.permessage_deflate import (
    PerMessageDeflate,
    ServerPerMessageDeflateFactory,
)
from websockets.frames import Frame, Opcode
from websockets.typing import ExtensionParameter

# A message that took the queue may still be on its way through the library's tasks.
QUEUE_SECONDS = 0.02  # shorter than a tick, or a busy room would never come back

LARGE = 32 * 1024  # bytes


def framed(text: str, extensions: Sequence[Extension] = ()) -> bytes:
    """A whole text message. Without extensions every client can read it."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False, extensions=extensions)


def framed_event(event: str, data: dict[str, Any]) -> bytes:
    """As Socket.IO writes an event that nobody has to answer."""
    return framed("42" + json.dumps([event, data]))


RESTART = framed_event("server_restart", {"seconds": 5})  # it usually takes so long


class _Deflate(PerMessageDeflate):
    """Compresses what is large, and reads what clients compress (RFC 7692)."""

    def encode(self, frame: Frame) -> Frame:
        return super().encode(frame) if len(frame.data) >= LARGE else frame


class _Offer(ServerPerMessageDeflateFactory):
    def process_request_params(
        self, params: Sequence[ExtensionParameter], accepted_extensions: Sequence[Extension]
    ) -> tuple[list[ExtensionParameter], PerMessageDeflate]:
        answer, agreed = super().process_request_params(params, accepted_extensions)
        sizes = agreed.remote_max_window_bits, agreed.local_max_window_bits
        return answer, _Deflate(True, True, *sizes, agreed.compress_settings)


_OFFER = _Offer(True, True, compress_settings={"level": 3})


class Wire(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sending = 0
        self._queue_until = 0.0
        self.conn.available_extensions = [_OFFER]

    async def send(self, message: Any) -> None:
        self._sending += 1
        try:
            text = message.get("text") or ""
            if len(text) >= LARGE and self.conn.extensions:
                await self._send_compressed(text)
            else:
                await super().send(message)
        finally:
            self._sending -= 1

    async def _send_compressed(self, text: str) -> None:
        """In a thread: it takes as long as a dozen changes."""
        frame = await asyncio.to_thread(framed, text, self.conn.extensions)
        await self.writable.wait()
        if self.disconnected or self.close_sent:
            raise ClientDisconnected
        self.transport.write(frame)

    def write(self, frame: bytes) -> bool:
        """Write a whole frame now, if it may go out before whatever else is to be sent.

        False: the client reads slowly, or the socket is opening or closing. Then the message has
        to take the queue, and so have those that follow at once.
        """
        now = self.loop.time()
        is_open = self.handshake_complete and not (self.close_sent or self.disconnected)
        if not is_open or self._sending or not self.writable.is_set() or now < self._queue_until:
            self._queue_until = now + QUEUE_SECONDS
            return False
        self.transport.write(frame)
        return True

    def shutdown(self) -> None:
        """The host stops: it closes all connections before it tells the program."""
        self.write(RESTART)
        super().shutdown()

    def drop(self) -> None:
        """End the connection with all that waits to be sent: the client does not read it."""
        self.transport.abort()


def wire_of(environ: dict[str, Any] | None) -> Wire | None:
    """The protocol behind a socket's ASGI environment, if the host runs this one."""
    owner = getattr((environ or {}).get("asgi.send"), "__self__", None)
    return owner if isinstance(owner, Wire) else None
