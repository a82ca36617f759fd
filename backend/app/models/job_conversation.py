"""What was asked on a canvas before: the memory of follow-up jobs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, select

from app.domain.jobs.lifecycle import JobStatus
from app.models.job_moves import T
from app.models.sql import Result, pairs, statement


@dataclass(frozen=True)
class Turn:
    """One completed job of a canvas."""

    instructions: str
    summary: str
    change_set_id: str | None


def _turns(result: Result) -> list[Turn]:
    return [
        Turn(_instructions(asked), str((done or {}).get("summary", "")), change_set_id)
        for asked, done, change_set_id in reversed(result.fetchall())
    ]


@statement(_turns)
def turns_on(canvas_id: str, job_types: Collection[str], *, without: str, limit: int) -> Executable:
    """The last completed jobs of these types on the canvas, oldest first; `without` is the job that
    asks."""
    earlier = select(T.c.request_data, T.c.result_data, T.c.change_set_id).where(
        T.c.canvas_id == canvas_id,
        T.c.job_type.in_(job_types),
        T.c.status == JobStatus.COMPLETED,
        T.c.id != without,
    )
    return earlier.order_by(T.c.created_at.desc(), T.c.seq.desc()).limit(limit)


def _by_job(result: Result) -> dict[str, str]:
    return {job_id: _instructions(asked) for job_id, asked in pairs(result).items()}


@statement(_by_job)
def instructions_of(job_ids: Collection[str]) -> Executable:
    """What was asked for, by the job's id, of those that are still kept."""
    return select(T.c.id, T.c.request_data).where(T.c.id.in_(job_ids))


def _instructions(request_data: dict[str, Any] | None) -> str:
    return str((request_data or {}).get("instructions") or "")
