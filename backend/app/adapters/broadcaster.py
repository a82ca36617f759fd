"""Events from a process without sockets: published to Redis; web servers pass them on."""

import contextlib
import queue
import threading
from typing import Any

import socketio as python_socketio

from app.utils import fast_json
from app.utils.logger import SmartLogger

CHANNEL = "collabcanvas"
MAX_PENDING = 2_000
SOCKET_TIMEOUT_SECONDS = 2.0


class RedisBroadcaster:
    """Publishes in order from a thread of its own, so that whoever speaks never waits for Redis.

    Every event may be lost: clients notice gaps and ask. When too many wait, the oldest goes.
    """

    def __init__(self, redis_url: str) -> None:
        options = {
            "socket_timeout": SOCKET_TIMEOUT_SECONDS,
            "socket_connect_timeout": SOCKET_TIMEOUT_SECONDS,
        }
        self._manager = python_socketio.RedisManager(
            redis_url, channel=CHANNEL, write_only=True, json=fast_json, redis_options=options
        )
        self._pending: queue.Queue[tuple[str, Any, str | list[str]] | None] = queue.Queue(
            MAX_PENDING
        )
        self._thread = threading.Thread(target=self._publish, name="broadcaster", daemon=True)
        self._thread.start()

    def send(self, event: str, data: Any, room: str | list[str]) -> None:
        while True:
            try:
                self._pending.put_nowait((event, data, room))
            except queue.Full:
                with contextlib.suppress(queue.Empty):
                    self._pending.get_nowait()
            else:
                return

    def close(self, seconds: float) -> None:
        """Publish what waits, for at most `seconds`."""
        with contextlib.suppress(queue.Full):
            self._pending.put_nowait(None)
        self._thread.join(seconds)

    def _publish(self) -> None:
        while (message := self._pending.get()) is not None:
            event, data, room = message
            try:
                self._manager.emit(event, data, namespace="/", room=room)
            except Exception as error:  # noqa: BLE001  one bad event must not end all others
                SmartLogger().log_error("broadcast_failed", error, event_name=event)
