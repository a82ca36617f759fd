"""The messages of the scene protocol: parsed once at the door, plain values afterwards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from app.domain.errors import Invalid
from app.domain.scene.place import Viewport
from app.domain.sync.vocabulary import BOUNDS

MAX_CHANGES = BOUNDS["batch_changes"]
MAX_OBJECT_PROPERTIES = 80
MAX_SELECTED = 200
_CANVAS_ID = re.compile(r"[A-Za-z0-9_-]{1,36}")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_OBJECT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_N = 2**53
_MAX_POINTER = 1e7


@dataclass(frozen=True)
class Change:
    """What one object becomes: `set` is the whole of a new one, else the touched groups.

    `origins`: whose value it is again, group by group, where a change only brings back what an
    earlier one wrote (an undo, a redo, a restore).
    """

    id: str
    set: dict[str, Any]
    create: bool = False
    origins: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenePush:
    canvas_id: str
    client_id: str
    n: int
    changes: tuple[Change, ...]
    after: int | None = None  # the sender's batch before it; None: n - 1


@dataclass(frozen=True)
class Join:
    canvas_id: str
    client_id: str
    epoch: str | None
    since: int | None


@dataclass(frozen=True)
class Cursor:
    canvas_id: str
    x: float | None  # None as long as this person has not pointed anywhere
    y: float | None
    tool: str = "pointer"
    selected: tuple[str, ...] = field(default_factory=tuple)
    view: Viewport | None = None


def parse_change(raw: Any) -> Change:
    if not isinstance(raw, Mapping):
        raise Invalid("A change has to be an object.", fields={"changes": "not an object"})
    object_id, props = raw.get("id"), raw.get("set")
    if not isinstance(object_id, str) or not _OBJECT_ID.fullmatch(object_id):
        raise Invalid("A change names no valid object.", fields={"id": "letters, digits, _ and -"})
    if not isinstance(props, Mapping) or len(props) > MAX_OBJECT_PROPERTIES:
        raise Invalid("A change sets no valid properties.", fields={"set": "not an object"})
    return Change(object_id, dict(props), raw.get("create") is True)


def parse_changes(raw: Any) -> tuple[Change, ...]:
    """Raises `Invalid` for anything that is not a list of 1 to MAX_CHANGES changes."""
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_CHANGES:
        number = f"1 to {MAX_CHANGES}"
        raise Invalid(f"Send {number} changes at once.", fields={"changes": number})
    return tuple(parse_change(change) for change in raw)


def parse_push(raw: Any) -> ScenePush:
    canvas_id, client_id = _canvas_id(raw), _client_id(raw)
    n = raw.get("n")
    if not _is_number(n, below=_MAX_N) or n == 0:
        raise Invalid("The batch number is not valid.", fields={"n": "a positive whole number"})
    after = raw.get("after")
    if after is not None and not _is_number(after, below=n):
        raise Invalid("The batch before it is not valid.", fields={"after": "0 or more, below n"})
    return ScenePush(canvas_id, client_id, n, parse_changes(raw.get("changes")), after)


def parse_join(raw: Any) -> Join:
    canvas_id, client_id = _canvas_id(raw), _client_id(raw)
    epoch, since = raw.get("epoch"), raw.get("since")
    if epoch is not None and not isinstance(epoch, str):
        raise Invalid("The epoch is not valid.", fields={"epoch": "text"})
    if since is not None and not _is_number(since):
        raise Invalid("The sequence number is not valid.", fields={"since": "0 or more"})
    return Join(canvas_id, client_id, epoch, since)


def parse_cursor(raw: Any) -> Cursor:
    canvas_id = _canvas_id(raw)
    resting = "x" not in raw and "y" not in raw and "view" in raw
    x, y = (None, None) if resting else (_pointer(raw.get("x")), _pointer(raw.get("y")))
    tool = "laser" if raw.get("tool") == "laser" else "pointer"
    selected = raw.get("selected")
    ids = selected[:MAX_SELECTED] if isinstance(selected, list) else []
    known = tuple(item for item in ids if _is_object_id(item))
    return Cursor(canvas_id, x, y, tool, known, _view(raw.get("view")))


def parse_canvas_id(raw: Any) -> str:
    return _canvas_id(raw)


def _canvas_id(raw: Any) -> str:
    value = raw.get("canvas_id") if isinstance(raw, Mapping) else None
    if not isinstance(value, str) or not _CANVAS_ID.fullmatch(value):
        raise Invalid("The message names no canvas.", fields={"canvas_id": "missing"})
    return value


def _client_id(raw: Mapping[str, Any]) -> str:
    value = raw.get("client_id")
    if not isinstance(value, str) or not _CLIENT_ID.fullmatch(value):
        raise Invalid("The message names no client.", fields={"client_id": "letters, digits, _, -"})
    return value


def _is_number(value: Any, below: float = inf) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < below


def _is_object_id(value: Any) -> bool:
    return isinstance(value, str) and _OBJECT_ID.fullmatch(value) is not None


def _view(raw: Any) -> Viewport | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        raise Invalid("The view is not valid.", fields={"view": "x, y, width, height"})
    return Viewport(*(_pointer(raw.get(side)) for side in ("x", "y", "width", "height")))


def _pointer(value: Any) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not abs(value) < _MAX_POINTER
    ):
        raise Invalid(
            "The pointer position is not valid.", fields={"x": "a number", "y": "a number"}
        )
    return float(value)
