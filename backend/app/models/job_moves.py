"""The guarded moves of a job: each is one UPDATE, and the rows it changed decide who won.

Nothing here reads a status first and writes it later, and nothing here commits. A worker's move
also carries its lease token: one that was thought dead cannot write any more (rules J1, J5).
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    Float,
    bindparam,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from app.domain.errors import WorkerLost
from app.domain.jobs.lifecycle import JobEvent, sources, target
from app.domain.jobs.queueing import SECONDS_PER_STEP
from app.models.ai_job import AIJob
from app.models.canvas import Canvas
from app.models.sql import run, statement
from app.models.sql_time import epoch_of, utc_after, utc_now

T: Any = AIJob.__table__
CANVAS: Any = Canvas.__table__
RELEASED: dict[str, Any] = {"lease_token": None, "lease_until": None, "deadline_at": None}


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job as the database has just said it is: what events and workers need of it.

    `is_staged`: an earlier attempt's answer is kept (`job_leases.staged_answer`).
    """

    id: str
    user_id: str
    canvas_id: str | None
    job_type: str
    status: str
    priority: int
    request_data: dict[str, Any]
    result_data: dict[str, Any] | None
    error_message: str | None
    error_code: str | None
    refusal: dict[str, Any] | None
    retry_count: int
    max_retries: int
    attempt: int
    max_attempts: int
    lease_token: str | None
    phase: str
    message: str
    progress: int
    planned: int
    drawn: int
    event_seq: int
    trace_id: str | None
    request_hash: str | None
    asked_seq: int | None
    is_staged: bool


# SQLite (3.40) answers a bare `IS NOT NULL` after RETURNING with true, whatever the column holds.
_STAGED = func.coalesce(T.c.staged_result, null()).is_not(null()).label("is_staged")
FACTS = [_STAGED if field.name == "is_staged" else T.c[field.name] for field in fields(JobFacts)]


def facts_from(row: Any) -> JobFacts:
    return JobFacts(*row[: len(FACTS)])


def _moved(result: CursorResult[Any]) -> JobFacts | None:
    row = result.first()
    return facts_from(row) if row else None


@dataclass(frozen=True, slots=True)
class AddedJob(JobFacts):
    """`place`: 1 for the job whose turn is next, as far as that is known."""

    place: int


def _head_of(canvas_id: Any) -> Any:
    return select(CANVAS.c.head_seq).where(CANVAS.c.id == canvas_id).scalar_subquery()


def add(values: dict[str, Any]) -> AddedJob:
    """A new job at the end of the queue; `values` by column, with at least what has no default."""
    more = {"steps": values.get("priority", 0), "on_canvas": values.get("canvas_id")}
    return AddedJob(*tuple(run(_ADD, {**values, **more}).one()))


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
_SORT_KEY = epoch_of(utc_now()) - SECONDS_PER_STEP * bindparam("steps", type_=Float)
_ADD = (
    insert(T)
    .values(sort_key=_SORT_KEY, asked_seq=_head_of(bindparam("on_canvas")))
    .returning(*FACTS, _PLACE)
)


def move_statement(
    event: JobEvent, *conditions: ColumnElement[bool], **values: Any
) -> ReturningUpdate[Any]:
    """Do `event` to every job that meets the conditions and is in a state that allows it."""
    then = target(event)
    return (
        update(T)
        .where(T.c.status.in_(sorted(sources(event))), *conditions)
        .values({"status": then, "phase": then, "event_seq": T.c.event_seq + 1, **values})
        .returning(*FACTS)
    )


def move(event: JobEvent, *conditions: ColumnElement[bool], **values: Any) -> list[JobFacts]:
    statement = move_statement(event, *conditions, **values)
    return [facts_from(row) for row in run(statement)]


def _one(moved: list[JobFacts]) -> JobFacts | None:
    return moved[0] if moved else None


def _held(job_id: Any, lease_token: Any) -> tuple[ColumnElement[bool], ...]:
    return (T.c.id == job_id, T.c.lease_token == lease_token)


def _again(seconds: float = 0.0) -> dict[str, Any]:
    """Back to the queue, not before `seconds` have passed; a staged answer is kept."""
    return {
        **RELEASED,
        "available_at": utc_after(seconds) if seconds else utc_now(),
        "message": "",
        "progress": 0,
        "drawn": 0,
    }


@statement(_moved)
def complete(
    job_id: str,
    lease_token: str,
    canvas_id: str | None,
    result: dict[str, Any],
    drawn: int,
    change_set_id: str | None,
    message: str,
) -> Executable:
    """None: the lease was lost, or the job was cancelled; the caller must roll back."""
    return move_statement(
        JobEvent.COMPLETE,
        *_held(job_id, lease_token),
        **RELEASED,
        completed_at=utc_now(),
        canvas_id=canvas_id,
        result_data=result,
        change_set_id=change_set_id,
        staged_result=None,
        error_code=None,
        error_message=None,
        progress=100,
        drawn=drawn,
        message=message,
    )


def fail(
    job_id: str, lease_token: str, *, code: str, message: str, said: str = "", refusal: Any = None
) -> JobFacts | None:
    """`said` is the message in the language of who asked, where that is another one."""
    return _one(
        move(
            JobEvent.FAIL,
            *_held(job_id, lease_token),
            **RELEASED,
            completed_at=utc_now(),
            error_code=code,
            error_message=message,
            refusal=refusal,
            message=(said or message)[:500],
        )
    )


def postpone(
    job_id: str, lease_token: str, *, seconds: float, code: str, message: str
) -> JobFacts | None:
    """A transient failure with attempts left: the reason stays readable while the job waits."""
    waiting = f"{message} Trying again in {max(1, round(seconds))} s."
    return _one(
        move(
            JobEvent.POSTPONE,
            *_held(job_id, lease_token),
            **{**_again(seconds), "message": waiting[:500]},
            error_code=code,
        )
    )


def hand_back(lease_tokens: Collection[str]) -> list[JobFacts]:
    """The worker shuts down: others may run these at once, and the attempt does not count."""
    return move(
        JobEvent.HAND_BACK,
        T.c.lease_token.in_(lease_tokens),
        **_again(),
        attempt=T.c.attempt - 1,
    )


def cancel(job_id: str) -> JobFacts | None:
    """Final at once, whether the job was queued or running (rule J6)."""
    return _one(
        move(
            JobEvent.CANCEL,
            T.c.id == job_id,
            **RELEASED,
            completed_at=utc_now(),
            staged_result=None,
            message="Cancelled",
        )
    )


def retry(job_id: str, user_id: str, *, seq: int) -> JobFacts | None:
    """A failed job again from the start, at the end of the queue."""
    return _one(
        move(
            JobEvent.RETRY,
            T.c.id == job_id,
            T.c.user_id == user_id,
            T.c.retry_count < T.c.max_retries,
            **_again(),
            retry_count=T.c.retry_count + 1,
            attempt=0,
            seq=seq,
            asked_seq=_head_of(T.c.canvas_id),
            sort_key=epoch_of(utc_now()) - SECONDS_PER_STEP * T.c.priority,
            planned=0,
            started_at=None,
            completed_at=None,
            error_code=None,
            error_message=None,
            refusal=None,
            staged_result=None,
        )
    )


def reclaim(*lost: ColumnElement[bool], code: str, sentence: str) -> list[JobFacts]:
    """Take running jobs from workers that are gone: again if attempts are left, else failed."""
    again = move(JobEvent.EXPIRE, *lost, T.c.attempt < T.c.max_attempts, **_again())
    over = move(
        JobEvent.FAIL,
        *lost,
        T.c.attempt >= T.c.max_attempts,
        **RELEASED,
        completed_at=utc_now(),
        error_code=code,
        error_message=sentence,
        message=sentence,
    )
    return again + over


def reclaim_expired() -> list[JobFacts]:
    return reclaim(T.c.lease_until < utc_now(), code=WorkerLost.code, sentence=WorkerLost.message)


def reclaim_from(worker_ids: Collection[str]) -> list[JobFacts]:
    """Take back what processes held that are known to have ended."""
    return reclaim(T.c.worker_id.in_(worker_ids), code=WorkerLost.code, sentence=WorkerLost.message)


@statement(_moved)
def current(job_id: str) -> Executable:
    return select(*FACTS).where(T.c.id == job_id)
