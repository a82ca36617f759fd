"""Members and invitations: who is on a canvas, and in which role."""

from typing import Any

from app.domain.access.ids import OwnedCanvasId, ViewableCanvasId
from app.domain.access.policy import Role, Rule
from app.domain.errors import Conflict, Invalid, NotFound, RateLimited
from app.models import accounts, canvases, invitations, members
from app.runtime import runtime
from app.services.access_service import Actor, require, role_of
from app.services.canvas_lock import lock_canvas
from app.services.scene_events import publish_after
from app.services.unit_of_work import UnitOfWork, unit_of_work
from app.utils.secret_tokens import hash_secret, new_secret

INVITATION_SECONDS = 14 * 86_400
MAX_MEMBERS = 200
MAX_OPEN_INVITATIONS = 100
HOUR = 3_600
OWNER_STAYS = "The owner's role cannot be changed or removed."


def list_members(canvas_id: ViewableCanvasId) -> list[dict[str, Any]]:
    return [_member(row, row.role) for row in members.members_of(canvas_id)]


def share(actor: Actor, canvas_id: OwnedCanvasId, email: str, role: str) -> dict[str, Any]:
    """Make the account with this address a member; without an account, invite the address.

    Returns `{"member": ...}` or `{"invitation": ...}`.

    Raises:
        Conflict: the address is the owner's.
    """
    email = email.strip().lower()
    user = accounts.by_email(email)
    if user is None:
        return {"invitation": invite(actor, canvas_id, email, role)}
    if user.id == actor.id:
        raise Conflict("You are the owner of this canvas already.")
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        _put_member(canvas_id, user.id, role, role_of(user.id, canvas_id))
        publish_after(work, "role_changed", canvas_id, user_id=user.id, role=role)
    return {"member": _member(user, role)}


def change_role(canvas_id: OwnedCanvasId, user_id: str, role: str) -> dict[str, Any]:
    """Raises NotFound for somebody who is no member, Conflict for the owner."""
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        _require_other(canvas_id, user_id)
        members.change_role(canvas_id, user_id, role)
        user = accounts.by_id(user_id)
        publish_after(work, "role_changed", canvas_id, user_id=user_id, role=role)
    return _member(user, role)


def leave(actor: Actor, canvas_id: ViewableCanvasId) -> None:
    """Everybody may, but the owner (Conflict)."""
    _remove(canvas_id, actor.id)


def remove_member(canvas_id: OwnedCanvasId, user_id: str) -> None:
    """Raises NotFound for somebody who is no member, Conflict for the owner."""
    _remove(canvas_id, user_id)


def _remove(canvas_id: ViewableCanvasId, user_id: str) -> None:
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        _require_other(canvas_id, user_id)
        members.remove(canvas_id, user_id)
        publish_after(work, "removed", canvas_id, user_id=user_id)


def invite(actor: Actor, canvas_id: OwnedCanvasId, email: str, role: str) -> dict[str, Any]:
    """An invitation for this address; its link is shown once. An older one is replaced."""
    secret, email = new_secret(), email.strip().lower()
    with unit_of_work():
        if invitations.count_unused(canvas_id) >= MAX_OPEN_INVITATIONS:
            raise RateLimited(HOUR, "There are too many open invitations for this canvas.")
        invitations.withdraw_for(canvas_id, email)
        invitation = invitations.add(
            canvas_id, email, role, hash_secret(secret), actor.id, INVITATION_SECONDS
        )
    settings = runtime().settings
    # After `#`, so that no server log or referrer ever holds the secret.
    return _invitation(invitation) | {"url": f"{settings.base_url}/invitation#{secret}"}


def list_invitations(canvas_id: OwnedCanvasId) -> list[dict[str, Any]]:
    return [_invitation(row) for row in invitations.open_on(canvas_id, MAX_OPEN_INVITATIONS)]


def withdraw_invitation(canvas_id: OwnedCanvasId, invitation_id: str) -> None:
    with unit_of_work():
        if not invitations.withdraw(canvas_id, invitation_id):
            raise NotFound("There is no such invitation.")


def accept_invitation(actor: Actor, secret: str) -> dict[str, Any]:
    """Join by an invitation that was made for the actor's own address.

    Raises:
        NotFound: unknown, used, expired, withdrawn, or made for somebody else.
    """
    with unit_of_work() as work:
        row = invitations.accept(hash_secret(secret), actor.email)
        if row is None:
            raise NotFound("This invitation is not valid for your account, or was used already.")
        lock_canvas(row.canvas_id)
        return join_as(work, row.canvas_id, actor.id, row.role)


def transfer(actor: Actor, canvas_id: OwnedCanvasId, user_id: str) -> list[dict[str, Any]]:
    """Make another member the owner; the owner becomes an editor.

    Raises:
        NotFound: the other is no member. Conflict: they own it already.
        NotAllowed: the actor is not the owner any more.
    """
    with unit_of_work() as work:
        lock_canvas(canvas_id)
        require(actor.id, Rule.CANVAS_MANAGE, canvas_id)
        _require_other(canvas_id, user_id)
        canvases.give_to(canvas_id, user_id)
        for member_id, role in ((user_id, Role.OWNER), (actor.id, Role.EDITOR)):
            members.change_role(canvas_id, member_id, role)
            publish_after(work, "role_changed", canvas_id, user_id=member_id, role=role.value)
    return list_members(canvas_id)


def join_as(work: UnitOfWork, canvas_id: str, user_id: str, role: str) -> dict[str, Any]:
    """Make somebody a member by a link or an invitation; the canvas, and the role on it.

    A role that may as much or more is kept. The caller holds the canvas.
    """
    present = role_of(user_id, canvas_id)
    if present is not None and (present != Role.VIEWER or role == Role.VIEWER):
        role = present.value
    else:
        _put_member(canvas_id, user_id, role, present)
    publish_after(work, "role_changed", canvas_id, user_id=user_id, role=role)
    return {"canvas_id": canvas_id, "role": role}


def _put_member(canvas_id: str, user_id: str, role: str, present: Role | None) -> None:
    """`present` is the role that the person has on the canvas so far."""
    if present is None:
        if members.count_members(canvas_id) >= MAX_MEMBERS:
            raise Invalid(f"A canvas has at most {MAX_MEMBERS} members.")
        members.add(canvas_id, user_id, role)
    elif present is Role.OWNER:
        raise Conflict(OWNER_STAYS)
    else:
        members.change_role(canvas_id, user_id, role)


def _require_other(canvas_id: str, user_id: str) -> None:
    """Raises NotFound for somebody who is no member, Conflict for the owner."""
    present = role_of(user_id, canvas_id)
    if present is None:
        raise NotFound("This person is no member of the canvas.")
    if present is Role.OWNER:
        raise Conflict(OWNER_STAYS)


def _member(user: Any, role: str) -> dict[str, Any]:
    return {"user_id": user.id, "name": user.name, "email": user.email, "role": role}


def _invitation(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "email": row.email,
        "role": row.role,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }
