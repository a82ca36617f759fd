"""Invitations: made for an address, listed, withdrawn, accepted."""

from typing import Any

from sqlalchemy import Executable, delete, func, insert, select, update

from app.models.invitation import Invitation
from app.models.sql import count, first, nothing, one, rows, statement, value
from app.models.sql_time import utc_after, utc_now

I: Any = Invitation.__table__  # noqa: E741  as the others
_SHOWN = [I.c[name] for name in ("id", "email", "role", "created_at", "expires_at")]
_UNUSED = I.c.accepted_at.is_(None)
_OPEN = (_UNUSED, I.c.expires_at > utc_now())


@statement(value)
def open_for(email: str) -> Executable:
    """How many wait for this address."""
    return select(func.count()).where(I.c.email == email, *_OPEN)


@statement(rows)
def open_on(canvas_id: str, at_most: int) -> Executable:
    """(id, email, role, created_at, expires_at), the newest first."""
    found = select(*_SHOWN).where(I.c.canvas_id == canvas_id, *_OPEN)
    return found.order_by(I.c.created_at.desc()).limit(at_most)


@statement(value)
def count_unused(canvas_id: str) -> Executable:
    return select(func.count()).where(I.c.canvas_id == canvas_id, _UNUSED)


@statement(one)
def add(
    canvas_id: str, email: str, role: str, secret_hash: str, invited_by: str, seconds: float
) -> Executable:
    """As `open_on`, of the new one."""
    new = {"canvas_id": canvas_id, "email": email, "role": role, "secret_hash": secret_hash}
    made = insert(I).values(**new, invited_by=invited_by, expires_at=utc_after(seconds))
    return made.returning(*_SHOWN)


@statement(nothing)
def withdraw_for(canvas_id: str, email: str) -> Executable:
    return delete(I).where(I.c.canvas_id == canvas_id, I.c.email == email, _UNUSED)


@statement(count)
def withdraw(canvas_id: str, invitation_id: str) -> Executable:
    """0: this canvas has no such invitation."""
    return delete(I).where(I.c.id == invitation_id, I.c.canvas_id == canvas_id)


@statement(first)
def accept(secret_hash: str, email: str) -> Executable:
    """(canvas_id, role) of what this address may use now, and never again; None: nothing."""
    theirs = (I.c.secret_hash == secret_hash, I.c.email == email, *_OPEN)
    used = update(I).where(*theirs).values(accepted_at=utc_now())
    return used.returning(I.c.canvas_id, I.c.role)
