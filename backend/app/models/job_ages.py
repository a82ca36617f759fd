"""How many jobs are in which state, and how old the oldest are."""

from collections.abc import Mapping

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
