"""Who is what: the roles of people on canvases, read here and nowhere else."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Executable, select

from app.models.canvas_permission import CanvasPermission
from app.models.sql import rows, statement, value
from app.models.user import User

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


@statement(value)
def is_operator(user_id: str) -> Executable:
    """None: there is no such account."""
    return select(USERS.c.is_operator).where(USERS.c.id == user_id)
