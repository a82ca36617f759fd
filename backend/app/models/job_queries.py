"""Reading jobs: lists, places in the queue, and what belongs to a job elsewhere."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    or_,
    select,
)

from app.domain.jobs.lifecycle import TERMINAL
from app.extensions import db
from app.models.ai_job import AIJob
from app.models.change_set import ChangeSet
from app.models.job_claims import QUEUED
from app.models.job_moves import FACTS, JobFacts, T, facts_from
from app.models.sql import first, is_postgresql, nothing, run, statement, value, values
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


def find_by_key(user_id: str, idempotency_key: str) -> JobFacts | None:
    query = select(*FACTS).where(T.c.user_id == user_id, T.c.idempotency_key == idempotency_key)
    row = run(query).one_or_none()
    return facts_from(row) if row else None


@statement(first)
def standing_of(user_id: str) -> Executable:
    """(is_operator, queued): what decides whether this person may submit; None: no such account."""
    person: Any = User.__table__
    queued = select(func.count()).where(T.c.user_id == user_id, T.c.status == QUEUED)
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


@statement(values)
def head_of_queue(at_most: int) -> Executable:
    """The ids of the queued jobs whose turn comes first, in that order."""
    queued = select(T.c.id).where(T.c.status == QUEUED)
    return queued.order_by(T.c.sort_key, T.c.seq).limit(at_most)


def names_of(user_ids: Collection[str]) -> dict[str, str]:
    query = select(User.id, User.name).where(User.id.in_(user_ids))
    return {row.id: row.name for row in run(query)}


def ids_of_person(id_or_email: str) -> Select[str]:
    """The account with this id or e-mail address, if there is one."""
    wanted = id_or_email.strip()
    return select(User.id).where(or_(User.id == wanted, User.email == wanted.lower()))


def undone_among(change_set_ids: Collection[str]) -> set[str]:
    query = select(ChangeSet.undoes).where(ChangeSet.undoes.in_(change_set_ids))
    return {undone for undone in run(query).scalars() if undone}


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
