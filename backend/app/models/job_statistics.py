"""Counts and times of jobs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.domain.jobs.lifecycle import TERMINAL
from app.models.job_moves import T
from app.models.sql import each, run
from app.models.sql_time import epoch_of

RECENT = 1_000  # waits and durations are those of the newest jobs


@dataclass(frozen=True)
class Counted:
    """So many jobs of one kind. `model` is None where neither the job's result nor its request
    names one, `error_code` where the job has not failed."""

    job_type: str
    status: str
    model: str | None
    error_code: str | None
    jobs: int
    tokens: int


@dataclass(frozen=True)
class EndedJob:
    """One job that began and ended. Seconds from submission to start, and from start to end."""

    job_type: str
    status: str
    model: str | None
    wait: float
    duration: float


def counts(user_id: str | None, without: Collection[str]) -> list[Counted]:
    """How many jobs there are of each kind; of one person, or of all, but for some types."""
    kind = (T.c.job_type, T.c.status, _model().label("model"), T.c.error_code)
    tokens = T.c.usage["input_tokens"].as_integer() + T.c.usage["output_tokens"].as_integer()
    query = select(*kind, func.count(), func.coalesce(func.sum(tokens), 0)).group_by(
        T.c.job_type, T.c.status, "model", T.c.error_code
    )
    return each(Counted)(run(_of(query, user_id, without)))


def recently_ended(user_id: str | None, without: Collection[str]) -> list[EndedJob]:
    """The newest first, at most `RECENT`."""
    wait = epoch_of(T.c.started_at) - epoch_of(T.c.created_at)
    duration = epoch_of(T.c.completed_at) - epoch_of(T.c.started_at)
    query = (
        select(T.c.job_type, T.c.status, _model(), wait, duration)
        .where(T.c.status.in_(sorted(TERMINAL)), T.c.started_at.is_not(None))
        .order_by(T.c.completed_at.desc())
        .limit(RECENT)
    )
    return each(EndedJob)(run(_of(query, user_id, without)))


def _model() -> Any:
    """Which one drew it, or else which one was asked for."""
    return func.coalesce(
        T.c.result_data["planner"].as_string(), T.c.request_data["model"].as_string()
    )


def _of(query: Any, user_id: str | None, without: Collection[str]) -> Any:
    if without:
        query = query.where(T.c.job_type.not_in(without))
    return query.where(T.c.user_id == user_id) if user_id else query
