"""Who has a canvas open in other web processes, as these report; silent ones are forgotten."""

import time
from typing import Any

FORGET_SECONDS = 16.0  # three refreshes missed

Members = list[dict[str, Any]]


class Neighbours:
    """Only of canvases that are open here too."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, tuple[Members, float]]] = {}

    def open(self, canvas_id: str) -> bool:
        """Begin to keep what others say of this canvas; whether it is new here."""
        is_new = canvas_id not in self._parts
        self._parts.setdefault(canvas_id, {})
        return is_new

    def close(self, canvas_id: str) -> None:
        self._parts.pop(canvas_id, None)

    def hear(self, canvas_id: str, process: str, members: Members) -> bool:
        """Keep a process's members of a canvas; whether they are others than before."""
        parts = self._parts.get(canvas_id)
        if parts is None:
            return False
        before = parts.get(process, ([], 0.0))[0]
        if members:
            parts[process] = (members, time.monotonic())
        else:
            parts.pop(process, None)
        return members != before

    def forget_silent(self, canvas_id: str) -> bool:
        """Drop processes that were not heard of for a while; whether there were any."""
        parts, now = self._parts.get(canvas_id, {}), time.monotonic()
        silent = [key for key, (_, heard) in parts.items() if now - heard > FORGET_SECONDS]
        for key in silent:
            del parts[key]
        return bool(silent)

    def members(self, canvas_id: str) -> Members:
        return [m for part, _ in self._parts.get(canvas_id, {}).values() for m in part]


def merged(members: Members) -> Members:
    """Each person once, with the sockets of their tabs in all processes."""
    people: dict[str, dict[str, Any]] = {}
    for member in members:
        known = people.setdefault(member["user_id"], {**member, "sockets": []})
        known["sockets"] = [*known["sockets"], *member["sockets"]]
    return list(people.values())
