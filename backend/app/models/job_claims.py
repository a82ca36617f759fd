"""Claims: who may run what now, decided in one statement by the database's clock."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    Executable,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    union_all,
)

from app.domain.jobs.lifecycle import JobEvent
from app.domain.jobs.queueing import SECONDS_PER_STEP
from app.models.ids import new_id
from app.models.job_moves import JobFacts, T, move_statement
from app.models.sql import first, is_postgresql, nothing, run, statement, value
from app.models.sql_time import utc_after, utc_now

# Literals, not parameters: only so can both databases use the partial indexes.
QUEUED: Any = literal_column("'queued'")
PROCESSING: Any = literal_column("'processing'")
CLAIM_LOCK = 0x0C011AB  # PostgreSQL advisory lock: limits are counted by one claimer at a time
SWEEP_LOCK = 0x0C011AC
NEVER = 1e18  # seconds since 1970: after every queued job
CANDIDATES = 8  # so that a row locked by somebody's cancel does not hide the rest
# PostgreSQL plans a claim once for each connection, perhaps before it has statistics of the queue,
# and planning takes longer than claiming. So whatever they say, it is to walk along the indexes.
PLANNING = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_sort": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",  # what is switched off above counts as so dear that it would be compiled
}
DEADLINE_SLACK_SECONDS = 15  # the worker stops an overdue attempt itself; this is for stuck ones


@dataclass(frozen=True)
class Terms:
    """On what terms a worker claims. Times in seconds."""

    worker_id: str
    lease: float
    attempt_timeout: float
    per_user: int

    @property
    def deadline(self) -> float:
        return self.attempt_timeout + DEADLINE_SLACK_SECONDS


@dataclass(frozen=True, slots=True)
class ClaimedJob(JobFacts):
    """`is_more_due`: another one is queued whose time has come, if limits let it run or not."""

    is_more_due: bool


def claim_next(terms: Terms) -> ClaimedJob | None:
    """The best job that may run now (rule J3), or None."""
    _serialise(CLAIM_LOCK)
    return _claim_best(new_id(), terms.worker_id, terms.lease, terms.deadline, terms.per_user)


def claim_by_id(job_id: str, terms: Terms) -> ClaimedJob | None:
    """This job, if it is queued and nothing else draws on its canvas; limits do not apply."""
    _serialise(CLAIM_LOCK)
    return _claim_named(job_id, new_id(), terms.worker_id, terms.lease, terms.deadline)


def _claimed(result: CursorResult[Any]) -> ClaimedJob | None:
    row: Any = result.first()
    return ClaimedJob(*row) if row else None


@statement(_claimed)
def _claim_best(
    token: str, worker_id: str, lease: float, deadline: float, per_user: int
) -> Executable:
    return _claim_where(T.c.id == _best(per_user), token, worker_id, lease, deadline)


@statement(_claimed)
def _claim_named(
    job_id: str, token: str, worker_id: str, lease: float, deadline: float
) -> Executable:
    return _claim_where((T.c.id == job_id) & _canvas_is_free(T), token, worker_id, lease, deadline)


def _claim_where(
    condition: ColumnElement[bool], token: Any, worker_id: Any, lease: Any, deadline: Any
) -> Executable:
    other = T.alias("other")
    # By a name of its own: after RETURNING on SQLite columns are not qualified by their tables.
    due = select(other.c.id.label("due_id")).where(_is_due(other)).subquery("due")
    more = select(due.c.due_id).where(due.c.due_id != T.c.id).correlate(T).exists()
    return move_statement(
        JobEvent.CLAIM,
        condition,
        attempt=T.c.attempt + 1,
        lease_token=token,
        lease_until=utc_after(lease),
        deadline_at=utc_after(deadline),
        worker_id=worker_id,
        started_at=func.coalesce(T.c.started_at, utc_now()),
        phase="planning",
        message="Planning",
    ).returning(more)


def _best(per_user: Any) -> Any:
    """The id of the job whose turn it is.

    People with nothing running are looked at in queue order; for those with something running (few:
    never more than there are slots) their own best job, a minute later for each running one.
    """
    running = T.alias("running")
    busy = (
        select(running.c.user_id, func.count().label("count"))
        .where(_is_running(running))
        .group_by(running.c.user_id)
        .cte("busy")
    )
    idle, own, theirs, job = (T.alias(name) for name in ("idle", "own", "theirs", "job"))
    waiting = (
        select(idle.c.id, idle.c.sort_key.label("rank"), idle.c.seq)
        .where(_runnable(idle), idle.c.user_id.not_in(select(busy.c.user_id)))
        .order_by(idle.c.sort_key, idle.c.seq)
    )
    of_idle = waiting.limit(CANDIDATES).subquery("of_idle")
    # A busy person's job that comes after the first of these is not looked for: with many people at
    # work that is what a claim would take longest for.
    first = waiting.with_only_columns(idle.c.sort_key).limit(1).scalar_subquery()
    next_own = (
        select(own.c.id)
        .where(
            own.c.sort_key <= func.coalesce(first, NEVER) - SECONDS_PER_STEP * busy.c.count,
            _runnable(own),
            own.c.user_id == busy.c.user_id,
        )
        .order_by(own.c.sort_key, own.c.seq)
        .limit(1)
        .correlate(busy)
        .scalar_subquery()
    )
    below_limit = busy.c.count < per_user
    allowed = select(next_own.label("id"), busy.c.count).where(below_limit).subquery("allowed")
    of_busy = select(
        theirs.c.id,
        (theirs.c.sort_key + SECONDS_PER_STEP * allowed.c.count).label("rank"),
        theirs.c.seq,
    ).join_from(allowed, theirs, theirs.c.id == allowed.c.id)
    best = union_all(select(of_idle), of_busy).subquery("best")
    return (
        select(job.c.id)
        .join_from(best, job, job.c.id == best.c.id)
        .order_by(best.c.rank, best.c.seq)
        .limit(1)
        .with_for_update(of=job, skip_locked=True)
        .scalar_subquery()
    )


def _is_running(job: Any) -> ColumnElement[bool]:
    """The second condition says nothing new, but leads SQLite to the index of running jobs."""
    running: ColumnElement[bool] = (job.c.status == PROCESSING) & job.c.lease_until.is_not(None)
    return running


def _runnable(job: Any) -> ColumnElement[bool]:
    return _is_due(job) & _canvas_is_free(job)


def _is_due(job: Any) -> ColumnElement[bool]:
    due: ColumnElement[bool] = (job.c.status == QUEUED) & (job.c.available_at <= utc_now())
    return due


def _canvas_is_free(job: Any) -> ColumnElement[bool]:
    other = T.alias("other")
    taken = select(other.c.canvas_id).where(
        other.c.status == PROCESSING, other.c.canvas_id.is_not(None)
    )
    return or_(job.c.canvas_id.is_(None), job.c.canvas_id.not_in(taken))


def is_any_due() -> bool:
    """Whether any job is queued whose time has come, if limits and canvases let it run or not."""
    return _any_due() is not None


@statement(first, alone=True)
def _any_due() -> Executable:
    return select(T.c.id).where(_is_due(T)).limit(1)


@statement(value)
def count_runnable(per_user: int, at_most: int) -> Executable:
    """How many jobs could be claimed now; the sweeper keeps as many tickets in the queue."""
    running, job = T.alias("running"), T.alias("job")
    at_limit = (
        select(running.c.user_id)
        .where(_is_running(running))
        .group_by(running.c.user_id)
        .having(func.count() >= per_user)
    )
    some = (
        select(job.c.id)
        .where(_runnable(job), job.c.user_id.not_in(at_limit))
        .limit(at_most)
        .subquery()
    )
    return select(func.count()).select_from(some)


def try_sweep_lock() -> bool:
    """At most one process sweeps at a time; on SQLite the writing transaction is the lock."""
    if not is_postgresql():
        return True
    query = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool(run(query, {"key": SWEEP_LOCK}).scalar())


def _serialise(key: int) -> None:
    """A statement of its own: the next one must see what the previous holder committed."""
    if is_postgresql():
        _lock(key)


@statement(nothing)
def _lock(key: int) -> Executable:
    settings = [func.set_config(name, value, true()) for name, value in PLANNING.items()]
    return select(*settings, func.pg_advisory_xact_lock(cast(key, BigInteger)))
