"""Canvases: create, list, rename, delete."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from app.domain.access.ids import EditableCanvasId, OwnedCanvasId, ViewableCanvasId
from app.domain.errors import Invalid, NotFound
from app.models import canvases
from app.models.ids import new_id
from app.services.access_service import Actor, made
from app.services.scene_events import publish_after
from app.services.thumbnail_service import canvas_address
from app.services.unit_of_work import unit_of_work

DEFAULT_TITLE = "Untitled canvas"
MAX_TITLE = 200
MAX_PAGE = 100


def create_canvas(user_id: str, title: str = "") -> OwnedCanvasId:
    """A new, empty canvas that the user owns; its id."""
    canvas_id = new_id()
    with unit_of_work():
        canvases.add(canvas_id, user_id, _clean_title(title) or DEFAULT_TITLE)
    return made(canvas_id)


def list_canvases(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """The actor's canvases, most recently changed first, a page at a time."""
    at_most = min(limit, MAX_PAGE) + 1
    if cursor:
        rows = canvases.next_of(actor.id, at_most, *_read_cursor(cursor))
    else:
        rows = canvases.newest_of(actor.id, at_most)
    page, more = rows[:limit], len(rows) > limit
    return {
        "canvases": [_view(row) for row in page],
        "next_cursor": _write_cursor(page[-1]) if more else None,
    }


def get_canvas(actor: Actor, canvas_id: ViewableCanvasId) -> dict[str, Any]:
    row = canvases.seen_by(actor.id, canvas_id)
    if row is None:
        raise NotFound("Canvas not found.")
    return _view(row)


def rename_canvas(actor: Actor, canvas_id: EditableCanvasId, title: str) -> dict[str, Any]:
    clean = _clean_title(title)
    if not clean:
        raise Invalid(fields={"title": "must not be empty"})
    with unit_of_work():
        canvases.rename(canvas_id, clean)
    return get_canvas(actor, canvas_id)


def delete_canvas(canvas_id: OwnedCanvasId) -> None:
    """Delete the canvas, its objects and its members' access, and publish that to its room."""
    with unit_of_work() as work:
        canvases.delete_canvas(canvas_id)
        publish_after(work, "canvas_deleted", canvas_id)


def canvas_title(canvas_id: ViewableCanvasId) -> str:
    title: str | None = canvases.title_of(canvas_id)
    if title is None:
        raise NotFound("Canvas not found.")
    return title


def _view(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "role": row.role,
        "owner": {"id": row.owner_id, "name": row.owner_name},
        "object_count": row.object_count,
        "seq": row.head_seq,
        "thumbnail": canvas_address(row.id, row.epoch, row.head_seq),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def _clean_title(title: str) -> str:
    return " ".join("".join(ch if ch.isprintable() else " " for ch in title).split())[:MAX_TITLE]


def _write_cursor(canvas: Any) -> str:
    raw = json.dumps([canvas.updated_at.isoformat(), canvas.id])
    return base64.urlsafe_b64encode(raw.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        updated_at, canvas_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(updated_at), str(canvas_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid(fields={"cursor": "is not one this server gave"}) from error
