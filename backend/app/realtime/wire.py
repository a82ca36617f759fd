"""The WebSocket protocol of the server: uvicorn's, and one way to write the same bytes to many.

Everybody in a room is told the same. The library would queue, wake a task and frame the message
anew for each socket, which costs several times as much as all the rest of a change.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

# A message that took the queue may still be on its way through the library's tasks.
QUEUE_SECONDS = 0.02  # shorter than a tick, or a busy room would never come back


def framed(text: str) -> bytes:
    """A whole text message, as every client of a server without compression gets it."""
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False, extensions=[])


class Wire(WebSocketsSansIOProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sending = 0
        self._queue_until = 0.0

    async def send(self, message: Any) -> None:
        self._sending += 1
        try:
            await super().send(message)
        finally:
            self._sending -= 1

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

    def drop(self) -> None:
        """End the connection with all that waits to be sent: who does not read never takes it."""
        self.transport.abort()


def wire_of(environ: dict[str, Any] | None) -> Wire | None:
    """The protocol behind a socket's ASGI environment, if the host runs this one."""
    owner = getattr((environ or {}).get("asgi.send"), "__self__", None)
    return owner if isinstance(owner, Wire) else None
