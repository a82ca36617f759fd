"""How many jobs are in which state, how old the oldest are, and who runs them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, func, select

from app.models.job_claims import PROCESSING, QUEUED
from app.models.job_moves import T
from app.models.sql import Result, each, one, pairs, statement, value
from app.models.sql_time import epoch_of, utc_now

MAX_HOLDERS = 200


@statement(pairs)
def counts_by_status() -> Executable:
    return select(T.c.status, func.count()).group_by(T.c.status)


def _age(result: Result) -> float:
    return max(0.0, value(result) or 0.0)


@statement(_age)
def oldest_queued_seconds() -> Executable:
    """Age of the oldest job that could run now; 0 if none waits."""
    ready = (T.c.status == QUEUED, T.c.available_at <= utc_now())
    return select(epoch_of(utc_now()) - func.min(epoch_of(T.c.available_at))).where(*ready)


@statement(_age)
def oldest_running_seconds() -> Executable:
    """Age of the job that began first of those that run; 0 if none does."""
    age = epoch_of(utc_now()) - func.min(epoch_of(T.c.started_at))
    return select(age).where(T.c.status == PROCESSING)


@dataclass(frozen=True)
class LeaseHolder:
    """A process that runs jobs now; when it last renewed a lease, in seconds ago."""

    worker_id: str
    running: int
    seen_seconds: float


def _holder(worker_id: str, running: int, seen_seconds: float) -> LeaseHolder:
    return LeaseHolder(worker_id, running, max(0.0, seen_seconds))


@statement(each(_holder))
def lease_holders(lease: float) -> Executable:
    """The processes that hold leases of so many seconds, the busiest first."""
    newest = func.max(epoch_of(T.c.lease_until))
    held = (T.c.status == PROCESSING, T.c.worker_id.is_not(None))
    holders = select(T.c.worker_id, func.count(), lease - (newest - epoch_of(utc_now())))
    busiest = holders.where(*held).group_by(T.c.worker_id)
    return busiest.order_by(func.count().desc(), T.c.worker_id).limit(MAX_HOLDERS)


def _pair(result: Result) -> tuple[int, int]:
    row: Any = one(result)
    return row[0], row[1]


@statement(_pair)
def waiting_now() -> Executable:
    """How many queued jobs could run now, and how many wait for their next attempt."""
    ready = func.count().filter(T.c.available_at <= utc_now())
    later = func.count().filter(T.c.available_at > utc_now())
    return select(ready, later).where(T.c.status == QUEUED)
