"""Share links: made, listed, renewed, revoked, looked up."""

from typing import Any

from sqlalchemy import Executable, delete, func, insert, select, update

from app.models.share_link import ShareLink
from app.models.sql import count, first, nothing, one, rows, statement, value
from app.models.sql_time import utc_after, utc_now

L: Any = ShareLink.__table__
_SHOWN = [L.c[name] for name in ("id", "role", "created_at", "expires_at")]
_WORKS = L.c.expires_at > utc_now()


@statement(rows)
def links_of(canvas_id: str, at_most: int) -> Executable:
    """(id, role, created_at, expires_at) of those that work, the newest first."""
    found = select(*_SHOWN).where(L.c.canvas_id == canvas_id, _WORKS)
    return found.order_by(L.c.created_at.desc()).limit(at_most)


@statement(value)
def count_links(canvas_id: str) -> Executable:
    return select(func.count()).where(L.c.canvas_id == canvas_id)


@statement(one)
def add(canvas_id: str, role: str, secret_hash: str, created_by: str, seconds: float) -> Executable:
    """As `links_of`, of the new one."""
    new = {"canvas_id": canvas_id, "role": role, "secret_hash": secret_hash}
    made = insert(L).values(**new, created_by=created_by, expires_at=utc_after(seconds))
    return made.returning(*_SHOWN)


@statement(first)
def renew(canvas_id: str, link_id: str, secret_hash: str, seconds: float) -> Executable:
    """As `links_of`, of a link with a new secret; None: this canvas has no such link."""
    renewed = update(L).where(L.c.id == link_id, L.c.canvas_id == canvas_id)
    renewed = renewed.values(secret_hash=secret_hash, expires_at=utc_after(seconds))
    return renewed.returning(*_SHOWN)


@statement(count)
def revoke(canvas_id: str, link_id: str) -> Executable:
    """0: this canvas has no such link."""
    return delete(L).where(L.c.id == link_id, L.c.canvas_id == canvas_id)


@statement(nothing)
def forget_ended(canvas_id: str) -> Executable:
    return delete(L).where(L.c.canvas_id == canvas_id, L.c.expires_at <= utc_now())


@statement(first)
def opened_by(secret_hash: str) -> Executable:
    """(canvas_id, role) of the link that works with this secret, or None."""
    return select(L.c.canvas_id, L.c.role).where(L.c.secret_hash == secret_hash, _WORKS)
