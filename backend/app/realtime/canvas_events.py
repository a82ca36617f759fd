"""Events on an open canvas: joining, editing, pointing, leaving."""

import time
from typing import Any

from app.domain.access.policy import Role, Rule, may
from app.domain.errors import Conflict, NotFound, RateLimited
from app.domain.sync.messages import (
    Join,
    parse_canvas_id,
    parse_cursor,
    parse_join,
    parse_push,
)
from app.realtime.committer import Committer
from app.realtime.errors import NotJoined
from app.realtime.presence import Presence
from app.realtime.rooms import Member
from app.realtime.server import SocketServer
from app.services import access_service
from app.services.scene_events import canvas_room, editors_room
from app.services.scene_reading import Scene, last_n, read_scene
from app.services.scene_service import Push
from app.utils.crash_point import crash_point

MAX_MEMBERS_PER_CANVAS = 200
MAX_EVENTS_PER_SECOND = 60
BURST = 240
JOIN_COST = 20


class CanvasEvents:
    def __init__(self, server: SocketServer, presence: Presence, committer: Committer) -> None:
        self._server = server
        self._presence = presence
        self._committer = committer
        self._budgets: dict[str, tuple[float, float]] = {}  # sid -> tokens left, as of when
        server.on("join_canvas", self.join)
        server.on("leave_canvas", self.leave)
        server.on("scene_update", self.scene_update)
        server.on("cursor", self.cursor)

    async def join(self, sid: str, data: Any) -> dict[str, Any]:
        """Enter the room first, read second: what is committed in between arrives as a frame."""
        self._spend(sid, JOIN_COST)
        message, actor = parse_join(data), await self._server.actor_of(sid)
        role = await self._server.in_app(
            access_service.require, actor.id, Rule.CANVAS_VIEW, message.canvas_id
        )
        room = self._server.rooms.get(message.canvas_id)
        if room and len(room.members) >= MAX_MEMBERS_PER_CANVAS and sid not in room.members:
            raise Conflict("This canvas is full. Try again later.")
        member = Member(sid, actor.id, actor.name, role, message.client_id)
        await self._enter(member, message.canvas_id)
        now, scene, last_n = await self._server.in_app(_read, message, actor.id)
        if now is None:
            await self.put_out(sid, message.canvas_id)
            raise NotFound("Canvas not found.")
        if now is not member.role:
            member.role = role = now
            await self.enter_rooms(member, message.canvas_id)
        self._presence.changed(message.canvas_id)
        return {
            "ok": True,
            "epoch": scene.epoch,
            "seq": scene.seq,
            "min_seq": scene.min_seq,
            "mode": scene.mode,
            "objects": scene.objects,
            "last_n": last_n,
            "role": role.value,
            "members": self._presence.members(message.canvas_id),
        }

    async def _enter(self, member: Member, canvas_id: str) -> None:
        """A socket that was closed while its join was being looked at leaves nobody behind."""
        if self._server.is_open(member.sid):
            self._server.rooms.enter(canvas_id, member)
            await self.enter_rooms(member, canvas_id)
        if not self._server.is_open(member.sid):
            self._server.rooms.leave(canvas_id, member.sid)
            raise NotJoined

    async def enter_rooms(self, member: Member, canvas_id: str) -> None:
        sio = self._server.sio
        await sio.enter_room(member.sid, canvas_room(canvas_id))
        if may(member.role, Rule.CANVAS_EDIT):
            await sio.enter_room(member.sid, editors_room(canvas_id))
        else:
            await sio.leave_room(member.sid, editors_room(canvas_id))

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
        push = Push(actor.id, message.changes, message.client_id, message.n)
        applied = await self._committer.commit(message.canvas_id, push)
        crash_point("before_ack")
        answer: dict[str, Any] = {"ok": True, "seq": applied.last_seq}
        return answer | ({"gone": list(applied.refused)} if applied.refused else {})

    async def cursor(self, sid: str, data: Any) -> None:
        self._spend(sid)
        cursor = parse_cursor(data)
        member = self._server.rooms.member(cursor.canvas_id, sid)
        if member is not None:
            self._presence.moved(member, cursor)

    async def apply_roles(self, canvas_id: str, roles: dict[str, Role]) -> None:
        """Hold the open sockets of a canvas to the roles that hold now; strangers are put out."""
        room = self._server.rooms.get(canvas_id)
        for member in list(room.members.values()) if room else []:
            role = roles.get(member.user_id)
            if role is None:
                await self.put_out(member.sid, canvas_id)
                await self._server.sio.emit("removed", {"canvas_id": canvas_id}, room=member.sid)
            elif role is not member.role:
                member.role = role
                await self.enter_rooms(member, canvas_id)
                message = {"canvas_id": canvas_id, "role": role.value}
                await self._server.sio.emit("role_changed", message, room=member.sid)
                self._presence.changed(canvas_id)

    async def remove(self, canvas_id: str, user_id: str) -> None:
        """Put a person's tabs out of the room; what they are told says why."""
        for member in self._server.rooms.sockets_of(canvas_id, user_id):
            await self.put_out(member.sid, canvas_id)

    async def empty(self, canvas_id: str) -> None:
        room = self._server.rooms.get(canvas_id)
        for sid in list(room.members) if room else []:
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


def _read(message: Join, user_id: str) -> tuple[Role | None, Scene, int]:
    """The scene, the role and the client's last batch, all of one moment."""
    scene = read_scene(message.canvas_id, epoch=message.epoch, since=message.since)
    role = access_service.role_of(user_id, message.canvas_id)
    return role, scene, last_n(message.canvas_id, message.client_id)
