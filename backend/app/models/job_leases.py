"""Leases: who runs a job keeps it only as long as its lease token stands."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, select, update

from app.domain.jobs.progress import Report
from app.models.job_claims import PROCESSING
from app.models.job_moves import T
from app.models.sql import run
from app.models.sql_time import utc_after, utc_now


def renew(lease_tokens: Collection[str], seconds: float) -> set[str]:
    """Prolong the leases of a process in one statement; those not returned are lost."""
    statement = (
        update(T)
        .where(T.c.lease_token.in_(lease_tokens), T.c.status == PROCESSING)
        .values(lease_until=utc_after(seconds))
        .returning(T.c.lease_token)
    )
    return set(run(statement).scalars())


def still_held(lease_tokens: Collection[str]) -> set[str]:
    """Which of these leases stand: a cancelled or reclaimed job's does not."""
    query = select(T.c.lease_token).where(
        T.c.lease_token.in_(lease_tokens), T.c.status == PROCESSING
    )
    return set(run(query).scalars())


def stage(job_id: str, lease_token: str, answer: dict[str, Any], usage: dict[str, Any]) -> bool:
    """Keep the planner's answer, so that a later attempt need not pay for it again."""
    statement = (
        update(T)
        .where(T.c.id == job_id, T.c.lease_token == lease_token, T.c.status == PROCESSING)
        .values(staged_result=answer, usage=usage)
        .returning(T.c.id)
    )
    return run(statement).first() is not None


def staged_answer(job_id: str) -> dict[str, Any] | None:
    return run(select(T.c.staged_result).where(T.c.id == job_id)).scalar()


def report(job_id: str, lease_token: str, progress: Report) -> int | None:
    """Note how far a running job is. Returns the event's number, None if the lease is lost."""
    statement = (
        update(T)
        .where(T.c.id == job_id, T.c.lease_token == lease_token, T.c.status == PROCESSING)
        .values(
            phase=progress.phase,
            message=progress.message,
            progress=progress.percent,
            planned=progress.planned,
            drawn=progress.drawn,
            event_seq=T.c.event_seq + 1,
        )
        .returning(T.c.event_seq)
    )
    return run(statement).scalar()


def running_workers() -> set[str]:
    """The ids of the processes that hold leases."""
    query = select(T.c.worker_id).where(T.c.status == PROCESSING).distinct()
    return {worker for worker in run(query).scalars() if worker}


def overdue() -> ColumnElement[bool]:
    """Attempts that outlived their total deadline although somebody renews their lease."""
    return T.c.deadline_at < utc_now()  # type: ignore[no-any-return]
