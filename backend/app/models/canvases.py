"""Canvases as a whole: made, listed, renamed, deleted. Their scenes are in `scene_rows.py`."""

from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, delete, false, func, insert, select, tuple_, update

from app.domain.access.policy import Role
from app.models import members
from app.models.canvas import Canvas
from app.models.canvas_object import CanvasObject
from app.models.canvas_permission import CanvasPermission
from app.models.sql import count, first, nothing, rows, statement, value
from app.models.sql_time import utc_now
from app.models.user import User

C: Any = Canvas.__table__
O: Any = CanvasObject.__table__  # noqa: E741  as the others
P: Any = CanvasPermission.__table__
U: Any = User.__table__


def add(canvas_id: str, owner_id: str, title: str) -> None:
    _add(canvas_id, owner_id, title)
    members.add(canvas_id, owner_id, Role.OWNER)


@statement(nothing)
def _add(canvas_id: str, owner_id: str, title: str) -> Executable:
    return insert(C).values(id=canvas_id, owner_id=owner_id, title=title)


@statement(first)
def seen_by(user_id: str, canvas_id: str) -> Executable:
    """The canvas as a member sees it; None: no member, or no canvas.

    (id, title, epoch, head_seq, created_at, updated_at, role, owner_id, owner_name, object_count)
    """
    return _seen_by(user_id).where(C.c.id == canvas_id)


@statement(rows)
def newest_of(user_id: str, limit: int) -> Executable:
    """As `seen_by`, of the canvases of a person that were changed last."""
    return _newest_first(_seen_by(user_id), limit)


@statement(rows)
def next_of(user_id: str, limit: int, updated_at: datetime, canvas_id: str) -> Executable:
    """As `newest_of`, of those that come after this one."""
    after = tuple_(C.c.updated_at, C.c.id) < tuple_(updated_at, canvas_id)
    return _newest_first(_seen_by(user_id).where(after), limit)


def _seen_by(user_id: Any) -> Select[Any]:
    live = select(func.count()).where(O.c.canvas_id == C.c.id, O.c.deleted == false())
    names = ("id", "title", "epoch", "head_seq", "created_at", "updated_at")
    theirs = (P.c.canvas_id == C.c.id) & (P.c.user_id == user_id)
    return (
        select(
            *(C.c[name] for name in names),
            P.c.role,
            C.c.owner_id,
            U.c.name.label("owner_name"),
            live.correlate(C).scalar_subquery().label("object_count"),
        )
        .join_from(C, P, theirs)
        .join(U, U.c.id == C.c.owner_id)
    )


def _newest_first(found: Select[Any], limit: Any) -> Executable:
    return found.order_by(C.c.updated_at.desc(), C.c.id.desc()).limit(limit)


@statement(value)
def title_of(canvas_id: str) -> Executable:
    """None: there is no such canvas."""
    return select(C.c.title).where(C.c.id == canvas_id)


@statement(nothing)
def rename(canvas_id: str, title: str) -> Executable:
    return update(C).where(C.c.id == canvas_id).values(title=title, updated_at=utc_now())


@statement(nothing)
def give_to(canvas_id: str, owner_id: str) -> Executable:
    """Only the canvas's own word: the members' roles are changed beside it."""
    return update(C).where(C.c.id == canvas_id).values(owner_id=owner_id)


@statement(nothing)
def delete_canvas(canvas_id: str) -> Executable:
    """With all that belongs to it."""
    return delete(C).where(C.c.id == canvas_id)


@statement(count)
def renew_epochs(epoch: str) -> Executable:
    """Give every canvas this epoch; how many there are."""
    return update(C).values(epoch=epoch)
