"""Reading jobs: lists, places in the queue, and what belongs to a job elsewhere."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Text,
    and_,
    cast,
    delete,
    func,
    null,
    or_,
    select,
)

from app.domain.jobs.lifecycle import TERMINAL
from app.extensions import db
from app.models.ai_job import AIJob
from app.models.job_claims import QUEUED
from app.models.job_moves import FACTS, JobFacts, T, facts_from
from app.models.sql import Result, first, is_postgresql, nothing, run, statement, value, values
from app.models.sql_time import utc_after
from app.models.user import User

DELETE_AT_ONCE = 500


def page_of(
    *conditions: ColumnElement[bool], status: str | None, limit: int, offset: int
) -> list[AIJob]:
    query = select(AIJob).where(*conditions)
    if status:
        query = query.where(AIJob.status == status)
    query = query.order_by(AIJob.created_at.desc(), AIJob.seq.desc()).limit(limit).offset(offset)
    return list(db.session.execute(query).scalars())


def shown(
    user_id: str | None,
    canvas_id: str | None,
    hidden_types: Collection[str],
    status: str | None,
    limit: int,
    offset: int,
) -> list[AIJob]:
    """A page of everybody's jobs, of this person's, or of those on this canvas."""
    conditions: list[ColumnElement[bool]] = []
    if user_id:
        conditions.append(AIJob.user_id == user_id)
    if canvas_id:
        conditions.append(AIJob.canvas_id == canvas_id)
    if hidden_types:
        conditions.append(AIJob.job_type.not_in(hidden_types))
    return page_of(*conditions, status=status, limit=limit, offset=offset)


def find(job_id: str, user_id: str | None) -> AIJob | None:
    """The job as it is now, if it is this person's or no person is named."""
    query = select(AIJob).where(AIJob.id == job_id)
    if user_id:
        query = query.where(AIJob.user_id == user_id)
    newest = query.execution_options(populate_existing=True)
    return db.session.execute(newest).scalar_one_or_none()


def find_by_key(user_id: str, idempotency_key: str) -> JobFacts | None:
    query = select(*FACTS).where(T.c.user_id == user_id, T.c.idempotency_key == idempotency_key)
    row = run(query).one_or_none()
    return facts_from(row) if row else None


@statement(first)
def standing_of(user_id: str, job_types: Collection[str]) -> Executable:
    """(is_operator, queued): what decides whether this person may submit another job of these
    types; None: no such account."""
    person: Any = User.__table__
    type_of = func.coalesce(T.c.job_type, null())  # not a column: the index is that of the person
    queued = select(func.count()).where(
        T.c.user_id == user_id, T.c.status == QUEUED, type_of.in_(job_types)
    )
    standing = select(person.c.is_operator, queued.scalar_subquery().label("queued"))
    return standing.where(person.c.id == user_id)


def lock_submissions(user_id: str) -> None:
    """One submission of a person at a time, until the transaction ends."""
    if is_postgresql():
        _lock_submissions(user_id)


@statement(nothing)
def _lock_submissions(user_id: str) -> Executable:
    return select(func.pg_advisory_xact_lock(func.hashtextextended(cast(user_id, Text), 0)))


@statement(value)
def place_in_queue(job_id: str) -> Executable:
    """1 for the job whose turn is next, as far as that is known; None unless it is queued."""
    job, other = T.alias("job"), T.alias("other")
    ahead = or_(
        other.c.sort_key < job.c.sort_key,
        and_(other.c.sort_key == job.c.sort_key, other.c.seq < job.c.seq),
    )
    before = (
        select(func.count()).where(other.c.status == QUEUED, ahead).correlate(job).scalar_subquery()
    )
    return select(before + 1).where(job.c.id == job_id, job.c.status == QUEUED)


def _by_id(result: Result) -> dict[str, int]:
    return {row.id: row.place for row in result}


@statement(_by_id)
def places_in_queue(job_ids: Collection[str]) -> Executable:
    """The same for many, in one read of the queue; a job that is not queued has no place."""
    place = func.row_number().over(order_by=(T.c.sort_key, T.c.seq)).label("place")
    line = select(T.c.id, place).where(T.c.status == QUEUED).subquery()
    return select(line).where(line.c.id.in_(job_ids))


@statement(values)
def head_of_queue(at_most: int) -> Executable:
    """The ids of the queued jobs whose turn comes first, in that order."""
    queued = select(T.c.id).where(T.c.status == QUEUED)
    return queued.order_by(T.c.sort_key, T.c.seq).limit(at_most)


def names_of(user_ids: Collection[str]) -> dict[str, str]:
    query = select(User.id, User.name).where(User.id.in_(user_ids))
    return {row.id: row.name for row in run(query)}


def of_everybody(
    *,
    status: str | None,
    person: str | None,
    canvas_id: str | None,
    within_seconds: float | None,
    limit: int,
    offset: int,
) -> list[AIJob]:
    """A page of all jobs. `person` is an account's id or e-mail address."""
    conditions: list[ColumnElement[bool]] = []
    if person:
        named = or_(User.id == person.strip(), User.email == person.strip().lower())
        conditions.append(AIJob.user_id.in_(select(User.id).where(named)))
    if canvas_id:
        conditions.append(AIJob.canvas_id == canvas_id)
    if within_seconds is not None:
        conditions.append(AIJob.created_at >= utc_after(-within_seconds))
    return page_of(*conditions, status=status, limit=limit, offset=offset)


@statement(value)
def change_set_of(job_id: str) -> Executable:
    """The change set that the job drew; None if it has drawn nothing."""
    return select(T.c.change_set_id).where(T.c.id == job_id)


def usage_today(user_id: str) -> list[dict[str, Any]]:
    """What the person's jobs of the last 24 hours spent."""
    query = select(T.c.usage).where(
        T.c.user_id == user_id, T.c.usage.is_not(None), T.c.created_at > utc_after(-86_400)
    )
    return list(run(query).scalars())


def delete_finished(older_than_seconds: float) -> int:
    """Forget up to a few hundred jobs that ended long ago; how many they were."""
    old = (
        select(T.c.id)
        .where(T.c.status.in_(sorted(TERMINAL)), T.c.completed_at < utc_after(-older_than_seconds))
        .limit(DELETE_AT_ONCE)
    )
    gone = run(delete(T).where(T.c.id.in_(old)).returning(T.c.id))
    return len(gone.all())
