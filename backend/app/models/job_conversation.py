"""What was asked on a canvas before: the memory of follow-up jobs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.jobs.lifecycle import JobStatus
from app.extensions import db
from app.models.ai_job import AIJob
from app.models.job_queries import undone_among


@dataclass(frozen=True)
class Turn:
    """One completed job of a canvas."""

    instructions: str
    summary: str
    undone: bool


def turns_on(canvas_id: str, job_types: Collection[str], *, without: str, limit: int) -> list[Turn]:
    """The last completed jobs of these types on the canvas, oldest first; `without` is the job that
    asks."""
    query = (
        select(AIJob)
        .where(
            AIJob.canvas_id == canvas_id,
            AIJob.job_type.in_(job_types),
            AIJob.status == JobStatus.COMPLETED,
            AIJob.id != without,
        )
        .order_by(AIJob.created_at.desc(), AIJob.seq.desc())
        .limit(limit)
    )
    jobs = list(db.session.execute(query).scalars())
    undone = undone_among([job.change_set_id for job in jobs if job.change_set_id])
    return [
        Turn(
            str((job.request_data or {}).get("instructions", "")),
            str((job.result_data or {}).get("summary", "")),
            job.change_set_id in undone,
        )
        for job in reversed(jobs)
    ]
