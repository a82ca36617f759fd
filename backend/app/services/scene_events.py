"""The events of a canvas, and their rooms: published only after the commit."""

import json
from collections.abc import Mapping
from typing import Any

from app.extensions import socketio
from app.services.unit_of_work import UnitOfWork

MAX_FRAME_BYTES = 1024 * 1024
_USER = "user:"
# At most so many bytes for each item of these, and for the rest of a change.
_WEIGHTS = {
    "points": 60, "pressures": 25, "text": 12, "originalText": 12, "name": 12, "link": 12,
    "boundElements": 200, "groupIds": 150, "fixedSegments": 200, "customData": 1_600,
}  # fmt: skip
_REST = 1_800


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
    """The frame; or, if it is larger than a client has to take, that there is something to ask for
    (rule S4)."""
    room = canvas_room(frame["canvas_id"])
    if is_too_large(frame):
        head = {"canvas_id": frame["canvas_id"], "seq": frame["to"]}
        socketio.emit("head", head, to=room)
    else:
        socketio.emit("scene_update", frame, to=room)


def is_too_large(frame: Mapping[str, Any]) -> bool:
    """Measured only where it may be: nearly all frames are small, and measuring costs time."""
    most = sum(_most_bytes(change["set"]) for change in frame["changes"])
    return most > MAX_FRAME_BYTES and len(json.dumps(frame)) > MAX_FRAME_BYTES


def _most_bytes(props: Mapping[str, Any]) -> int:
    return _REST + sum(
        weight * len(props[name] or ()) for name, weight in _WEIGHTS.items() if name in props
    )


def publish_after(
    work: UnitOfWork, event: str, canvas_id: str, *, user_id: str | None = None, **data: Any
) -> None:
    """Publish what `work` does, once it is committed: to all on the canvas, or to one person."""
    message = {"canvas_id": canvas_id, **data}
    room = canvas_room(canvas_id) if user_id is None else user_room(user_id)
    work.after_commit(lambda: socketio.emit(event, message, to=room))
