"""Reading jobs: lists, places in the queue, and what belongs to a job elsewhere."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, or_, select, text

from app.domain.jobs.lifecycle import TERMINAL
from app.extensions import db
from app.models.ai_job import AIJob
from app.models.change_set import ChangeSet
from app.models.job_claims import QUEUED
from app.models.job_moves import T
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


def find_by_key(user_id: str, idempotency_key: str) -> AIJob | None:
    query = select(AIJob).where(AIJob.user_id == user_id, AIJob.idempotency_key == idempotency_key)
    return db.session.execute(query).scalar_one_or_none()


def count_queued(user_id: str) -> int:
    query = select(func.count()).where(T.c.user_id == user_id, T.c.status == QUEUED)
    return db.session.execute(query).scalar_one()


def lock_submissions(user_id: str) -> None:
    """One submission of a person at a time, until the transaction ends."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:user, 0))"), {"user": user_id}
        )


def place_in_queue(job_id: str) -> int | None:
    """1 for the job whose turn is next, as far as that is known; None unless it is queued."""
    return db.session.execute(_place(), {"job_id": job_id}).scalar()


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


def names_of(user_ids: Collection[str]) -> dict[str, str]:
    query = select(User.id, User.name).where(User.id.in_(user_ids))
    return {row.id: row.name for row in db.session.execute(query)}


def undone_among(change_set_ids: Collection[str]) -> set[str]:
    query = select(ChangeSet.undoes).where(ChangeSet.undoes.in_(change_set_ids))
    return {undone for undone in db.session.execute(query).scalars() if undone}


def usage_today(user_id: str) -> list[dict[str, Any]]:
    """What the person's jobs of the last 24 hours spent."""
    query = select(T.c.usage).where(
        T.c.user_id == user_id, T.c.usage.is_not(None), T.c.created_at > utc_after(-86_400)
    )
    return list(db.session.execute(query).scalars())


def delete_finished(older_than_seconds: float) -> int:
    """Forget up to a few hundred jobs that ended long ago; how many they were."""
    old = (
        select(T.c.id)
        .where(T.c.status.in_(sorted(TERMINAL)), T.c.completed_at < utc_after(-older_than_seconds))
        .limit(DELETE_AT_ONCE)
    )
    gone = db.session.execute(delete(T).where(T.c.id.in_(old)).returning(T.c.id))
    return len(gone.all())
