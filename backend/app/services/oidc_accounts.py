"""Whose account an identity of the provider opens: the one it is linked with, or its address's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.config.settings import Settings
from app.domain.access.sign_in import Refusal, SignInRefused, name_of, subject_of, verified_email
from app.extensions import db
from app.models import AuthSession, OidcIdentity, User
from app.runtime import runtime
from app.services.auth_service import is_invited
from app.services.unit_of_work import unit_of_work

NO_PASSWORD = "!"  # noqa: S105  the hash of none


def account_for(issuer: str, claims: Mapping[str, Any]) -> User:
    """The account that these claims open; a new one where the installation takes them.

    Raises:
        SignInRefused: why there is none.
    """
    settings = runtime().settings
    subject = subject_of(claims)
    user = _linked(issuer, subject)
    if user is None:
        email = verified_email(claims, settings.oidc_allowed_domains)
        try:
            user = _link(issuer, subject, email, name_of(claims, email), settings)
        except IntegrityError:  # the same person came twice at once: the other was first
            user = _linked(issuer, subject)
            if user is None:
                raise SignInRefused(Refusal.TAKEN) from None
    elif settings.oidc_allowed_domains:
        verified_email(claims, settings.oidc_allowed_domains)
    if user.is_disabled:
        raise SignInRefused(Refusal.DISABLED)
    return user


def _linked(issuer: str, subject: str) -> User | None:
    query = (
        select(User)
        .join(OidcIdentity, OidcIdentity.user_id == User.id)
        .where(OidcIdentity.issuer == issuer, OidcIdentity.subject == subject)
    )
    return db.session.execute(query).scalar_one_or_none()


def _link(issuer: str, subject: str, email: str, name: str, settings: Settings) -> User:
    with unit_of_work():
        query = select(User).where(User.email == email)
        user = db.session.execute(query).scalar_one_or_none()
        if user is None:
            _require_registration(settings, email)
            user = User(email=email, name=name, password_hash=NO_PASSWORD)
            db.session.add(user)
            db.session.flush()
        elif user.is_disabled:
            raise SignInRefused(Refusal.DISABLED)
        elif _belongs_to_another(issuer, user):
            raise SignInRefused(Refusal.TAKEN)
        else:
            _hand_over(user)
        db.session.add(OidcIdentity(issuer=issuer, subject=subject, user_id=user.id))
    return user


def _belongs_to_another(issuer: str, user: User) -> bool:
    """Addresses are given to new people; an account is not."""
    query = select(OidcIdentity.subject).where(
        OidcIdentity.issuer == issuer, OidcIdentity.user_id == user.id
    )
    return db.session.execute(query).first() is not None


def _hand_over(user: User) -> None:
    """From now on the account is its address's owner's alone. Whoever registered it with a
    password never had to prove the address, so that might be somebody else. Operators keep
    theirs: somebody with access to the machine vouched for them."""
    if user.is_operator:
        return
    user.password_hash = NO_PASSWORD
    db.session.execute(delete(AuthSession).where(AuthSession.user_id == user.id))


def _require_registration(settings: Settings, email: str) -> None:
    if settings.registration_policy == "closed":
        raise SignInRefused(Refusal.CLOSED)
    if settings.registration_policy == "invite" and not is_invited(email):
        raise SignInRefused(Refusal.NOT_INVITED)
