"""Whose account an identity of the provider opens: the one it is linked with, or its address's."""

from collections.abc import Mapping
from typing import Any

from app.config.settings import Settings
from app.domain.access.sign_in import (
    SignInRefusal,
    SignInRefused,
    name_of,
    subject_of,
    verified_email,
)
from app.models import accounts, auth_session, invitations, oidc
from app.models.accounts import Account
from app.models.database import DuplicateRow
from app.runtime import runtime
from app.services.unit_of_work import unit_of_work

NO_PASSWORD = "!"  # noqa: S105  the hash of none


def account_for(issuer: str, claims: Mapping[str, Any]) -> Account:
    """The account that these claims open; a new one where the installation takes them.

    Raises:
        SignInRefused: why there is none.
    """
    settings = runtime().settings
    subject = subject_of(claims)
    user = oidc.account_of(issuer, subject)
    if user is None:
        email = verified_email(claims, settings.oidc_allowed_domains)
        try:
            user = _link(issuer, subject, email, name_of(claims, email), settings)
        except DuplicateRow:  # the same person came twice at once: the other was first
            user = oidc.account_of(issuer, subject)
            if user is None:
                raise SignInRefused(SignInRefusal.TAKEN) from None
    elif settings.oidc_allowed_domains:
        verified_email(claims, settings.oidc_allowed_domains)
    if user.is_disabled:
        raise SignInRefused(SignInRefusal.DISABLED)
    return user


def _link(issuer: str, subject: str, email: str, name: str, settings: Settings) -> Account:
    with unit_of_work():
        user = accounts.by_email(email)
        if user is None:
            _require_registration(settings, email)
            user = accounts.add(email, name, NO_PASSWORD, False)
        elif user.is_disabled:
            raise SignInRefused(SignInRefusal.DISABLED)
        elif oidc.identity_of(user.id, issuer) is not None:  # addresses are given to new people
            raise SignInRefused(SignInRefusal.TAKEN)
        else:
            _hand_over(user)
        oidc.add_identity(issuer, subject, user.id)
    return user


def _hand_over(user: Account) -> None:
    """From now on the account is its address's owner's alone. The person who registered it with a
    password never had to prove the address, so that might be somebody else. Operators keep
    theirs: somebody with access to the machine vouched for them."""
    if user.is_operator:
        return
    accounts.set_password(user.id, NO_PASSWORD)
    auth_session.end_all(user.id)


def _require_registration(settings: Settings, email: str) -> None:
    if settings.registration_policy == "closed":
        raise SignInRefused(SignInRefusal.CLOSED)
    if settings.registration_policy == "invite" and not invitations.open_for(email):
        raise SignInRefused(SignInRefusal.NOT_INVITED)
