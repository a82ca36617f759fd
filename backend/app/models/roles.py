"""Who is what: the roles of people on canvases, read here and nowhere else."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Executable, select

from app.models.canvas import Canvas
from app.models.canvas_permission import CanvasPermission
from app.models.sql import first, rows, statement, value
from app.models.user import User

C: Any = Canvas.__table__
PERMISSIONS: Any = CanvasPermission.__table__
USERS: Any = User.__table__


@statement(value)
def role_of(user_id: str, canvas_id: str) -> Executable:
    """None: no member, or no such canvas."""
    theirs = (PERMISSIONS.c.canvas_id == canvas_id, PERMISSIONS.c.user_id == user_id)
    return select(PERMISSIONS.c.role).where(*theirs)


@statement(rows)
def roles_of(canvas_id: str, user_ids: Collection[str]) -> Executable:
    """(user_id, role) of each of these people who is a member."""
    theirs = (PERMISSIONS.c.canvas_id == canvas_id, PERMISSIONS.c.user_id.in_(user_ids))
    return select(PERMISSIONS.c.user_id, PERMISSIONS.c.role).where(*theirs)


@statement(rows)
def members_of(canvas_ids: Collection[str]) -> Executable:
    """(canvas_id, user_id, role) of everybody who is a member of one of these canvases."""
    members = select(PERMISSIONS.c.canvas_id, PERMISSIONS.c.user_id, PERMISSIONS.c.role)
    return members.where(PERMISSIONS.c.canvas_id.in_(canvas_ids))


@statement(first, alone=True)
def head_and_role(canvas_id: str, user_id: str) -> Executable:
    """(head_seq, role): how far the canvas is, and what this person is on it; None: no canvas."""
    theirs = (PERMISSIONS.c.canvas_id == C.c.id) & (PERMISSIONS.c.user_id == user_id)
    found = select(C.c.head_seq, PERMISSIONS.c.role).where(C.c.id == canvas_id)
    return found.join_from(C, PERMISSIONS, theirs, isouter=True)


@statement(value)
def is_operator(user_id: str) -> Executable:
    """None: there is no such account."""
    return select(USERS.c.is_operator).where(USERS.c.id == user_id)
