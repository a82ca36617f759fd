"""Claims: who may run what now, decided in one statement by the database's clock."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Float,
    Text,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)

from app.domain.jobs.lifecycle import JobEvent
from app.domain.jobs.queueing import SECONDS_PER_STEP
from app.models.canvas import Canvas
from app.models.canvas_permission import CanvasPermission
from app.models.claim_terms import ClaimableKinds, Terms, by_class, class_of, is_known, of_kind
from app.models.ids import new_id
from app.models.job_moves import JobFacts, T, move_statement
from app.models.sql import Result, first, is_postgresql, nothing, run, statement, value
from app.models.sql_time import utc_after, utc_now

C: Any = Canvas.__table__
PERMISSIONS: Any = CanvasPermission.__table__
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


@dataclass(frozen=True, slots=True)
class ClaimedJob(JobFacts):
    """`head_seq`: the number of the newest change on its canvas, None where there is none. `role`:
    what its requester is there. `is_more_due`: another one is queued whose time has come, if limits
    let it run or not."""

    head_seq: int | None
    role: str | None
    is_more_due: bool


def claim_next(terms: Terms) -> ClaimedJob | None:
    """The best job that may run now (rule J3), or None. What is of no kind that the worker knows
    is left to those that do."""
    _serialise(CLAIM_LOCK)
    return _claim_best(terms.kinds, new_id(), terms.worker_id, terms.lease)


def claim_by_id(job_id: str, terms: Terms) -> ClaimedJob | None:
    """This job, if it is queued and nothing else draws on its canvas; limits do not apply."""
    _serialise(CLAIM_LOCK)
    return _claim_named(terms.kinds, job_id, new_id(), terms.worker_id, terms.lease)


def _claimed(result: Result) -> ClaimedJob | None:
    row: Any = first(result)
    return ClaimedJob(*row) if row else None


@statement(_claimed)
def _claim_best(kinds: ClaimableKinds, token: str, worker_id: str, lease: float) -> Executable:
    return _claim_where(T.c.id == _best(kinds), kinds, token, worker_id, lease)


@statement(_claimed)
def _claim_named(
    kinds: ClaimableKinds, job_id: str, token: str, worker_id: str, lease: float
) -> Executable:
    named = (T.c.id == job_id) & is_known(T, kinds) & _canvas_is_free(T)
    return _claim_where(named, kinds, token, worker_id, lease)


def _claim_where(
    condition: ColumnElement[bool], kinds: ClaimableKinds, token: Any, worker_id: Any, lease: Any
) -> Executable:
    return move_statement(
        JobEvent.CLAIM,
        condition,
        attempt=T.c.attempt + 1,
        lease_token=token,
        lease_until=utc_after(lease),
        deadline_at=utc_after(
            of_kind(kinds, lambda kind: kind.deadline + DEADLINE_SLACK_SECONDS, Float)
        ),
        worker_id=worker_id,
        started_at=func.coalesce(T.c.started_at, utc_now()),
        phase=of_kind(kinds, lambda kind: kind.phase, Text),
        message=of_kind(kinds, lambda kind: kind.message, Text),
    ).returning(*_standing(), _more())


def _more() -> ColumnElement[bool]:
    """By names of their own, here and below: after RETURNING, SQLite's columns are not qualified by
    their tables."""
    other = T.alias("other")
    due = select(other.c.id.label("due_id")).where(_is_due(other)).subquery("due")
    return select(due.c.due_id).where(due.c.due_id != T.c.id).correlate(T).exists()


def _standing() -> tuple[Any, Any]:
    canvas = select(C.c.id.label("known_id"), C.c.head_seq.label("newest")).subquery("known")
    member = select(
        PERMISSIONS.c.canvas_id.label("place"),
        PERMISSIONS.c.user_id.label("person"),
        PERMISSIONS.c.role.label("as_what"),
    ).subquery("member")
    newest = select(canvas.c.newest).where(canvas.c.known_id == T.c.canvas_id)
    theirs = (member.c.place == T.c.canvas_id, member.c.person == T.c.user_id)
    role = select(member.c.as_what).where(*theirs)
    return newest.correlate(T).scalar_subquery(), role.correlate(T).scalar_subquery()


def _best(kinds: ClaimableKinds) -> Any:
    """The id of the job whose turn it is.

    People with nothing running are considered in queue order; for those with something running,
    at most as many as slots, their own best job, a minute later for each running one. What
    is running and what waits are compared within a concurrency class.
    """
    busy = _running(kinds).cte("busy")
    idle, own, theirs, job = (T.alias(name) for name in ("idle", "own", "theirs", "job"))
    nothing_running = tuple_(idle.c.user_id, class_of(idle, kinds)).not_in(
        select(busy.c.user_id, busy.c["class"])
    )
    waiting = (
        select(idle.c.id, idle.c.sort_key.label("rank"), idle.c.seq)
        .where(_runnable(idle, kinds), nothing_running)
        .order_by(idle.c.sort_key, idle.c.seq)
    )
    of_idle = waiting.limit(CANDIDATES).subquery("of_idle")
    # A busy person's job that comes after the first of these is not searched: with many people at
    # work that is what a claim would take longest for.
    first = waiting.with_only_columns(idle.c.sort_key).limit(1).scalar_subquery()
    next_own = (
        select(own.c.id)
        .where(
            own.c.sort_key <= func.coalesce(first, NEVER) - SECONDS_PER_STEP * busy.c.count,
            _runnable(own, kinds),
            own.c.user_id == busy.c.user_id,
            class_of(own, kinds) == busy.c["class"],
        )
        .order_by(own.c.sort_key, own.c.seq)
        .limit(1)
        .correlate(busy)
        .scalar_subquery()
    )
    below_limit = busy.c.count < busy.c.most
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


def _running(kinds: ClaimableKinds) -> Any:
    """How many jobs of a class each person has running, and how many it may be at most."""
    running = T.alias("running")
    each = (
        select(
            running.c.user_id,
            class_of(running, kinds).label("class"),
            by_class(running, kinds, lambda kind: literal(kind.running_per_user)).label("most"),
        )
        .where(_is_running(running), is_known(running, kinds))
        .subquery("each")
    )
    count = func.count().label("count")
    return select(each, count).group_by(each.c.user_id, each.c["class"], each.c.most)


def _is_running(job: Any) -> ColumnElement[bool]:
    """The second condition says nothing new, but leads SQLite to the index of running jobs."""
    running: ColumnElement[bool] = (job.c.status == PROCESSING) & job.c.lease_until.is_not(None)
    return running


def _runnable(job: Any, kinds: ClaimableKinds) -> ColumnElement[bool]:
    return _is_due(job) & is_known(job, kinds) & _canvas_is_free(job)


def _is_due(job: Any) -> ColumnElement[bool]:
    due: ColumnElement[bool] = (job.c.status == QUEUED) & (job.c.available_at <= utc_now())
    return due


def _canvas_is_free(job: Any) -> ColumnElement[bool]:
    """For what draws: nothing else draws there."""
    other = T.alias("other")
    taken = select(other.c.canvas_id).where(
        other.c.status == PROCESSING, other.c.draws.is_(true()), other.c.canvas_id.is_not(None)
    )
    return or_(job.c.canvas_id.is_(None), job.c.draws.is_(false()), job.c.canvas_id.not_in(taken))


def is_any_due() -> bool:
    """Whether any job is queued whose time has come, if limits and canvases let it run or not."""
    return _any_due() is not None


@statement(first, alone=True)
def _any_due() -> Executable:
    return select(T.c.id).where(_is_due(T)).limit(1)


@statement(value)
def count_runnable(kinds: ClaimableKinds, at_most: int) -> Executable:
    """How many jobs could be claimed now; the sweeper keeps as many tickets in the queue."""
    running, job = _running(kinds).subquery("running"), T.alias("job")
    at_limit = select(running.c.user_id, running.c["class"]).where(
        running.c.count >= running.c.most
    )
    some = (
        select(job.c.id)
        .where(
            _runnable(job, kinds),
            tuple_(job.c.user_id, class_of(job, kinds)).not_in(at_limit),
        )
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
    settings = [  # as literals: fifteen parameters take longer than the statement
        func.set_config(literal_column(f"'{name}'"), literal_column(f"'{value}'"), true())
        for name, value in PLANNING.items()
    ]
    return select(*settings, func.pg_advisory_xact_lock(cast(key, BigInteger)))
