"""Sign-ins at another provider: attempts under way, and who is who there."""

from datetime import datetime
from typing import Any

from sqlalchemy import Executable, ForeignKey, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.accounts import COLUMNS as ACCOUNT
from app.models.accounts import U, account
from app.models.sql import first, nothing, statement
from app.models.sql_time import UtcDateTime, utc_after, utc_now
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


A: Any = OidcAttempt.__table__
I: Any = OidcIdentity.__table__  # noqa: E741  as the others


@statement(nothing)
def forget_ended_attempts() -> Executable:
    return delete(A).where(A.c.expires_at <= utc_now())


@statement(nothing)
def add_attempt(
    state_hash: str,
    browser_hash: str,
    nonce: str,
    code_verifier: str,
    return_path: str,
    seconds: float,
) -> Executable:
    begun = {"state_hash": state_hash, "browser_hash": browser_hash, "nonce": nonce}
    more = {"code_verifier": code_verifier, "return_path": return_path}
    return insert(A).values(**begun, **more, expires_at=utc_after(seconds))


@statement(first)
def use_up_attempt(state_hash: str, browser_hash: str) -> Executable:
    """(nonce, code_verifier, return_path) of what this browser began, once; None: nothing."""
    begun = (A.c.state_hash == state_hash, A.c.browser_hash == browser_hash)
    used = delete(A).where(*begun, A.c.expires_at > utc_now())
    return used.returning(A.c.nonce, A.c.code_verifier, A.c.return_path)


@statement(account)
def account_of(issuer: str, subject: str) -> Executable:
    """The account that belongs to an identity, or None."""
    named = (I.c.issuer == issuer, I.c.subject == subject)
    return select(*ACCOUNT).join_from(U, I, I.c.user_id == U.c.id).where(*named)


@statement(first)
def identity_of(user_id: str, issuer: str) -> Executable:
    """(subject) that the account has at this provider, or None."""
    return select(I.c.subject).where(I.c.issuer == issuer, I.c.user_id == user_id)


@statement(nothing)
def add_identity(issuer: str, subject: str, user_id: str) -> Executable:
    """Raises DuplicateRow: the identity has an account."""
    return insert(I).values(issuer=issuer, subject=subject, user_id=user_id)
