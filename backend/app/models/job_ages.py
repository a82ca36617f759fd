"""How many jobs are in which state, how old the oldest are, and who runs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.models.ai_job import AIJob
from app.models.sql_time import epoch_of, utc_now


def counts_by_status() -> Mapping[str, int]:
    query = select(AIJob.status, func.count()).group_by(AIJob.status)
    return {str(status): int(count) for status, count in db.session.execute(query)}


def oldest_queued_seconds() -> float:
    """Age of the oldest job that could run now; 0 if none waits."""
    ready = (AIJob.status == "queued", AIJob.available_at <= utc_now())
    query = select(epoch_of(utc_now()) - func.min(epoch_of(AIJob.available_at))).where(*ready)
    return max(0.0, db.session.execute(query).scalar() or 0.0)


def oldest_running_seconds() -> float:
    query = select(epoch_of(utc_now()) - func.min(epoch_of(AIJob.started_at))).where(
        AIJob.status == "processing"
    )
    return max(0.0, db.session.execute(query).scalar() or 0.0)


@dataclass(frozen=True)
class LeaseHolder:
    """A process that runs jobs now; when it last renewed a lease, in seconds ago."""

    worker_id: str
    running: int
    seen_seconds: float


def lease_holders(lease: float, at_most: int = 200) -> list[LeaseHolder]:
    """The processes that hold leases of so many seconds, the busiest first."""
    newest = func.max(epoch_of(AIJob.lease_until))
    query = (
        select(AIJob.worker_id, func.count(), lease - (newest - epoch_of(utc_now())))
        .where(AIJob.status == "processing", AIJob.worker_id.is_not(None))
        .group_by(AIJob.worker_id)
        .order_by(func.count().desc(), AIJob.worker_id)
        .limit(at_most)
    )
    return [
        LeaseHolder(str(worker_id), count, max(0.0, seen))
        for worker_id, count, seen in db.session.execute(query)
    ]


def waiting_now() -> tuple[int, int]:
    """How many queued jobs could run now, and how many wait for their next attempt."""
    due = AIJob.available_at <= utc_now()
    query = select(
        func.count().filter(due), func.count().filter(AIJob.available_at > utc_now())
    ).where(AIJob.status == "queued")
    ready, later = db.session.execute(query).one()
    return ready, later
