"""What members of a canvas are told, and in which room. Called only after the commit."""

from typing import Any

from app.extensions import socketio

_USER = "user:"


def user_room(user_id: str) -> str:
    return _USER + user_id


def user_of(room: str) -> str | None:
    """Whose own room this is, if it is one."""
    return room.removeprefix(_USER) if room.startswith(_USER) else None


def canvas_room(canvas_id: str) -> str:
    return f"canvas:{canvas_id}"


def editors_room(canvas_id: str) -> str:
    """The members who may read the instructions of each other's jobs."""
    return f"canvas:{canvas_id}:editors"


def scene_changed(frame: dict[str, Any]) -> None:
    socketio.emit("scene_update", frame, to=canvas_room(frame["canvas_id"]))


def canvas_deleted(canvas_id: str) -> None:
    socketio.emit("canvas_deleted", {"canvas_id": canvas_id}, to=canvas_room(canvas_id))


def role_changed(canvas_id: str, user_id: str, role: str) -> None:
    message = {"canvas_id": canvas_id, "role": role}
    socketio.emit("role_changed", message, to=user_room(user_id))


def removed(canvas_id: str, user_id: str) -> None:
    socketio.emit("removed", {"canvas_id": canvas_id}, to=user_room(user_id))
