"""Signing in with the provider that the operator configured: leaving, and coming back."""

import secrets
from dataclasses import dataclass

from app.adapters.oidc import (
    ClientRegistration,
    CodeRefused,
    Leaving,
    OidcProvider,
    ProviderFailed,
    TokenRejected,
)
from app.domain.access.sign_in import SignInRefusal, SignInRefused, own_path
from app.domain.errors import NotFound
from app.models import oidc
from app.models.accounts import Account
from app.runtime import runtime
from app.services.oidc_accounts import account_for
from app.services.unit_of_work import unit_of_work
from app.utils.logger import SmartLogger
from app.utils.secret_tokens import hash_secret, new_secret

ATTEMPT_SECONDS = 600
CALLBACK = "/api/auth/oidc/callback"


@dataclass(frozen=True)
class Departure:
    """`browser_secret` is kept by the browser that leaves, so that no other can come back."""

    address: str
    browser_secret: str


@dataclass(frozen=True)
class Return:
    """What the provider sent back with the browser."""

    state: str
    code: str | None
    error: str | None
    issuer: str | None


def leave(return_path: str) -> Departure:
    """Begin a sign-in. Raises NotFound where no provider is set, SignInRefused if it is away."""
    provider = _provider()
    leaving = Leaving(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    )
    path = own_path(return_path)
    try:
        address = provider.address(leaving)
    except ProviderFailed as error:
        raise _refused(error, SignInRefusal.PROVIDER, path) from error
    browser_secret = new_secret()
    with unit_of_work():
        oidc.forget_ended_attempts()
        oidc.add_attempt(
            hash_secret(leaving.state),
            hash_secret(browser_secret),
            leaving.nonce,
            leaving.code_verifier,
            path,
            ATTEMPT_SECONDS,
        )
    return Departure(address, browser_secret)


def come_back(answer: Return, browser_secret: str) -> tuple[Account, str]:
    """Who it is, and where they were going. An attempt is used up, whatever comes of it.

    Raises:
        SignInRefused: why not.
    """
    provider = _provider()
    leaving, path = _use_up(answer.state, browser_secret)
    try:
        return _identify(provider, answer, leaving), path
    except SignInRefused as refused:
        refused.return_path = path
        raise


def _identify(provider: OidcProvider, answer: Return, leaving: Leaving) -> Account:
    if answer.issuer is not None and answer.issuer != provider.registration.issuer:
        raise SignInRefused(SignInRefusal.UNTRUSTED)
    if answer.code is None or answer.error is not None:
        denied = answer.error == "access_denied"
        raise SignInRefused(SignInRefusal.CANCELLED if denied else SignInRefusal.PROVIDER)
    try:
        claims = provider.claims(answer.code, leaving)
    except ProviderFailed as error:
        raise _refused(error, SignInRefusal.PROVIDER) from error
    except CodeRefused as error:
        raise _refused(error, SignInRefusal.EXPIRED) from error
    except TokenRejected as error:
        raise _refused(error, SignInRefusal.UNTRUSTED) from error
    return account_for(provider.registration.issuer, claims)


def _use_up(state: str, browser_secret: str) -> tuple[Leaving, str]:
    with unit_of_work():
        row = oidc.use_up_attempt(hash_secret(state), hash_secret(browser_secret))
    if row is None:
        raise SignInRefused(SignInRefusal.EXPIRED)
    return Leaving(state, row.nonce, row.code_verifier), row.return_path


def _refused(error: Exception, reason: SignInRefusal, path: str = "/") -> SignInRefused:
    """Our log says what was wrong, in our words: what a provider writes stays out of it."""
    SmartLogger().log_warning("oidc_failed", kind=type(error).__name__, cause=str(error))
    return SignInRefused(reason, path)


def _provider() -> OidcProvider:
    """Made at first use."""
    settings = runtime().settings
    if not settings.oidc_issuer:
        raise NotFound
    return runtime().shared(
        OidcProvider,
        lambda: OidcProvider(
            ClientRegistration(
                settings.oidc_issuer,
                settings.oidc_client_id,
                settings.oidc_client_secret,
                settings.base_url + CALLBACK,
            )
        ),
    )
