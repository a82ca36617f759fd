"""Members and invitations: who is on a canvas, and in which role."""

from functools import partial
from typing import Any

from sqlalchemy import delete, func, select, update

from app.domain.access.policy import Role, Rule
from app.domain.errors import Conflict, Invalid, NotFound, RateLimited
from app.extensions import db
from app.models import CanvasPermission, Invitation, User
from app.models.ids import new_id
from app.models.sql_time import utc_after, utc_now
from app.runtime import runtime
from app.services import scene_events
from app.services.access_service import Actor, require
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import unit_of_work
from app.utils.secret_tokens import hash_secret, new_secret

INVITATION_SECONDS = 14 * 86_400
MAX_MEMBERS = 200
MAX_OPEN_INVITATIONS = 100
HOUR = 3_600


def list_members(canvas_id: str) -> list[dict[str, Any]]:
    query = (
        select(CanvasPermission.role, User)
        .join(User, User.id == CanvasPermission.user_id)
        .where(CanvasPermission.canvas_id == canvas_id)
        .order_by(CanvasPermission.created_at, User.name)
    )
    return [_member(user, role) for role, user in db.session.execute(query)]


def share(actor: Actor, canvas_id: str, email: str, role: str) -> dict[str, Any]:
    """Make the account with this address a member; without an account, invite the address.

    Returns `{"member": ...}` or `{"invitation": ...}`.

    Raises:
        Conflict: the address is the owner's.
    """
    email = email.strip().lower()
    user = db.session.execute(select(User).where(User.email == email)).scalar_one_or_none()
    if user is None:
        return {"invitation": invite(actor, canvas_id, email, role)}
    if user.id == actor.id:
        raise Conflict("You are the owner of this canvas already.")
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        _put_member(canvas_id, user.id, role)
        member = _member(user, role)
        user_id = user.id
        work.after_commit(lambda: scene_events.role_changed(canvas_id, user_id, role))
    return {"member": member}


def change_role(canvas_id: str, user_id: str, role: str) -> dict[str, Any]:
    """Raises NotFound for somebody who is no member, Conflict for the owner."""
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        user = _other_member(canvas_id, user_id)
        db.session.execute(
            update(CanvasPermission)
            .where(CanvasPermission.canvas_id == canvas_id, CanvasPermission.user_id == user_id)
            .values(role=role)
        )
        member = _member(user, role)
        work.after_commit(lambda: scene_events.role_changed(canvas_id, user_id, role))
    return member


def remove_member(actor: Actor, canvas_id: str, user_id: str) -> None:
    """Owners remove others; everybody may leave; the owner cannot be removed."""
    if user_id != actor.id:
        require(actor.id, Rule.CANVAS_MANAGE, canvas_id)
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        _other_member(canvas_id, user_id)
        db.session.execute(
            delete(CanvasPermission).where(
                CanvasPermission.canvas_id == canvas_id, CanvasPermission.user_id == user_id
            )
        )
        work.after_commit(lambda: scene_events.removed(canvas_id, user_id))


def invite(actor: Actor, canvas_id: str, email: str, role: str) -> dict[str, Any]:
    """An invitation for this address; its link is told once. An older one is replaced."""
    secret = new_secret()
    with unit_of_work():
        waiting = select(func.count()).where(
            Invitation.canvas_id == canvas_id, Invitation.accepted_at.is_(None)
        )
        if db.session.execute(waiting).scalar_one() >= MAX_OPEN_INVITATIONS:
            raise RateLimited(HOUR, "There are too many open invitations for this canvas.")
        db.session.execute(
            delete(Invitation).where(
                Invitation.canvas_id == canvas_id,
                Invitation.email == email.strip().lower(),
                Invitation.accepted_at.is_(None),
            )
        )
        invitation = Invitation(
            id=new_id(),
            canvas_id=canvas_id,
            email=email.strip().lower(),
            role=role,
            secret_hash=hash_secret(secret),
            invited_by=actor.id,
            expires_at=utc_after(INVITATION_SECONDS),
        )
        db.session.add(invitation)
    settings = runtime().settings
    # After `#`, so that no server log or referrer ever holds the secret.
    return _invitation(invitation) | {"url": f"{settings.base_url}/invitation#{secret}"}


def list_invitations(canvas_id: str) -> list[dict[str, Any]]:
    query = (
        select(Invitation)
        .where(
            Invitation.canvas_id == canvas_id,
            Invitation.accepted_at.is_(None),
            Invitation.expires_at > utc_now(),
        )
        .order_by(Invitation.created_at.desc())
        .limit(MAX_OPEN_INVITATIONS)
    )
    return [_invitation(invitation) for invitation in db.session.execute(query).scalars()]


def withdraw_invitation(canvas_id: str, invitation_id: str) -> None:
    with unit_of_work():
        gone = db.session.execute(
            delete(Invitation)
            .where(Invitation.id == invitation_id, Invitation.canvas_id == canvas_id)
            .returning(Invitation.id)
        ).all()
    if not gone:
        raise NotFound("There is no such invitation.")


def accept_invitation(actor: Actor, secret: str) -> dict[str, Any]:
    """Join by an invitation that was made for the actor's own address.

    Raises:
        NotFound: unknown, used, expired, withdrawn, or made for somebody else.
    """
    with unit_of_work() as work:
        row = db.session.execute(
            update(Invitation)
            .where(
                Invitation.secret_hash == hash_secret(secret),
                Invitation.email == actor.email,
                Invitation.accepted_at.is_(None),
                Invitation.expires_at > utc_now(),
            )
            .values(accepted_at=utc_now())
            .returning(Invitation.canvas_id, Invitation.role)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        if row is None:
            raise NotFound("This invitation is not valid for your account, or was used already.")
        canvas_id, role = row
        lock_canvas(canvas_id)
        role = join_as(canvas_id, actor.id, role)
        work.after_commit(lambda: scene_events.role_changed(canvas_id, actor.id, role))
    return {"canvas_id": canvas_id, "role": role}


def transfer(actor: Actor, canvas_id: str, user_id: str) -> list[dict[str, Any]]:
    """Make another member the owner; the owner becomes an editor.

    Raises:
        NotFound: the other is no member. Conflict: they own it already.
        NotAllowed: the actor is not the owner any more.
    """
    with unit_of_work() as work:
        canvas = lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_MANAGE, canvas_id)
        _other_member(canvas_id, user_id)
        canvas.owner_id = user_id
        for member_id, role in ((user_id, Role.OWNER), (actor.id, Role.EDITOR)):
            db.session.get_one(CanvasPermission, (canvas_id, member_id)).role = role
            work.after_commit(partial(scene_events.role_changed, canvas_id, member_id, role.value))
    return list_members(canvas_id)


def join_as(canvas_id: str, user_id: str, role: str) -> str:
    """Make somebody a member by a link or an invitation; the role that they have then.

    Who already may as much or more keeps that. The caller holds the canvas.
    """
    permission = db.session.get(CanvasPermission, (canvas_id, user_id))
    if permission is not None and (permission.role != Role.VIEWER or role == Role.VIEWER):
        return permission.role
    _put_member(canvas_id, user_id, role)
    return role


def _put_member(canvas_id: str, user_id: str, role: str) -> None:
    permission = db.session.get(CanvasPermission, (canvas_id, user_id))
    if permission is None:
        count = select(func.count()).where(CanvasPermission.canvas_id == canvas_id)
        if db.session.execute(count).scalar_one() >= MAX_MEMBERS:
            raise Invalid(f"A canvas has at most {MAX_MEMBERS} members.")
        db.session.add(CanvasPermission(canvas_id=canvas_id, user_id=user_id, role=role))
    elif permission.role == Role.OWNER:
        raise Conflict("The owner's role cannot be changed or removed.")
    else:
        permission.role = role


def _other_member(canvas_id: str, user_id: str) -> User:
    permission = db.session.get(CanvasPermission, (canvas_id, user_id))
    if permission is None:
        raise NotFound("This person is no member of the canvas.")
    if permission.role == Role.OWNER:
        raise Conflict("The owner's role cannot be changed or removed.")
    return permission.user


def _member(user: User, role: str) -> dict[str, Any]:
    return {"user_id": user.id, "name": user.name, "email": user.email, "role": role}


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.id,
        "email": invitation.email,
        "role": invitation.role,
        "created_at": invitation.created_at.isoformat(),
        "expires_at": invitation.expires_at.isoformat(),
    }
