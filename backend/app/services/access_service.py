"""Permission checks: the actor's role is read from the database and held to the one table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal, overload

from app.domain.access.ids import (
    CancellableJobId,
    EditableCanvasId,
    OperatorId,
    OwnedCanvasId,
    OwnJobId,
    SteerableJobId,
    ViewableCanvasId,
    ViewableJobId,
)
from app.domain.access.policy import OF_OPERATORS, Role, Rule, may
from app.domain.errors import NotAllowed, NotFound
from app.models import roles
from app.models.job_moves import current

NO_CANVAS = "Canvas not found."


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


@overload
def check(
    canvas_id: str, role: Role | None, rule: Literal[Rule.CANVAS_MANAGE]
) -> OwnedCanvasId: ...
@overload
def check(
    canvas_id: str, role: Role | None, rule: Literal[Rule.CANVAS_EDIT]
) -> EditableCanvasId: ...
@overload
def check(canvas_id: str, role: Role | None, rule: Rule) -> ViewableCanvasId: ...
def check(canvas_id: str, role: Role | None, rule: Rule) -> ViewableCanvasId:
    """The canvas's id as that of one on which somebody in this role passes the rule.

    Raises:
        NotFound: no member, whether or not the canvas exists.
        NotAllowed: a member, but the role does not allow it.
    """
    if role is None:
        raise NotFound(NO_CANVAS)
    if not may(role, rule):
        raise NotAllowed(f"As {role.value} of this canvas you may not do that.")
    return made(canvas_id)


def viewers_in(
    places: Iterable[tuple[str, str]],
) -> list[tuple[ViewableCanvasId, Role] | NotFound]:
    """The canvas and the role in each `(canvas_id, user_id)`, or why not; a statement a canvas."""
    asked = list(places)
    people: dict[str, set[str]] = {}
    for canvas_id, user_id in asked:
        people.setdefault(canvas_id, set()).add(user_id)
    found = {canvas_id: roles_of(canvas_id, who) for canvas_id, who in people.items()}
    return [
        NotFound(NO_CANVAS) if role is None else (check(canvas_id, role, Rule.CANVAS_VIEW), role)
        for canvas_id, user_id in asked
        for role in [found[canvas_id].get(user_id)]
    ]


@overload
def require(user_id: str, rule: Literal[Rule.CANVAS_MANAGE], canvas_id: str) -> OwnedCanvasId: ...
@overload
def require(user_id: str, rule: Literal[Rule.CANVAS_EDIT], canvas_id: str) -> EditableCanvasId: ...
@overload
def require(user_id: str, rule: Rule, canvas_id: str) -> ViewableCanvasId: ...
def require(user_id: str, rule: Rule, canvas_id: str) -> ViewableCanvasId:
    """As `check`, in the role that the person has now."""
    return check(canvas_id, role_of(user_id, canvas_id), rule)


def made(canvas_id: str) -> OwnedCanvasId:
    """The id of a canvas as its owner's, who has just made it."""
    return OwnedCanvasId(EditableCanvasId(ViewableCanvasId(canvas_id)))


def require_operator(actor: Actor) -> OperatorId:
    """Raises NotFound: for everybody else what operators see does not exist."""
    if not actor.is_operator:
        raise NotFound
    return OperatorId(actor.id)


@overload
def require_job(user_id: str, rule: Literal[Rule.JOB_VIEW], job_id: str) -> ViewableJobId: ...
@overload
def require_job(user_id: str, rule: Literal[Rule.JOB_RETRY], job_id: str) -> OwnJobId: ...
@overload
def require_job(user_id: str, rule: Literal[Rule.JOB_STEER], job_id: str) -> SteerableJobId: ...
@overload
def require_job(user_id: str, rule: Literal[Rule.JOB_CANCEL], job_id: str) -> CancellableJobId: ...
@overload
def require_job(user_id: str, rule: Rule, job_id: str) -> str: ...
def require_job(user_id: str, rule: Rule, job_id: str) -> Any:
    """The job's id, if the actor may see (JOB_VIEW), cancel, steer or retry (JOB_RETRY) it.

    Raises:
        NotFound: not the requester's job, nor on a canvas the actor sees.
        NotAllowed: the actor sees the job on a shared canvas, but may not do this to it.
    """
    job = current(job_id)
    if job is None:
        raise NotFound("Job not found.")
    if job.user_id != user_id and not (rule in OF_OPERATORS and roles.is_operator(user_id)):
        role = role_of(user_id, job.canvas_id) if job.canvas_id else None
        if role is None:
            raise NotFound("Job not found.")
        asked = Rule.CANVAS_VIEW if rule is Rule.JOB_VIEW else Rule.CANVAS_EDIT
        if rule is Rule.JOB_RETRY or not may(role, asked):
            raise NotAllowed("Only the person who asked for this job may do that.")
    if rule is Rule.JOB_VIEW:
        return ViewableJobId(job_id)
    return OwnJobId(SteerableJobId(CancellableJobId(job_id)))
