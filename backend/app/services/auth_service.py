"""Accounts and sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Conflict, NotAllowed, NotAuthenticated, NotFound
from app.extensions import db
from app.models import AuthSession, Invitation, User
from app.models.auth_session import SessionKind, holders_of
from app.models.sql_time import utc_after, utc_now
from app.runtime import runtime
from app.services.access_service import Actor
from app.services.unit_of_work import unit_of_work
from app.utils.passwords import hash_password, needs_rehash, verify_password
from app.utils.secret_tokens import hash_secret, new_secret

Kinds = tuple[SessionKind, ...]
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
    """`secret` is told once and never stored."""

    secret: str
    actor: Actor
    user: dict[str, Any]


def user_view(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "is_operator": user.is_operator,
        "created_at": user.created_at.isoformat(),
    }


def register(email: str, password: str, name: str) -> User:
    """A new account, if the installation takes them.

    Raises:
        NotAllowed: registration is closed, or asks for an invitation that this address lacks.
        Conflict: the address has an account.
    """
    settings = runtime().settings
    email = email.strip().lower()
    if settings.registration_policy == "closed":
        raise NotAllowed("Registration is closed. Ask the operator for an account.")
    if settings.registration_policy == "invite" and not is_invited(email):
        raise NotAllowed("This server takes new accounts by invitation only.")
    return create_user(email, password, name)


def create_user(email: str, password: str, name: str, *, is_operator: bool = False) -> User:
    """A new account, whatever the policy (for operators). Raises Conflict if it exists."""
    password_hash = hash_password(password)
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        password_hash=password_hash,
        is_operator=is_operator,
    )
    try:
        with unit_of_work():
            db.session.add(user)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict("There is already an account with this e-mail address.") from error
    return user


def is_invited(email: str) -> bool:
    """Whether an open invitation waits for this address."""
    query = select(func.count()).where(
        Invitation.email == email,
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > utc_now(),
    )
    return bool(db.session.execute(query).scalar())


def login(email: str, password: str) -> User:
    """The account that fits. Raises NotAuthenticated, the same for every reason."""
    query = select(User).where(User.email == email.strip().lower())
    user = db.session.execute(query).scalar_one_or_none()
    stored = user.password_hash if user else None
    db.session.rollback()  # hashing is slow: hold no connection meanwhile
    if not verify_password(stored, password) or user is None:
        raise NotAuthenticated("E-mail address or password is wrong.")
    if user.is_disabled:
        raise NotAuthenticated("E-mail address or password is wrong.")
    if stored and needs_rehash(stored):
        fresh = hash_password(password)
        with unit_of_work():
            db.session.execute(update(User).where(User.id == user.id).values(password_hash=fresh))
    return user


def start_session(user: User, kind: SessionKind, name: str = "") -> SignIn:
    """A new sign-in of this person; the oldest give way above a bound."""
    secret = new_secret()
    with unit_of_work():
        session = AuthSession(
            user_id=user.id,
            kind=kind,
            name=name[:120],
            secret_hash=hash_secret(secret),
            expires_at=utc_after(LIFETIME_SECONDS[kind]),
        )
        db.session.add(session)
        db.session.flush()
        newest = (
            select(AuthSession.id)
            .where(AuthSession.user_id == user.id, AuthSession.kind == kind)
            .order_by(AuthSession.created_at.desc())
            .limit(MAX_SESSIONS)
        )
        kept = db.session.execute(newest).scalars().all()
        db.session.execute(
            delete(AuthSession).where(
                AuthSession.user_id == user.id,
                AuthSession.kind == kind,
                AuthSession.id.not_in(kept),
            )
        )
    return SignIn(secret, _actor(user, session.id), user_view(user))


def authenticate(secret: str, kinds: Kinds) -> Actor | None:
    """Who holds this secret, or None if it is unknown, expired, ended, or of another kind."""
    return authenticate_all([(secret, kinds)])[0]


def authenticate_all(signs: Sequence[tuple[str, Kinds]]) -> list[Actor | None]:
    """Who holds each of these secrets, in one statement, and one more to note their use."""
    hashes = [hash_secret(secret) for secret, _ in signs]
    holders = holders_of(set(hashes), SEEN_EVERY_SECONDS)
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
            lifetime, idle = LIFETIME_SECONDS[kind], IDLE_SECONDS[kind]
            values: dict[str, Any] = {"seen_at": utc_now()}
            if idle < lifetime:
                values["expires_at"] = _earlier_expiry(lifetime, idle)
            ids = [key for key, of in sessions.items() if of == kind]
            # Whom somebody else notes just now is noted: nobody waits for anybody.
            these = select(AuthSession.id).where(AuthSession.id.in_(ids))
            free = these.with_for_update(skip_locked=True)
            db.session.execute(update(AuthSession).where(AuthSession.id.in_(free)).values(values))


def _earlier_expiry(lifetime: int, idle: int) -> Any:
    # Still young: the idle limit counts from now. Near its absolute end: keep what is stored.
    return case(
        (AuthSession.created_at < utc_after(idle - lifetime), AuthSession.expires_at),
        else_=utc_after(idle),
    )


def valid_sessions(session_ids: set[str]) -> set[str]:
    """Those of the given sign-ins that still hold (open sockets ask this now and then)."""
    query = (
        select(AuthSession.id)
        .join(User, User.id == AuthSession.user_id)
        .where(
            AuthSession.id.in_(session_ids),
            AuthSession.expires_at > utc_now(),
            User.is_disabled.is_(False),
        )
    )
    return set(db.session.execute(query).scalars())


def end_session(actor: Actor, session_id: str) -> None:
    """End one of the actor's own sign-ins. Raises NotFound for anybody else's."""
    with unit_of_work():
        ended = db.session.execute(
            delete(AuthSession)
            .where(AuthSession.id == session_id, AuthSession.user_id == actor.id)
            .returning(AuthSession.id)
        ).all()
    if not ended:
        raise NotFound("There is no such session.")


def list_sessions(actor: Actor, kinds: tuple[SessionKind, ...]) -> list[dict[str, Any]]:
    query = (
        select(AuthSession)
        .where(
            AuthSession.user_id == actor.id,
            AuthSession.kind.in_(kinds),
            AuthSession.expires_at > utc_now(),
        )
        .order_by(AuthSession.created_at.desc())
        .limit(2 * MAX_SESSIONS)
    )
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
        for session in db.session.execute(query).scalars()
    ]


def create_api_token(actor: Actor, name: str) -> tuple[str, dict[str, Any]]:
    """A named Bearer for programs: its secret, told once, and its row."""
    user = db.session.get(User, actor.id)
    if user is None:
        raise NotFound("There is no such account.")
    signed = start_session(user, "token", name)
    row = next(s for s in list_sessions(actor, ("token",)) if s["id"] == signed.actor.session_id)
    return signed.secret, row


def me(actor: Actor) -> dict[str, Any]:
    user = db.session.get(User, actor.id)
    if user is None:
        raise NotAuthenticated
    return user_view(user)


def rename(actor: Actor, name: str) -> dict[str, Any]:
    """Others see the new name from the next time that they look."""
    with unit_of_work():
        db.session.execute(update(User).where(User.id == actor.id).values(name=name))
    return me(actor)


def _actor(user: User, session_id: str) -> Actor:
    return Actor(user.id, user.name, user.email, session_id, user.is_operator)


def list_users() -> list[User]:
    """All accounts, oldest first (for operators)."""
    return list(db.session.execute(select(User).order_by(User.created_at)).scalars())


def set_operator(email: str, *, is_operator: bool) -> None:
    """Holds from the next request on. Raises NotFound."""
    with unit_of_work():
        changed = db.session.execute(
            update(User)
            .where(User.email == email.strip().lower())
            .values(is_operator=is_operator)
            .returning(User.id)
        ).all()
    if not changed:
        raise NotFound("There is no such account.")


def create_token_for(email: str, name: str) -> str:
    """A named Bearer for somebody's programs (for operators). Raises NotFound."""
    query = select(User).where(User.email == email.strip().lower())
    user = db.session.execute(query).scalar_one_or_none()
    if user is None:
        raise NotFound("There is no such account.")
    return start_session(user, "token", name).secret
