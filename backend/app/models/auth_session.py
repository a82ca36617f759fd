"""Sign-ins: one row per browser session or API token. Only a hash of the secret is stored."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Executable, ForeignKey, String, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql import rows, statement
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


def holders_of(secret_hashes: Collection[str], seen_within: float) -> dict[str, Any]:
    """Who holds the secret of each of these sign-ins that stands.

    The rows have session_id, kind, the person's id, name, email and is_operator, and `stale`: the
    sign-in was not seen within so many seconds.
    """
    return {row.secret_hash: row for row in _holders_of(secret_hashes, -seen_within)}


@statement(rows, alone=True)
def _holders_of(secret_hashes: Collection[str], seen_from: float) -> Executable:
    session: Any = AuthSession.__table__
    user: Any = User.__table__
    return (
        select(
            session.c.secret_hash,
            session.c.id.label("session_id"),
            session.c.kind,
            (session.c.seen_at < utc_after(seen_from)).label("stale"),
            *(user.c[name] for name in ("id", "name", "email", "is_operator")),
        )
        .join_from(session, user, user.c.id == session.c.user_id)
        .where(
            session.c.secret_hash.in_(secret_hashes),
            session.c.expires_at > utc_now(),
            user.c.is_disabled == false(),
        )
    )
