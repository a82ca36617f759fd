"""Sign-ins: one row per browser session or API token. Only a hash of the secret is stored."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, utc_now
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
