"""Canvases: create, list, rename, delete."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select, tuple_, update

from app.domain.errors import Invalid, NotFound
from app.extensions import db
from app.models import Canvas, CanvasObject, CanvasPermission, User, scene_rows
from app.models.ids import new_id
from app.models.sql_time import utc_now
from app.services import scene_events
from app.services.access_service import Actor
from app.services.thumbnail_service import canvas_address
from app.services.unit_of_work import unit_of_work

DEFAULT_TITLE = "Untitled canvas"
MAX_TITLE = 200
MAX_PAGE = 100


def create_canvas(user_id: str, title: str = "") -> str:
    """A new, empty canvas that the user owns; its id."""
    canvas_id = new_id()
    with unit_of_work():
        scene_rows.add_canvas(canvas_id, user_id, _clean_title(title) or DEFAULT_TITLE)
    return canvas_id


def list_canvases(actor: Actor, limit: int, cursor: str | None) -> dict[str, Any]:
    """The actor's canvases, most recently changed first, a page at a time."""
    query = (
        _with_details(actor.id)
        .order_by(Canvas.updated_at.desc(), Canvas.id.desc())
        .limit(min(limit, MAX_PAGE) + 1)
    )
    if cursor:
        updated_at, canvas_id = _read_cursor(cursor)
        query = query.where(tuple_(Canvas.updated_at, Canvas.id) < tuple_(updated_at, canvas_id))
    rows = db.session.execute(query).all()
    page, more = rows[:limit], len(rows) > limit
    return {
        "canvases": [_view(*row) for row in page],
        "next_cursor": _write_cursor(page[-1][0]) if more else None,
    }


def get_canvas(actor: Actor, canvas_id: str) -> dict[str, Any]:
    row = db.session.execute(_with_details(actor.id).where(Canvas.id == canvas_id)).one_or_none()
    if row is None:
        raise NotFound("Canvas not found.")
    return _view(*row)


def rename_canvas(actor: Actor, canvas_id: str, title: str) -> dict[str, Any]:
    clean = _clean_title(title)
    if not clean:
        raise Invalid(fields={"title": "must not be empty"})
    with unit_of_work():
        db.session.execute(
            update(Canvas).where(Canvas.id == canvas_id).values(title=clean, updated_at=utc_now())
        )
    return get_canvas(actor, canvas_id)


def delete_canvas(canvas_id: str) -> None:
    """Delete the canvas, its objects and its members' access, and tell whoever has it open."""
    with unit_of_work() as work:
        db.session.execute(delete(Canvas).where(Canvas.id == canvas_id))
        work.after_commit(lambda: scene_events.canvas_deleted(canvas_id))


def canvas_title(canvas_id: str) -> str:
    title = db.session.execute(select(Canvas.title).where(Canvas.id == canvas_id)).scalar()
    if title is None:
        raise NotFound("Canvas not found.")
    return title


def _with_details(user_id: str) -> Any:
    count = (
        select(func.count())
        .where(CanvasObject.canvas_id == Canvas.id, CanvasObject.deleted.is_(False))
        .correlate(Canvas)
        .scalar_subquery()
    )
    return (
        select(Canvas, CanvasPermission.role, User, count)
        .join(
            CanvasPermission,
            and_(CanvasPermission.canvas_id == Canvas.id, CanvasPermission.user_id == user_id),
        )
        .join(User, User.id == Canvas.owner_id)
    )


def _view(canvas: Canvas, role: str, owner: User, object_count: int) -> dict[str, Any]:
    return {
        "id": canvas.id,
        "title": canvas.title,
        "role": role,
        "owner": {"id": owner.id, "name": owner.name},
        "object_count": object_count,
        "seq": canvas.head_seq,
        "thumbnail": canvas_address(canvas.id, canvas.epoch, canvas.head_seq),
        "created_at": canvas.created_at.isoformat(),
        "updated_at": canvas.updated_at.isoformat(),
    }


def _clean_title(title: str) -> str:
    return " ".join("".join(ch if ch.isprintable() else " " for ch in title).split())[:MAX_TITLE]


def _write_cursor(canvas: Canvas) -> str:
    raw = json.dumps([canvas.updated_at.isoformat(), canvas.id])
    return base64.urlsafe_b64encode(raw.encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        updated_at, canvas_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return datetime.fromisoformat(updated_at), str(canvas_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid(fields={"cursor": "is not one this server gave"}) from error
