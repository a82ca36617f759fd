"""Who has which canvas open in this process. Touched by the event loop only."""

from dataclasses import dataclass, field
from typing import Any

from app.domain.access.policy import Role
from app.utils.fast_json import Encoded


@dataclass
class Member:
    """One open canvas in one browser tab."""

    sid: str
    user_id: str
    name: str
    role: Role
    client_id: str


@dataclass
class Room:
    members: dict[str, Member] = field(default_factory=dict)
    cursors: dict[str, dict[str, Any]] = field(default_factory=dict)  # latest only, per socket
    shown: Encoded | None = None  # its members, for all who are told of them before they change
    members_told: float = 0.0  # when, by the monotonic clock


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def enter(self, canvas_id: str, member: Member) -> Room:
        room = self._rooms.setdefault(canvas_id, Room())
        room.members[member.sid] = member
        room.shown = None
        return room

    def give_role(self, canvas_id: str, sid: str, role: Role) -> Member | None:
        """The member whose role this changed, if the socket is there and had another one."""
        room = self._rooms.get(canvas_id)
        member = room.members.get(sid) if room else None
        if room is None or member is None or member.role is role:
            return None
        member.role = role
        room.shown = None
        return member

    def leave(self, canvas_id: str, sid: str) -> bool:
        """Whether the socket was there; an empty room is forgotten."""
        room = self._rooms.get(canvas_id)
        if room is None or room.members.pop(sid, None) is None:
            return False
        room.cursors.pop(sid, None)
        room.shown = None
        if not room.members:
            del self._rooms[canvas_id]
        return True

    def get(self, canvas_id: str) -> Room | None:
        return self._rooms.get(canvas_id)

    def member(self, canvas_id: str, sid: str) -> Member | None:
        room = self._rooms.get(canvas_id)
        return room.members.get(sid) if room else None

    def canvases_of(self, sid: str) -> list[str]:
        return [canvas_id for canvas_id, room in self._rooms.items() if sid in room.members]

    def sockets_of(self, canvas_id: str, user_id: str) -> list[Member]:
        room = self._rooms.get(canvas_id)
        return [m for m in room.members.values() if m.user_id == user_id] if room else []

    def open_canvases(self) -> list[str]:
        return list(self._rooms)

    def members_view(self, canvas_id: str) -> list[dict[str, Any]]:
        """Each person once, with the sockets of their tabs."""
        people: dict[str, dict[str, Any]] = {}
        room = self._rooms.get(canvas_id)
        for member in room.members.values() if room else ():
            person = people.setdefault(
                member.user_id,
                {"user_id": member.user_id, "name": member.name, "role": "", "sockets": []},
            )
            person["role"] = member.role.value
            person["sockets"].append(member.sid)
        return list(people.values())
