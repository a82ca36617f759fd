"""Sign-ins: one row per browser session or API token. Only a hash of the secret is stored."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    Executable,
    ForeignKey,
    String,
    case,
    delete,
    false,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql import count, nothing, rows, statement, value, values
from app.models.sql_time import UtcDateTime, utc_after, utc_now
from app.models.user import User

SessionKind = Literal["browser", "login", "token"]


class AuthSession(Model):
    """`browser`: a cookie; `login`: the Bearer given at sign-in; `token`: a named API token."""

    __tablename__ = "auth_session"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120), default="")
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


S: Any = AuthSession.__table__
USERS: Any = User.__table__


def holders_of(secret_hashes: Collection[str], seen_within: float) -> dict[str, Any]:
    """Who holds the secret of each of these sign-ins that stands.

    The rows have session_id, kind, the person's id, name, email and is_operator, and `stale`: the
    sign-in was not seen within so many seconds.
    """
    return {row.secret_hash: row for row in _holders_of(secret_hashes, -seen_within)}


@statement(rows, alone=True)
def _holders_of(secret_hashes: Collection[str], seen_from: float) -> Executable:
    return (
        select(
            S.c.secret_hash,
            S.c.id.label("session_id"),
            S.c.kind,
            (S.c.seen_at < utc_after(seen_from)).label("stale"),
            *(USERS.c[name] for name in ("id", "name", "email", "is_operator")),
        )
        .join_from(S, USERS, USERS.c.id == S.c.user_id)
        .where(S.c.secret_hash.in_(secret_hashes), *_STANDS)
    )


@statement(values)
def still_standing(session_ids: Collection[str]) -> Executable:
    """The ids of those of the given sign-ins that stand."""
    found = select(S.c.id).join_from(S, USERS, USERS.c.id == S.c.user_id)
    return found.where(S.c.id.in_(session_ids), *_STANDS)


_STANDS = (S.c.expires_at > utc_now(), USERS.c.is_disabled == false())


@statement(value)
def add(user_id: str, kind: str, name: str, secret_hash: str, seconds: float) -> Executable:
    """The id of a new sign-in that lasts so long."""
    new = {"user_id": user_id, "kind": kind, "name": name, "secret_hash": secret_hash}
    return insert(S).values(**new, expires_at=utc_after(seconds)).returning(S.c.id)


@statement(nothing)
def keep_newest(user_id: str, kind: str, at_most: int) -> Executable:
    """End the person's older sign-ins of this kind."""
    these = (S.c.user_id == user_id, S.c.kind == kind)
    kept = select(S.c.id).where(*these).order_by(S.c.created_at.desc()).limit(at_most)
    return delete(S).where(*these, S.c.id.not_in(kept))


@statement(nothing)
def note_use(session_ids: Collection[str], lifetime: float, idle: float) -> Executable:
    """They were used now, and last for `idle` seconds more, but not beyond their lifetime.

    Those that somebody else notes just now are noted: nobody waits for anybody.
    """
    free = select(S.c.id).where(S.c.id.in_(session_ids)).with_for_update(skip_locked=True)
    # Near its absolute end what is stored holds.
    expires = case(
        (S.c.created_at < utc_after(idle - lifetime), S.c.expires_at), else_=utc_after(idle)
    )
    return update(S).where(S.c.id.in_(free)).values(seen_at=utc_now(), expires_at=expires)


@statement(rows)
def of_person(user_id: str, kinds: Collection[str], at_most: int) -> Executable:
    """(id, kind, name, created_at, seen_at, expires_at) of sign-ins, the newest first."""
    names = ("id", "kind", "name", "created_at", "seen_at", "expires_at")
    theirs = (S.c.user_id == user_id, S.c.kind.in_(kinds), S.c.expires_at > utc_now())
    found = select(*(S.c[name] for name in names)).where(*theirs)
    return found.order_by(S.c.created_at.desc()).limit(at_most)


@statement(count)
def end(session_id: str, user_id: str) -> Executable:
    """0: this person has no such sign-in."""
    return delete(S).where(S.c.id == session_id, S.c.user_id == user_id)


@statement(nothing)
def end_all(user_id: str) -> Executable:
    return delete(S).where(S.c.user_id == user_id)
