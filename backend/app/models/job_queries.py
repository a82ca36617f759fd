"""Reading jobs: lists, places in the queue, and what belongs to a job elsewhere."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
)

from app.domain.jobs.lifecycle import TERMINAL
from app.extensions import db
from app.models.ai_job import AIJob
from app.models.change_set import ChangeSet
from app.models.job_claims import QUEUED
from app.models.job_moves import FACTS, JobFacts, T, facts_from
from app.models.sql import is_postgresql, run
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


def standing_of(user_id: str) -> Any:
    """(is_operator, queued): what decides whether this person may submit; None: no such account."""
    return run(_standing_of(), {"user": user_id}).one_or_none()


@cache
def _standing_of() -> Executable:
    person: Any = User.__table__
    queued = select(func.count()).where(T.c.user_id == bindparam("user"), T.c.status == QUEUED)
    return select(person.c.is_operator, queued.scalar_subquery().label("queued")).where(
        person.c.id == bindparam("user")
    )


def lock_submissions(user_id: str) -> None:
    """One submission of a person at a time, until the transaction ends."""
    if is_postgresql():
        run(_lock_submissions(), {"user": user_id})


@cache
def _lock_submissions() -> Executable:
    return text("SELECT pg_advisory_xact_lock(hashtextextended(:user, 0))")


def place_in_queue(job_id: str) -> int | None:
    """1 for the job whose turn is next, as far as that is known; None unless it is queued."""
    return run(_place(), {"job_id": job_id}).scalar()


@cache
def _place() -> Select[int]:
    job, other = T.alias("job"), T.alias("other")
    ahead = or_(
        other.c.sort_key < job.c.sort_key,
        and_(other.c.sort_key == job.c.sort_key, other.c.seq < job.c.seq),
    )
    before = (
        select(func.count()).where(other.c.status == QUEUED, ahead).correlate(job).scalar_subquery()
    )
    return select(before + 1).where(job.c.id == bindparam("job_id"), job.c.status == QUEUED)


def places_in_queue(job_ids: Collection[str]) -> dict[str, int]:
    """The same for many, in one reading of the queue; who is not queued has no place."""
    if not job_ids:
        return {}
    return {row.id: row.place for row in run(_places(), {"job_ids": sorted(job_ids)})}


@cache
def _places() -> Executable:
    place = func.row_number().over(order_by=(T.c.sort_key, T.c.seq)).label("place")
    line = select(T.c.id, place).where(T.c.status == QUEUED).subquery()
    return select(line).where(line.c.id.in_(bindparam("job_ids", expanding=True)))


def head_of_queue(at_most: int) -> list[str]:
    """The ids of the queued jobs whose turn comes first, in that order."""
    return list(run(_head_of_queue(), {"at_most": at_most}).scalars())


@cache
def _head_of_queue() -> Executable:
    first = select(T.c.id).where(T.c.status == QUEUED).order_by(T.c.sort_key, T.c.seq)
    return first.limit(bindparam("at_most", type_=Integer))


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
