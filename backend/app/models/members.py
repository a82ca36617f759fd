"""The members of canvases: listed, added, changed. What a role allows is asked in `roles.py`."""

from typing import Any

from sqlalchemy import Executable, delete, func, insert, select, update

from app.models.canvas_permission import CanvasPermission
from app.models.sql import nothing, rows, statement, value
from app.models.user import User

P: Any = CanvasPermission.__table__
U: Any = User.__table__


@statement(rows)
def members_of(canvas_id: str) -> Executable:
    """(id, name, email, role) of everybody, in the order in which they joined."""
    found = select(U.c.id, U.c.name, U.c.email, P.c.role).where(P.c.canvas_id == canvas_id)
    return found.join_from(P, U, U.c.id == P.c.user_id).order_by(P.c.created_at, U.c.name)


@statement(value)
def count_members(canvas_id: str) -> Executable:
    return select(func.count()).where(P.c.canvas_id == canvas_id)


@statement(nothing)
def add(canvas_id: str, user_id: str, role: str) -> Executable:
    return insert(P).values(canvas_id=canvas_id, user_id=user_id, role=role)


@statement(nothing)
def change_role(canvas_id: str, user_id: str, role: str) -> Executable:
    return update(P).where(P.c.canvas_id == canvas_id, P.c.user_id == user_id).values(role=role)


@statement(nothing)
def remove(canvas_id: str, user_id: str) -> Executable:
    return delete(P).where(P.c.canvas_id == canvas_id, P.c.user_id == user_id)
