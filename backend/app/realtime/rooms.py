"""Who has which canvas open in this process. Touched by the event loop only."""

from dataclasses import dataclass, field
from typing import Any

from app.domain.access.policy import Role
from app.utils.fast_json import Encoded


@dataclass
class Tab:
    """One open canvas in one browser tab."""

    sid: str
    user_id: str
    name: str
    role: Role
    client_id: str


@dataclass
class Room:
    tabs: dict[str, Tab] = field(default_factory=dict)
    cursors: dict[str, dict[str, Any]] = field(default_factory=dict)  # latest only, per socket
    shown: Encoded | None = None  # the list of members, encoded once until it changes
    members_sent: float = 0.0  # when the list was sent last, by the monotonic clock


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def enter(self, canvas_id: str, tab: Tab) -> Room:
        room = self._rooms.setdefault(canvas_id, Room())
        room.tabs[tab.sid] = tab
        room.shown = None
        return room

    def give_role(self, canvas_id: str, sid: str, role: Role) -> Tab | None:
        """The tab whose role this changed, if the socket is there and had another one."""
        room = self._rooms.get(canvas_id)
        tab = room.tabs.get(sid) if room else None
        if room is None or tab is None or tab.role is role:
            return None
        tab.role = role
        room.shown = None
        return tab

    def leave(self, canvas_id: str, sid: str) -> bool:
        """Whether the socket was there; an empty room is forgotten."""
        room = self._rooms.get(canvas_id)
        if room is None or room.tabs.pop(sid, None) is None:
            return False
        room.cursors.pop(sid, None)
        room.shown = None
        if not room.tabs:
            del self._rooms[canvas_id]
        return True

    def get(self, canvas_id: str) -> Room | None:
        return self._rooms.get(canvas_id)

    def tab(self, canvas_id: str, sid: str) -> Tab | None:
        room = self._rooms.get(canvas_id)
        return room.tabs.get(sid) if room else None

    def canvases_of(self, sid: str) -> list[str]:
        return [canvas_id for canvas_id, room in self._rooms.items() if sid in room.tabs]

    def sockets_of(self, canvas_id: str, user_id: str) -> list[Tab]:
        room = self._rooms.get(canvas_id)
        return [m for m in room.tabs.values() if m.user_id == user_id] if room else []

    def open_canvases(self) -> list[str]:
        return list(self._rooms)

    def members_view(self, canvas_id: str) -> list[dict[str, Any]]:
        """Each person once, with the sockets of their tabs."""
        people: dict[str, dict[str, Any]] = {}
        room = self._rooms.get(canvas_id)
        for tab in room.tabs.values() if room else ():
            person = people.setdefault(
                tab.user_id,
                {"user_id": tab.user_id, "name": tab.name, "role": "", "sockets": []},
            )
            person["role"] = tab.role.value
            person["sockets"].append(tab.sid)
        return list(people.values())
