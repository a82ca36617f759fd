"""Counts and times of jobs."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.domain.jobs.lifecycle import JobStatus
from app.extensions import db
from app.models.job_moves import T
from app.models.sql_time import epoch_of

RECENT = 1_000  # waits and durations are those of the newest jobs


@dataclass(frozen=True)
class Times:
    """Seconds of the most recent jobs: submission to start, and start to end."""

    waits: list[float]
    durations: list[float]


def counts(user_id: str | None) -> dict[tuple[str, str], int]:
    """How many jobs there are of each (type, status); of one person, or of all."""
    query = select(T.c.job_type, T.c.status, func.count()).group_by(T.c.job_type, T.c.status)
    return {
        (job_type, status): count
        for job_type, status, count in db.session.execute(_of(query, user_id))
    }


def times(user_id: str | None) -> Times:
    wait = epoch_of(T.c.started_at) - epoch_of(T.c.created_at)
    duration = epoch_of(T.c.completed_at) - epoch_of(T.c.started_at)
    query = (
        select(wait, duration)
        .where(T.c.status == JobStatus.COMPLETED, T.c.started_at.is_not(None))
        .order_by(T.c.completed_at.desc())
        .limit(RECENT)
    )
    rows = db.session.execute(_of(query, user_id)).all()
    return Times([row[0] for row in rows], [row[1] for row in rows])


def _of(query: Any, user_id: str | None) -> Any:
    return query.where(T.c.user_id == user_id) if user_id else query
