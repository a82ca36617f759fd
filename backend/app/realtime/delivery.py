"""Delivery to the sockets of this process, bounded for each, of what any process sends.

A socket's queue has no bound of its own. A client that reads too slowly first gets no more
presence, then nothing that it can ask for again; once it has caught up, the gap makes it ask
(rule S4).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from engineio import packet as frames
from engineio.exceptions import EngineIOError
from redis.asyncio import Redis
from redis.exceptions import RedisError
from socketio import AsyncManager, packet

from app.realtime.job_order import JobOrder
from app.realtime.wire import Wire, framed, wire_of
from app.utils import fast_json
from app.utils.event_messages import CHANNEL, Event, new_origin, packed, unpacked
from app.utils.logger import SmartLogger

PRESENCE = frozenset({"presence", "cursors"})
ALWAYS = frozenset({"role_changed", "removed", "canvas_deleted", "server_restart", "head"})
WATCHED = frozenset({"canvas_deleted", "removed", "role_changed"})  # `watch` reads their data
BETWEEN_PROCESSES = "process_"  # events with this prefix are for servers and reach no client
SKIP_PRESENCE_AT = 32
LAGGING_AT = 128
RESUME_AT = 8
GIVE_UP_SECONDS = 30.0
LISTEN_AGAIN_SECONDS = 1.0

RoomNames = str | list[str]
Watcher = Callable[[str, Any, RoomNames], Awaitable[None]]


class Delivery(AsyncManager):
    """The last step of every emit. `watch` is called with each event, after the sockets."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.watch: Watcher | None = None
        self._lagging: dict[str, float] = {}  # engine id -> since when
        self._jobs = JobOrder()
        self._closing: set[asyncio.Task[None]] = set()

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: RoomNames | None = None,
        *_more: Any,
        **_named: Any,
    ) -> None:
        if self._jobs.is_late(event, data):
            return
        if not room:
            return
        if not event.startswith(BETWEEN_PROCESSES):
            await self._deliver(event, data, namespace, room)
        if self.watch is not None:
            await self.watch(event, data, room)

    def is_awaited(self, event: str, room: RoomNames) -> bool:
        """Whether a socket or `watch` would get the event. May be asked from any thread."""
        if event in ALWAYS or event.startswith(BETWEEN_PROCESSES):
            return True
        occupied = self.rooms.get("/", {})
        return any(one in occupied for one in ([room] if isinstance(room, str) else room))

    async def _deliver(self, event: str, data: Any, namespace: str, room: RoomNames) -> None:
        """Encoded once, the same bytes for everybody, if anybody is there."""
        present: Any = list(self.get_participants(namespace, room))  # type: ignore[no-untyped-call]
        if not present:
            return
        whole: Any = packet.Packet(
            packet.EVENT, namespace=namespace, data=[event, data], binary=False
        )
        frame = frames.Packet(frames.MESSAGE, whole.encode())  # type: ignore[no-untyped-call]
        ready = framed(frame.encode())  # type: ignore[no-untyped-call]
        for _, engine_id in present:
            socket = self._socket(engine_id)
            if socket is None or not self._takes(socket, engine_id, event):
                continue
            if socket.queue.empty() and not socket.closed and self._write(engine_id, ready):
                continue
            try:
                await socket.send(frame)
            except EngineIOError:
                continue  # closed meanwhile; its disconnection is on its way

    def _write(self, engine_id: str, ready: bytes) -> bool:
        """Past the library's queue, if nothing waits in it."""
        wire = self._wire(engine_id)
        return wire is not None and wire.write(ready)

    def _wire(self, engine_id: str) -> Wire | None:
        server: Any = self.server
        return wire_of(server.environ.get(engine_id))

    def _socket(self, engine_id: str) -> Any:
        server: Any = self.server
        return server.eio.sockets.get(engine_id)

    def _takes(self, socket: Any, engine_id: str, event: str) -> bool:
        waiting, since = socket.queue.qsize(), self._lagging.get(engine_id)
        if since is not None and waiting <= RESUME_AT:
            since = None
            del self._lagging[engine_id]
        if since is None and waiting >= LAGGING_AT:
            since = self._lagging[engine_id] = time.monotonic()
        if event in ALWAYS:
            return True
        if since is None:
            return waiting < SKIP_PRESENCE_AT or event not in PRESENCE
        return False

    def close_hopeless(self) -> None:
        """Disconnect clients that have not caught up for too long; forget those that are gone."""
        now = time.monotonic()
        for engine_id, since in list(self._lagging.items()):
            socket = self._socket(engine_id)
            if socket is None or now - since > GIVE_UP_SECONDS:
                del self._lagging[engine_id]
            if socket is not None and now - since > GIVE_UP_SECONDS:
                if (wire := self._wire(engine_id)) is not None:
                    wire.drop()
                task = asyncio.create_task(socket.close(wait=False, abort=True))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)


class RedisDelivery(Delivery):
    """The same between several processes: each sends to its sockets what any of them publishes."""

    def __init__(self, redis_url: str) -> None:
        super().__init__()
        self._redis: Any = Redis.from_url(redis_url)
        self._origin = new_origin()
        self._outgoing: list[str] = []
        self._publishing: asyncio.Task[None] | None = None
        self._listening: asyncio.Task[None] | None = None

    def initialize(self) -> None:
        """At the first request, in the event loop."""
        super().initialize()  # type: ignore[no-untyped-call]
        self._listening = asyncio.create_task(self._listen())

    def is_awaited(self, event: str, room: RoomNames) -> bool:  # noqa: ARG002  another process may
        return True

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: RoomNames | None = None,
        *_more: Any,
        ignore_queue: bool = False,
        **_named: Any,
    ) -> None:
        """With `ignore_queue` to the sockets of this process alone."""
        await super().emit(event, data, namespace, room=room)
        if room and not ignore_queue:
            self._publish((event, data, room))

    def _publish(self, event: Event) -> None:
        """What is sent at one moment, or while another exchange is under way, goes out in one
        exchange, in order. It may be lost."""
        self._outgoing.append(fast_json.dumps(event))
        if self._publishing is None:
            self._publishing = asyncio.create_task(self._publish_all())

    async def _publish_all(self) -> None:
        while self._outgoing:
            events, self._outgoing = self._outgoing, []
            await self._exchange(packed(self._origin, events))
        self._publishing = None

    async def _exchange(self, message: str) -> None:
        for _ in range(2):  # the connection may have been closed since
            try:
                await self._redis.publish(CHANNEL, message)
            except RedisError as error:
                SmartLogger().log_warning("publish_failed", error=type(error).__name__)
            else:
                return

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    async for message in pubsub.listen():
                        await self._hear(message["data"])
            except Exception as error:  # noqa: BLE001  whatever it was, it may be over soon
                SmartLogger().log_warning("listening_failed", error=type(error).__name__)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    async def _hear(self, message: bytes) -> None:
        for said in unpacked(message, self._origin):
            try:
                event, data, room = said
                await super().emit(event, data, "/", room=room)
            except Exception as error:  # noqa: BLE001  one bad event must not end all others
                SmartLogger().log_error("delivery_failed", error)


def build_delivery(redis_url: str) -> Delivery:
    return RedisDelivery(redis_url) if redis_url else Delivery()
