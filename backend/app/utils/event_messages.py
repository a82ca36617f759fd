"""Events between processes: a message on Redis holds what one of them says at one moment."""

import uuid
from collections.abc import Sequence
from typing import Any

from app.utils import fast_json

CHANNEL = "collabcanvas"

Event = tuple[str, Any, str | list[str]]  # its name, its data, its rooms


def new_origin() -> str:
    """Names a process, in as many letters as any other."""
    return uuid.uuid4().hex


def packed(origin: str, events: Sequence[str]) -> str:
    """What one process says at one moment, each event as JSON. Its name stands before all the
    rest: a process needs not read what it said itself."""
    return f"{origin}[{','.join(events)}]"


def unpacked(message: bytes, reader: str) -> list[Event]:
    """The events in a message; none if the reader said them, or if it has another form, as an
    older program's has."""
    start = len(reader)
    if message[:start] == reader.encode():
        return []
    try:
        events = fast_json.loads(message[start:])
    except ValueError:
        return []
    return events if isinstance(events, list) else []
