"""Events on an open canvas: joining, editing, pointing, leaving."""

import time
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.access.policy import Role, Rule, may
from app.domain.errors import Conflict, NotFound, RateLimited
from app.domain.sync.messages import parse_canvas_id, parse_cursor, parse_join, parse_push
from app.realtime.committer import Committer
from app.realtime.errors import NotJoined
from app.realtime.gathering import Gatherer
from app.realtime.presence import Presence
from app.realtime.rooms import Tab
from app.realtime.server import SocketServer
from app.services import access_service
from app.services.scene_events import canvas_room, editors_room
from app.services.scene_reading import Arrival, Welcome, welcome
from app.services.scene_service import Push
from app.utils.crash_point import crash_point

MAX_TABS_PER_CANVAS = 200
MAX_EVENTS_PER_SECOND = 60
BURST = 240
JOIN_COST = 20


class CanvasEvents:
    def __init__(self, server: SocketServer, presence: Presence, committer: Committer) -> None:
        self._server = server
        self._presence = presence
        self._committer = committer
        self._budgets: dict[str, tuple[float, float]] = {}  # sid -> tokens left, as of when
        self._viewers: Gatherer[tuple[str, str], tuple[ViewableCanvasId, Role]] = server.gathered(
            access_service.viewers_in
        )
        self._welcomes: Gatherer[Arrival, Welcome] = server.gathered(welcome)
        server.on("join_canvas", self.join)
        server.on("leave_canvas", self.leave)
        server.on("scene_update", self.scene_update)
        server.on("cursor", self.cursor)

    async def join(self, sid: str, data: Any) -> dict[str, Any]:
        """Enter the room first, read second: what is committed in between arrives as a frame."""
        self._spend(sid, JOIN_COST)
        message, actor = parse_join(data), await self._server.actor_of(sid)
        canvas_id, role = await self._viewers.get((message.canvas_id, actor.id))
        room = self._server.rooms.get(canvas_id)
        if room and len(room.tabs) >= MAX_TABS_PER_CANVAS and sid not in room.tabs:
            raise Conflict("This canvas is full. Try again later.")
        entered = Tab(sid, actor.id, actor.name, role, message.client_id)
        await self._enter(entered, canvas_id)
        arrival = Arrival(canvas_id, actor.id, message.client_id, message.epoch, message.since)
        answer = await self._welcomes.get(arrival)
        if answer.role is None or self._server.rooms.tab(canvas_id, sid) is not entered:
            await self.put_out(sid, canvas_id)
            raise NotFound("Canvas not found.")
        if entered.role is role:  # else it was changed since the answer was read
            await self._give_role(canvas_id, sid, answer.role)
        self._presence.changed(canvas_id)
        return {
            "ok": True,
            "epoch": answer.epoch,
            "seq": answer.seq,
            "min_seq": answer.min_seq,
            "mode": answer.mode,
            "objects": answer.objects,
            "last_n": answer.last_n,
            "role": entered.role.value,
            "members": self._presence.members(canvas_id),
        }

    async def _enter(self, tab: Tab, canvas_id: str) -> None:
        """A socket that was closed while its join was being looked at leaves nobody behind."""
        if self._server.is_open(tab.sid):
            self._server.rooms.enter(canvas_id, tab)
            await self._enter_rooms(tab, canvas_id)
        if not self._server.is_open(tab.sid):
            self._server.rooms.leave(canvas_id, tab.sid)
            raise NotJoined

    async def _give_role(self, canvas_id: str, sid: str, role: Role) -> bool:
        """Whether the socket is there and had another one."""
        tab = self._server.rooms.give_role(canvas_id, sid, role)
        if tab is not None:
            await self._enter_rooms(tab, canvas_id)
        return tab is not None

    async def _enter_rooms(self, tab: Tab, canvas_id: str) -> None:
        sio = self._server.sio
        await sio.enter_room(tab.sid, canvas_room(canvas_id))
        if may(tab.role, Rule.CANVAS_EDIT):
            await sio.enter_room(tab.sid, editors_room(canvas_id))
        else:
            await sio.leave_room(tab.sid, editors_room(canvas_id))

    async def leave(self, sid: str, data: Any) -> dict[str, Any]:
        canvas_id = parse_canvas_id(data)
        await self.put_out(sid, canvas_id)
        return {"ok": True}

    async def put_out(self, sid: str, canvas_id: str) -> None:
        if self._server.rooms.leave(canvas_id, sid):
            await self._server.sio.leave_room(sid, canvas_room(canvas_id))
            await self._server.sio.leave_room(sid, editors_room(canvas_id))
            self._presence.changed(canvas_id)

    async def scene_update(self, sid: str, data: Any) -> dict[str, Any]:
        self._spend(sid)
        message, actor = parse_push(data), await self._server.actor_of(sid)
        push = Push(actor.id, message.changes, message.client_id, message.n, after=message.after)
        applied = await self._committer.commit(message.canvas_id, push)
        crash_point("before_ack")
        answer: dict[str, Any] = {"ok": True, "seq": applied.last_seq}
        return answer | ({"gone": list(applied.refused)} if applied.refused else {})

    async def cursor(self, sid: str, data: Any) -> None:
        self._spend(sid)
        cursor = parse_cursor(data)
        tab = self._server.rooms.tab(cursor.canvas_id, sid)
        if tab is not None:
            self._presence.moved(tab, cursor)

    async def apply_roles(self, canvas_id: str, roles: dict[str, Role]) -> None:
        """Hold the open sockets of a canvas to the roles that hold now; strangers are put out."""
        room = self._server.rooms.get(canvas_id)
        for tab in list(room.tabs.values()) if room else []:
            role = roles.get(tab.user_id)
            if role is None:
                await self.put_out(tab.sid, canvas_id)
                await self._server.sio.emit("removed", {"canvas_id": canvas_id}, room=tab.sid)
            elif await self._give_role(canvas_id, tab.sid, role):
                message = {"canvas_id": canvas_id, "role": role.value}
                await self._server.sio.emit("role_changed", message, room=tab.sid)
                self._presence.changed(canvas_id)

    async def remove(self, canvas_id: str, user_id: str) -> None:
        """Put a person's tabs out of the room; the event that they get says why."""
        for tab in self._server.rooms.sockets_of(canvas_id, user_id):
            await self.put_out(tab.sid, canvas_id)

    async def empty(self, canvas_id: str) -> None:
        room = self._server.rooms.get(canvas_id)
        for sid in list(room.tabs) if room else []:
            await self.put_out(sid, canvas_id)

    def forget(self, sid: str) -> None:
        self._budgets.pop(sid, None)

    def _spend(self, sid: str, cost: int = 1) -> None:
        """From this socket's budget: 60 events a second, 240 at once; a join costs as much as 20.

        Spent before anything is looked at: what is refused here was not answered, and the client
        sends the same batch again.
        """
        now = time.monotonic()
        left, since = self._budgets.get(sid, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * MAX_EVENTS_PER_SECOND)
        if left < cost:
            raise RateLimited(1)
        self._budgets[sid] = (left - cost, now)
