"""The whole server as one ASGI application: sockets, and Flask beside them in a thread pool."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import socketio as sio_library

from app.extensions import socketio as emitter
from app.realtime.canvas_events import CanvasEvents
from app.realtime.committer import Committer
from app.realtime.connection import Connections
from app.realtime.http_threads import HttpThreads
from app.realtime.presence import Presence
from app.realtime.server import SocketServer
from app.realtime.upkeep import Upkeep
from app.runtime import Runtime


class Realtime:
    """The socket half of a web process; `start` and `stop` run in its event loop."""

    def __init__(self, runtime: Runtime) -> None:
        self.server = SocketServer(runtime)
        self.presence = Presence(self.server)
        self.committer = Committer(self.server)
        self.events = CanvasEvents(self.server, self.presence, self.committer)
        self.connections = Connections(self.server, self.presence, self.events.forget)
        self.upkeep = Upkeep(self.server, self.presence, self.events, self.connections)
        self.server.delivery.watch = self.upkeep.handle
        self._upkeep_task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.server.loop = asyncio.get_running_loop()
        emitter.bind(self.server.emit_from_thread)
        self._upkeep_task = asyncio.create_task(self.upkeep.run())

    async def stop(self) -> None:
        emitter.bind(None)
        if self._upkeep_task is not None:
            self._upkeep_task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._upkeep_task

    def beside(
        self,
        wsgi_app: Any,
        on_start: Callable[[], None] | None = None,
        on_stop: Callable[[], None] | None = None,
    ) -> Any:
        """One ASGI application of the sockets and of `wsgi_app`; `on_start` and `on_stop` bracket
        its life."""

        async def startup() -> None:
            await self.start()
            if on_start is not None:
                await asyncio.to_thread(on_start)

        async def shutdown() -> None:
            if on_stop is not None:
                await asyncio.to_thread(on_stop)
            await self.stop()

        http = HttpThreads(wsgi_app)
        return sio_library.ASGIApp(self.server.sio, http, on_startup=startup, on_shutdown=shutdown)
