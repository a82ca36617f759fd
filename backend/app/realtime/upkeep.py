"""Upkeep of open canvases: repairs what a lost frame or a lost event leaves behind."""

import asyncio
from typing import Any

from app.realtime.canvas_events import CanvasEvents
from app.realtime.connection import Connections
from app.realtime.presence import PART, Presence
from app.realtime.server import SocketServer
from app.services import file_upkeep, history_upkeep, room_service
from app.services.scene_events import canvas_room, user_of
from app.utils.logger import SmartLogger

EVERY_SECONDS = 5.0
ROUNDS_PER_MINUTE = 12


class Upkeep:
    """Every few seconds: `head` to each open canvas (so that a lost last frame is noticed), roles
    as they are now (the event of a change may be lost), slow sockets; every minute ended
    sign-ins, and the history of all canvases."""

    def __init__(
        self,
        server: SocketServer,
        presence: Presence,
        events: CanvasEvents,
        connections: Connections,
    ) -> None:
        self._server = server
        self._presence = presence
        self._checks: set[asyncio.Task[None]] = set()
        self._events = events
        self._connections = connections

    async def run(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            rounds += 1
            try:
                await self._round(minute=rounds % ROUNDS_PER_MINUTE == 0)
            except Exception as error:  # noqa: BLE001  the next round tries again
                SmartLogger().log_error("upkeep_failed", error)

    async def _round(self, *, minute: bool) -> None:
        open_canvases = self._server.rooms.open_canvases()
        if open_canvases:
            facts = await self._server.in_app(room_service.room_facts, open_canvases)
            for canvas_id in open_canvases:
                await self.check(canvas_id, facts)
                await self._presence.refresh(canvas_id)
        self._server.delivery.close_hopeless()
        if minute:
            await self._connections.drop_ended_sessions()
            await self._server.in_app(history_upkeep.tidy)
            await self._server.in_app(file_upkeep.tidy_files)

    async def check(self, canvas_id: str, facts: dict[str, Any]) -> None:
        fact = facts.get(canvas_id)
        await self._events.apply_roles(canvas_id, fact.roles if fact else {})
        if fact is not None:
            message = {"canvas_id": canvas_id, "seq": fact.seq}
            room = canvas_room(canvas_id)
            await self._server.sio.emit("head", message, room=room, ignore_queue=True)

    async def handle(self, event: str, data: Any, room: str | list[str]) -> None:
        """Act at once on what this or another process did, before the next frame."""
        user_id = user_of(room) if isinstance(room, str) else None
        if event == PART:
            await self._presence.hear(data)
        elif event == "canvas_deleted":
            await self._events.empty(data["canvas_id"])
        elif event == "removed" and user_id:
            await self._events.remove(data["canvas_id"], user_id)
        elif event == "role_changed" and user_id:
            task = asyncio.create_task(self._access_changed(data["canvas_id"]))
            self._checks.add(task)
            task.add_done_callback(self._checks.discard)

    async def _access_changed(self, canvas_id: str) -> None:
        if self._server.rooms.get(canvas_id) is not None:
            facts = await self._server.in_app(room_service.room_facts, [canvas_id])
            await self.check(canvas_id, facts)
