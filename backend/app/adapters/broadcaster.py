"""Events from a process without sockets: published to Redis; web servers pass them on."""

import contextlib
import queue
import threading
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from app.utils import fast_json
from app.utils.event_messages import CHANNEL, Event, new_origin, packed
from app.utils.logger import SmartLogger

MAX_PENDING = 2_000
MAX_AT_ONCE = 100
SOCKET_TIMEOUT_SECONDS = 2.0


class RedisBroadcaster:
    """Publishes in order from a thread of its own, so that the sender never waits for Redis.

    Every event may be lost: clients notice gaps and ask. When too many wait, the oldest goes.
    """

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_timeout=SOCKET_TIMEOUT_SECONDS,
            socket_connect_timeout=SOCKET_TIMEOUT_SECONDS,
        )
        self._origin = new_origin()
        self._pending: queue.Queue[Event | None] = queue.Queue(MAX_PENDING)
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
        gathered: list[str] = []
        while (event := self._pending.get()) is not None:
            try:  # a bad one must not end all others
                gathered.append(fast_json.dumps(event))
            except Exception as error:  # noqa: BLE001  every event may be lost
                SmartLogger().log_error("broadcast_failed", error, event_name=event[0])
            if gathered and (self._pending.empty() or len(gathered) >= MAX_AT_ONCE):
                self._exchange(packed(self._origin, gathered))
                gathered.clear()
        if gathered:
            self._exchange(packed(self._origin, gathered))

    def _exchange(self, message: str) -> None:
        for _ in range(2):  # the connection may have been closed since
            try:
                self._redis.publish(CHANNEL, message)
            except RedisError as error:
                SmartLogger().log_error("broadcast_failed", error)
            else:
                return
