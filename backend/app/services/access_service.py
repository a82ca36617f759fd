"""Permission checks: the actor's role is read from the database and held to the one table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.access.policy import OF_OPERATORS, Role, Rule, may
from app.domain.errors import NotAllowed, NotFound
from app.models import roles
from app.models.job_moves import current


@dataclass(frozen=True)
class Actor:
    """Who asks. `session_id` names the sign-in, so that it can be ended or listed."""

    id: str
    name: str
    email: str
    session_id: str
    is_operator: bool = False


def role_of(user_id: str, canvas_id: str) -> Role | None:
    role = roles.role_of(user_id, canvas_id)
    return None if role is None else Role(role)


def roles_of(canvas_id: str, user_ids: Collection[str]) -> dict[str, Role]:
    """The role of each of these people who is a member."""
    if len(user_ids) == 1:  # mostly, and faster
        [user_id] = user_ids
        role = role_of(user_id, canvas_id)
        return {} if role is None else {user_id: role}
    return {row.user_id: Role(row.role) for row in roles.roles_of(canvas_id, sorted(user_ids))}


def roles_in(places: Iterable[tuple[str, str]]) -> list[Role | None]:
    """The role in each `(canvas_id, user_id)`, a statement a canvas."""
    asked = list(places)
    people: dict[str, set[str]] = {}
    for canvas_id, user_id in asked:
        people.setdefault(canvas_id, set()).add(user_id)
    found = {canvas_id: roles_of(canvas_id, who) for canvas_id, who in people.items()}
    return [found[canvas_id].get(user_id) for canvas_id, user_id in asked]


def require(user_id: str, rule: Rule | str, canvas_id: str) -> Role:
    """The actor's role on the canvas.

    Raises:
        NotFound: the actor is no member, whether or not the canvas exists.
        NotAllowed: a member, but the role does not allow it.
    """
    return held_to(role_of(user_id, canvas_id), rule)


def held_to(role: Role | None, rule: Rule | str) -> Role:
    """The role, if it is one and allows this; raises as `require`."""
    if role is None:
        raise NotFound("Canvas not found.")
    if not may(role, Rule(rule)):
        raise NotAllowed(f"As {role.value} of this canvas you may not do that.")
    return role


def require_job(user_id: str, rule: Rule, job_id: str) -> None:
    """Pass if the actor may see (JOB_VIEW), cancel, steer or retry (JOB_RETRY) the job.

    Raises:
        NotFound: not the requester's job, nor on a canvas the actor sees.
        NotAllowed: the actor sees the job on a shared canvas, but may not do this to it.
    """
    job = current(job_id)
    if job is None:
        raise NotFound("Job not found.")
    if job.user_id == user_id:
        return
    if rule in OF_OPERATORS and roles.is_operator(user_id):
        return
    role = role_of(user_id, job.canvas_id) if job.canvas_id else None
    if role is None or rule is Rule.JOB_VIEW:
        raise NotFound("Job not found.")
    if rule is Rule.JOB_RETRY or not may(role, Rule.CANVAS_EDIT):
        raise NotAllowed("Only the person who asked for this job may do that.")
