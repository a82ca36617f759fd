"""Presence: who is here and where they point. Latest only, never stored, gathered per tick."""

import asyncio
from typing import Any

from app.domain.sync.messages import Cursor
from app.realtime.rooms import Member
from app.realtime.server import SocketServer
from app.services.scene_events import canvas_room

SMALL_ROOM = 20
LARGE_ROOM = 50
TICK_SECONDS = {"small": 0.05, "medium": 0.1, "large": 0.2}


class Presence:
    def __init__(self, server: SocketServer) -> None:
        self._server = server
        self._ticking: dict[str, asyncio.Task[None]] = {}
        self._changed: set[str] = set()

    def changed(self, canvas_id: str) -> None:
        """Somebody came, left, or has another role: everybody in the room is told once."""
        self._changed.add(canvas_id)
        self._tick(canvas_id)

    def moved(self, member: Member, cursor: Cursor) -> None:
        room = self._server.rooms.get(cursor.canvas_id)
        if room is None:
            return
        room.cursors[member.sid] = {
            "user_id": member.user_id,
            "name": member.name,
            "x": cursor.x,
            "y": cursor.y,
            "tool": cursor.tool,
            "selected": list(cursor.selected),
        }
        self._tick(cursor.canvas_id)

    def _tick(self, canvas_id: str) -> None:
        if canvas_id not in self._ticking:
            self._ticking[canvas_id] = asyncio.create_task(self._flush(canvas_id))

    async def _flush(self, canvas_id: str) -> None:
        try:
            await asyncio.sleep(self._interval(canvas_id))
        finally:
            del self._ticking[canvas_id]
        room = self._server.rooms.get(canvas_id)
        if room is None:
            self._changed.discard(canvas_id)
            return
        if canvas_id in self._changed:
            self._changed.discard(canvas_id)
            members = self._server.rooms.members_view(canvas_id)
            await self._say("presence", canvas_id, {"members": members})
        if room.cursors:
            cursors, room.cursors = room.cursors, {}
            await self._say("cursors", canvas_id, {"by_socket": cursors})

    def _interval(self, canvas_id: str) -> float:
        room = self._server.rooms.get(canvas_id)
        size = len(room.members) if room else 0
        if size <= SMALL_ROOM:
            return TICK_SECONDS["small"]
        return TICK_SECONDS["medium" if size <= LARGE_ROOM else "large"]

    async def _say(self, event: str, canvas_id: str, data: dict[str, Any]) -> None:
        message = {"canvas_id": canvas_id, **data}
        await self._server.sio.emit(event, message, room=canvas_room(canvas_id))
