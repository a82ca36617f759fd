"""Events from a process without sockets: published to Redis; web servers pass them on."""

import contextlib
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import socketio as python_socketio
from redis.exceptions import RedisError

from app.utils import fast_json
from app.utils.logger import SmartLogger

CHANNEL = "collabcanvas"
MAX_PENDING = 2_000
MAX_AT_ONCE = 100
SOCKET_TIMEOUT_SECONDS = 2.0


class _Publisher(python_socketio.RedisManager):
    """Gathers what is emitted; `pass_on` needs one exchange with Redis for all of it."""

    def __init__(self, redis_url: str) -> None:
        options = {
            "socket_timeout": SOCKET_TIMEOUT_SECONDS,
            "socket_connect_timeout": SOCKET_TIMEOUT_SECONDS,
        }
        super().__init__(  # type: ignore[no-untyped-call]
            redis_url, channel=CHANNEL, write_only=True, json=fast_json, redis_options=options
        )
        self.gathered: list[str] = []

    def _publish(self, data: Any) -> None:
        self.gathered.append(fast_json.dumps(data))

    def pass_on(self) -> None:
        """Raises RedisError; what was gathered is lost then."""
        messages, self.gathered = self.gathered, []
        try:
            self._exchange(messages)
        except RedisError:  # the connection may have been closed since
            self.connected = False
            self._exchange(messages)

    def _exchange(self, messages: list[str]) -> None:
        if not self.connected:
            self._redis_connect()  # type: ignore[no-untyped-call]
        redis: Any = self.redis
        with redis.pipeline(transaction=False) as pipeline:
            for message in messages:
                pipeline.publish(self.channel, message)
            pipeline.execute()


class RedisBroadcaster:
    """Publishes in order from a thread of its own, so that the sender never waits for Redis.

    Every event may be lost: clients notice gaps and ask. When too many wait, the oldest goes.
    """

    def __init__(self, redis_url: str) -> None:
        self._publisher = _Publisher(redis_url)
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
            self._guarded(
                partial(self._publisher.emit, event, data, namespace="/", room=room), event
            )
            if self._pending.empty() or len(self._publisher.gathered) >= MAX_AT_ONCE:
                self._guarded(self._publisher.pass_on, event)
        self._guarded(self._publisher.pass_on, "last")

    @staticmethod
    def _guarded(deed: Callable[[], object], event: str) -> None:
        """One bad event must not end all others."""
        try:
            deed()
        except Exception as error:  # noqa: BLE001  every event may be lost
            SmartLogger().log_error("broadcast_failed", error, event_name=event)
