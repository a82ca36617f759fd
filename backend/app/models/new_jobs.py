"""New jobs, at the end of the queue, and what place that is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Float, cast, func, insert, literal_column, or_, select

from app.domain.jobs.queueing import SECONDS_PER_STEP
from app.models.job_moves import FACTS, JobFacts, T, head_of
from app.models.sql import one, statement
from app.models.sql_time import epoch_of, utc_now


@dataclass(frozen=True, slots=True)
class AddedJob(JobFacts):
    """`place`: 1 for the job whose turn is next, as far as that is known."""

    place: int


_QUEUED = T.alias("other")
_KEY: Any = literal_column("sort_key")
_NUMBER: Any = literal_column("seq")
# By names of their own, as the new job's are those of the table.
_OTHERS = (
    select(_QUEUED.c.sort_key.label("key"), _QUEUED.c.seq.label("number"))
    .where(_QUEUED.c.status == literal_column("'queued'"))
    .subquery("others")
)
_AHEAD = or_(_OTHERS.c.key < _KEY, (_OTHERS.c.key == _KEY) & (_OTHERS.c.number < _NUMBER))
_PLACE = select(func.count() + 1).select_from(_OTHERS).where(_AHEAD).scalar_subquery()


@statement(lambda result: AddedJob(*one(result)))
def add(
    *,
    user_id: str,
    canvas_id: str | None,
    job_type: str,
    draws: bool,
    request_data: dict[str, Any],
    priority: int,
    max_attempts: int,
    max_retries: int,
    idempotency_key: str | None,
    request_hash: str,
    trace_id: str | None,
    message: str,
) -> Executable:
    """A new job at the end of the queue."""
    new = insert(T).values(
        user_id=user_id,
        canvas_id=canvas_id,
        job_type=job_type,
        draws=draws,
        request_data=request_data,
        priority=priority,
        max_attempts=max_attempts,
        max_retries=max_retries,
        idempotency_key=idempotency_key,
        request_hash=request_hash,
        trace_id=trace_id,
        message=message,
        sort_key=epoch_of(utc_now()) - SECONDS_PER_STEP * cast(priority, Float),
        asked_seq=head_of(canvas_id),
    )
    return new.returning(*FACTS, _PLACE)
