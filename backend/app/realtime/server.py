"""The socket server: one asyncio server whose handlers call the same services as HTTP does."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import socketio as sio_library

from app.config.serving import MAX_MESSAGE_BYTES
from app.domain.access.policy import DOORS, GRANTS, Rule, may
from app.domain.errors import NotAllowed, NotAuthenticated
from app.domain.sync.messages import parse_canvas_id
from app.realtime.delivery import WATCHED, build_delivery
from app.realtime.engine_io import EngineIOServer
from app.realtime.errors import NotJoined, refusal
from app.realtime.gathering import Gatherer
from app.realtime.job_order import JOB_EVENTS
from app.realtime.rooms import Rooms
from app.runtime import Runtime
from app.services.access_service import Actor
from app.utils import fast_json
from app.utils.browser import same_origin

PING_SECONDS = 10

T = TypeVar("T")
Q = TypeVar("Q")
Acknowledgement = dict[str, Any] | None
Handler = Callable[[str, Any], Awaitable[Acknowledgement]]


class _SocketIo(sio_library.AsyncServer):
    def _engineio_server_class(self) -> type[EngineIOServer]:
        return EngineIOServer


class SocketServer:
    """The Socket.IO server, its rooms, and the two bridges it needs: to threads and back.

    Events of one client are handled in order (`async_handlers=False`); long polling is not
    offered, so that several processes need no sticky sessions.
    """

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.settings = settings = runtime.settings
        self.rooms = Rooms()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.handlers: dict[str, Handler] = {}
        self._emitting: set[asyncio.Future[None]] = set()
        self.delivery = build_delivery(settings.redis_url)
        self.sio: sio_library.AsyncServer = _SocketIo(  # type: ignore[no-untyped-call]
            async_mode="asgi",
            client_manager=self.delivery,
            json=fast_json,
            async_handlers=False,
            transports=["websocket"],
            cors_allowed_origins=self._is_allowed_origin,
            max_http_buffer_size=MAX_MESSAGE_BYTES,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
        )

    def _is_allowed_origin(self, _origin: str | None, environ: dict[str, Any]) -> bool:
        def header(name: str) -> str | None:
            return environ.get(f"HTTP_{name.upper().replace('-', '_')}")

        return same_origin(header, self.settings.public_url, self.settings.cors_origins)

    async def in_app(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a service call in a thread, in a scope of its own."""

        def call() -> T:
            with self.runtime.scope():
                return function(*args, **kwargs)

        return await asyncio.to_thread(call)

    def gathered(self, function: Callable[[list[Q]], Sequence[Any]]) -> Gatherer[Q, Any]:
        """A service call that answers many questions, for those who have one each."""
        return Gatherer(lambda questions: self.in_app(function, questions))

    def emit_from_thread(self, event: str, data: Any, to: str | list[str]) -> None:
        """What `extensions.socketio.emit` is bound to in a web process."""
        if self.loop is None or self.loop.is_closed() or not self.delivery.is_awaited(event, to):
            return
        # Encoded here, in the thread of the sender: the event loop serves everybody.
        ready = data if event in WATCHED | JOB_EVENTS else fast_json.encoded(data)
        self.loop.call_soon_threadsafe(self._emit_soon, event, ready, to)

    def _emit_soon(self, event: str, data: Any, to: str | list[str]) -> None:
        task = asyncio.ensure_future(self.sio.emit(event, data, room=to))
        self._emitting.add(task)
        task.add_done_callback(self._emitting.discard)

    def on(self, event: str, handler: Handler) -> None:
        """Register a handler behind the permission table; its answer is the acknowledgement.

        Raises:
            KeyError: the event is missing from the table.
        """
        rule = DOORS[f"socket {event}"]
        self.handlers[event] = handler

        async def guarded(sid: str, data: Any = None) -> Acknowledgement:
            try:
                await self._admit(sid, event, rule, data)
                return await handler(sid, data)
            except Exception as error:  # noqa: BLE001  every failure is answered, none escapes
                return refusal(error, event)

        self.sio.on(event, guarded)

    def is_open(self, sid: str) -> bool:
        return bool(self.sio.manager.is_connected(sid, "/"))

    async def actor_of(self, sid: str) -> Actor:
        session = await self.sio.get_session(sid)
        actor: Actor | None = session.get("actor")
        if actor is None:
            raise NotAuthenticated
        return actor

    async def _admit(self, sid: str, event: str, rule: Rule, data: Any) -> None:
        """Signed in, and for events on an open canvas: there, in a role that may.

        `join_canvas` reads the role itself; edits read it again inside their transaction.
        """
        if rule is not Rule.PUBLIC:
            await self.actor_of(sid)
        if rule in GRANTS and event != "join_canvas":
            tab = self.rooms.tab(parse_canvas_id(data), sid)
            if tab is None:
                raise NotJoined
            if not may(tab.role, rule):
                raise NotAllowed(f"As {tab.role.value} of this canvas you may not do that.")
