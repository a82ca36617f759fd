"""Sign-ins at another provider: attempts under way, and who is who there."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.sql_time import UtcDateTime, utc_now
from app.models.user import User


class OidcAttempt(Model):
    """Between leaving for the provider and coming back. Used once, by the browser that left."""

    __tablename__ = "oidc_attempt"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String(64))
    code_verifier: Mapped[str] = mapped_column(String(128))
    return_path: Mapped[str] = mapped_column(String(500))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class OidcIdentity(Model):
    """An account's name at a provider, which stays when its e-mail address changes."""

    __tablename__ = "oidc_identity"
    __table_args__ = (Index("ix_oidc_identity_user", "user_id", "issuer", unique=True),)

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())

    user: Mapped[User] = relationship()
