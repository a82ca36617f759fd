"""Accounts and sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Conflict, NotAllowed, NotAuthenticated, NotFound
from app.models import accounts, auth_session, invitations
from app.models.accounts import Account
from app.models.auth_session import SessionKind
from app.models.database import DuplicateRow
from app.runtime import runtime
from app.services.access_service import Actor
from app.services.unit_of_work import release_connection, unit_of_work
from app.utils.passwords import hash_password, needs_rehash, verify_password
from app.utils.secret_tokens import hash_secret, new_secret

SessionKinds = tuple[SessionKind, ...]
DAY = 86_400
LIFETIME_SECONDS: dict[SessionKind, int] = {
    "browser": 90 * DAY,
    "login": 30 * DAY,
    "token": 365 * DAY,
}
IDLE_SECONDS: dict[SessionKind, int] = {"browser": 14 * DAY, "login": 30 * DAY, "token": 365 * DAY}
SEEN_EVERY_SECONDS = 60
MAX_SESSIONS = 100


@dataclass(frozen=True)
class SignIn:
    """`secret` is shown once and never stored."""

    secret: str
    actor: Actor
    user: dict[str, Any]


def user_view(user: Account) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "is_operator": user.is_operator,
        "created_at": user.created_at.isoformat(),
    }


def register(email: str, password: str, name: str) -> Account:
    """A new account, if the installation takes them.

    Raises:
        NotAllowed: registration is closed, or asks for an invitation that this address lacks.
        Conflict: the address has an account.
    """
    settings = runtime().settings
    email = email.strip().lower()
    if settings.registration_policy == "closed":
        raise NotAllowed("Registration is closed. Ask the operator for an account.")
    if settings.registration_policy == "invite" and not invitations.open_for(email):
        raise NotAllowed("This server takes new accounts by invitation only.")
    return create_user(email, password, name)


def create_user(email: str, password: str, name: str, *, is_operator: bool = False) -> Account:
    """A new account, whatever the policy (for operators). Raises Conflict if it exists."""
    password_hash = hash_password(password)
    try:
        with unit_of_work():
            return accounts.add(email.strip().lower(), name.strip(), password_hash, is_operator)
    except DuplicateRow as error:
        raise Conflict("There is already an account with this e-mail address.") from error


def login(email: str, password: str) -> Account:
    """The account that fits. Raises NotAuthenticated, the same for every reason."""
    user = accounts.by_email(email.strip().lower())
    stored = user.password_hash if user else None
    release_connection()  # hashing is slow
    if not verify_password(stored, password) or user is None:
        raise NotAuthenticated("E-mail address or password is wrong.")
    if user.is_disabled:
        raise NotAuthenticated("E-mail address or password is wrong.")
    if stored and needs_rehash(stored):
        fresh = hash_password(password)
        with unit_of_work():
            accounts.set_password(user.id, fresh)
    return user


def start_session(user: Account, kind: SessionKind, name: str = "") -> SignIn:
    """A new sign-in of this person; the oldest give way above a bound."""
    secret = new_secret()
    with unit_of_work():
        session_id = auth_session.add(
            user.id, kind, name[:120], hash_secret(secret), LIFETIME_SECONDS[kind]
        )
        auth_session.keep_newest(user.id, kind, MAX_SESSIONS)
    actor = Actor(user.id, user.name, user.email, session_id, user.is_operator)
    return SignIn(secret, actor, user_view(user))


def authenticate(secret: str, kinds: SessionKinds) -> Actor | None:
    """Who holds this secret, or None if it is unknown, expired, ended, or of another kind."""
    return authenticate_all([(secret, kinds)])[0]


def authenticate_all(signs: Sequence[tuple[str, SessionKinds]]) -> list[Actor | None]:
    """Who holds each of these secrets, in one statement, and one more to note their use."""
    hashes = [hash_secret(secret) for secret, _ in signs]
    holders = auth_session.holders_of(set(hashes), SEEN_EVERY_SECONDS)
    rows = [
        row if (row := holders.get(key)) is not None and row.kind in kinds else None
        for key, (_, kinds) in zip(hashes, signs, strict=True)
    ]
    if stale := {row.session_id: row.kind for row in rows if row is not None and row.stale}:
        _touch(stale)
    return [
        row and Actor(row.id, row.name, row.email, row.session_id, row.is_operator) for row in rows
    ]


def _touch(sessions: dict[str, SessionKind]) -> None:
    """Note the use; a sign-in lives while it is used, up to its lifetime."""
    with unit_of_work():
        for kind in sorted(set(sessions.values())):
            ids = [key for key, of in sessions.items() if of == kind]
            auth_session.note_use(ids, LIFETIME_SECONDS[kind], IDLE_SECONDS[kind])


def valid_sessions(session_ids: set[str]) -> set[str]:
    """Those of the given sign-ins that still hold (open sockets ask this now and then)."""
    return set(auth_session.still_standing(session_ids))


def end_session(actor: Actor, session_id: str) -> None:
    """End one of the actor's own sign-ins. Raises NotFound for anybody else's."""
    with unit_of_work():
        ended = auth_session.end(session_id, actor.id)
    if not ended:
        raise NotFound("There is no such session.")


def list_sessions(actor: Actor, kinds: tuple[SessionKind, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": session.id,
            "kind": session.kind,
            "name": session.name,
            "current": session.id == actor.session_id,
            "created_at": session.created_at.isoformat(),
            "seen_at": session.seen_at.isoformat(),
            "expires_at": session.expires_at.isoformat(),
        }
        for session in auth_session.of_person(actor.id, kinds, 2 * MAX_SESSIONS)
    ]


def create_api_token(actor: Actor, name: str) -> tuple[str, dict[str, Any]]:
    """A named Bearer for programs: its secret, shown once, and its row."""
    user = accounts.by_id(actor.id)
    if user is None:
        raise NotFound("There is no such account.")
    signed = start_session(user, "token", name)
    row = next(s for s in list_sessions(actor, ("token",)) if s["id"] == signed.actor.session_id)
    return signed.secret, row


def me(actor: Actor) -> dict[str, Any]:
    user = accounts.by_id(actor.id)
    if user is None:
        raise NotAuthenticated
    return user_view(user)


def rename(actor: Actor, name: str) -> dict[str, Any]:
    """Others see the new name from the next time that they look."""
    with unit_of_work():
        accounts.rename(actor.id, name)
    return me(actor)


def list_users() -> list[Account]:
    """All accounts, oldest first (for operators)."""
    return accounts.everybody()


def set_operator(email: str, *, is_operator: bool) -> None:
    """Holds from the next request on. Raises NotFound."""
    with unit_of_work():
        changed = accounts.set_operator(email.strip().lower(), is_operator)
    if not changed:
        raise NotFound("There is no such account.")


def create_token_for(email: str, name: str) -> str:
    """A named Bearer for somebody's programs (for operators). Raises NotFound."""
    user = accounts.by_email(email.strip().lower())
    if user is None:
        raise NotFound("There is no such account.")
    return start_session(user, "token", name).secret
