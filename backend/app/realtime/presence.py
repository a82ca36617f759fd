"""Presence: who is here and where they point. Latest only, never stored, gathered per tick."""

import asyncio
import secrets
import time
from dataclasses import asdict
from typing import Any

from app.domain.sync.messages import Cursor
from app.realtime.neighbours import Neighbours, merged
from app.realtime.rooms import Room, Tab
from app.realtime.server import SocketServer
from app.services.scene_events import canvas_room
from app.utils.fast_json import Encoded, encoded

SMALL_ROOM = 20
LARGE_ROOM = 50
TICK_SECONDS = {"small": 0.05, "medium": 0.1, "large": 0.2}
LARGE_ROOM_SECONDS = 1.0  # between two lists of who is here
PART = "process_members"  # what processes publish to each other
ALL_PROCESSES = "processes"


class Presence:
    def __init__(self, server: SocketServer) -> None:
        self._server = server
        self._process = secrets.token_hex(8)
        self._neighbours = Neighbours()
        self._ticking: dict[str, asyncio.Task[None]] = {}
        self._changed: set[str] = set()

    def changed(self, canvas_id: str) -> None:
        """Somebody came, left, or has another role: the room gets one new list."""
        self._changed.add(canvas_id)
        self._tick(canvas_id)

    def moved(self, tab: Tab, cursor: Cursor) -> None:
        room = self._server.rooms.get(cursor.canvas_id)
        if room is None:
            return
        said: dict[str, Any] = {
            "user_id": tab.user_id,
            "name": tab.name,
            "tool": cursor.tool,
            "selected": list(cursor.selected),
        }
        if cursor.x is not None:
            said |= {"x": cursor.x, "y": cursor.y}
        if cursor.view is not None:
            said["view"] = asdict(cursor.view)
        room.cursors[tab.sid] = said
        self._tick(cursor.canvas_id)

    def members(self, canvas_id: str) -> Encoded:
        """Who has the canvas open, in whichever process."""
        room = self._server.rooms.get(canvas_id)
        if room is not None and room.shown is not None:
            return room.shown
        here = self._server.rooms.members_view(canvas_id)
        shown = encoded(merged([*here, *self._neighbours.members(canvas_id)]))
        if room is not None:
            room.shown = shown
        return shown

    async def hear(self, part: dict[str, Any]) -> None:
        """What another process says of a canvas. One that has just opened it is answered."""
        canvas_id = part["canvas_id"]
        room = self._server.rooms.get(canvas_id)
        if part["process"] == self._process or room is None:
            return
        if self._neighbours.hear(canvas_id, part["process"], part["members"]):
            room.shown = None
            await self._publish_members(canvas_id)
        if part["ask"]:
            await self._publish_part(canvas_id)

    async def refresh(self, canvas_id: str) -> None:
        """Every few seconds: report that we are here, and forget processes that report no more."""
        await self._publish_part(canvas_id)
        room = self._server.rooms.get(canvas_id)
        if room is not None and self._neighbours.forget_silent(canvas_id):
            room.shown = None
            await self._publish_members(canvas_id)

    def _tick(self, canvas_id: str) -> None:
        if canvas_id not in self._ticking:
            self._ticking[canvas_id] = asyncio.create_task(self._flush(canvas_id))

    async def _flush(self, canvas_id: str) -> None:
        try:
            await asyncio.sleep(self._interval(canvas_id))
        finally:
            del self._ticking[canvas_id]
        room = self._server.rooms.get(canvas_id)
        if canvas_id in self._changed and self._may_publish_members(room):
            self._changed.discard(canvas_id)
            if room is not None:
                await self._publish_members(canvas_id)
            await self._publish_part(canvas_id)
        if room is not None and room.cursors:
            cursors, room.cursors = room.cursors, {}
            message = {"canvas_id": canvas_id, "by_socket": cursors}
            await self._server.sio.emit("cursors", message, room=canvas_room(canvas_id))
        if canvas_id in self._changed:
            self._tick(canvas_id)

    def _may_publish_members(self, room: Room | None) -> bool:
        """The list goes to everybody and is as long as the room: not often while a crowd comes."""
        now = time.monotonic()
        if room is None or len(room.tabs) <= LARGE_ROOM:
            return True
        if now - room.members_sent < LARGE_ROOM_SECONDS:
            return False
        room.members_sent = now
        return True

    def _interval(self, canvas_id: str) -> float:
        room = self._server.rooms.get(canvas_id)
        size = len(room.tabs) if room else 0
        if size <= SMALL_ROOM:
            return TICK_SECONDS["small"]
        return TICK_SECONDS["medium" if size <= LARGE_ROOM else "large"]

    async def _publish_members(self, canvas_id: str) -> None:
        message = {"canvas_id": canvas_id, "members": self.members(canvas_id)}
        room = canvas_room(canvas_id)
        await self._server.sio.emit("presence", message, room=room, ignore_queue=True)

    async def _publish_part(self, canvas_id: str) -> None:
        if self._server.settings.embedded:
            return
        is_open = self._server.rooms.get(canvas_id) is not None
        if not is_open:
            self._neighbours.close(canvas_id)
        part = {
            "canvas_id": canvas_id,
            "process": self._process,
            "members": encoded(self._server.rooms.members_view(canvas_id)),
            "ask": is_open and self._neighbours.open(canvas_id),
        }
        await self._server.sio.emit(PART, part, room=ALL_PROCESSES)
