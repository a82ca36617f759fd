"""What operators see: everybody's jobs, the queue, and how the model does.

Never what a job was asked for or what it drew: that belongs to the canvas's members.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from app.adapters.job_queue import QueueUnavailable
from app.domain.access.ids import OperatorId
from app.domain.errors import InvalidOutput, NotUnderstood, TooLarge
from app.domain.jobs.lifecycle import JobStatus
from app.models import job_ages, job_queries, job_trends
from app.models.ai_job import AIJob
from app.models.job_trends import Ended, Percentiles, Window
from app.runtime import runtime
from app.services import drawing_service
from app.services.jobs.views import tokens_of
from app.services.worker_service import circuit_here

Period = Literal["hour", "day", "week", "month"]
MINUTE, HOUR, DAY = 60, 3_600, 86_400
WINDOWS: dict[Period, Window] = {
    "hour": Window(HOUR, MINUTE),
    "day": Window(DAY, 30 * MINUTE),
    "week": Window(7 * DAY, 4 * HOUR),
    "month": Window(30 * DAY, 12 * HOUR),
}
OF_THE_MODEL = frozenset(
    {"provider_rate_limited", "provider_unavailable", "invalid_output", "timeout"}
)
# Their sentences may repeat what was asked for.
_QUOTING = frozenset({NotUnderstood.code, TooLarge.code, InvalidOutput.code})


@dataclass(frozen=True)
class JobFilter:
    """`person` is an account's id or e-mail address; `hours` counts back from now."""

    status: str | None = None
    person: str | None = None
    canvas_id: str | None = None
    hours: int | None = None


def everybodys_jobs(
    _operator: OperatorId, wanted: JobFilter, limit: int, offset: int
) -> dict[str, Any]:
    """A page of all jobs, newest first, and whether there are older ones."""
    jobs = job_queries.of_everybody(
        status=wanted.status,
        person=wanted.person,
        canvas_id=wanted.canvas_id,
        within_seconds=None if wanted.hours is None else wanted.hours * HOUR,
        limit=limit + 1,
        offset=offset,
    )
    names = job_queries.names_of({job.user_id for job in jobs})
    return {
        "jobs": [_view(job, names.get(job.user_id, "")) for job in jobs[:limit]],
        "has_older": len(jobs) > limit,
    }


def _view(job: AIJob, name: str) -> dict[str, Any]:
    quoting = job.error_code in _QUOTING
    return {
        "id": job.id,
        "requested_by": {"id": job.user_id, "name": name},
        "canvas_id": job.canvas_id,
        "job_type": job.job_type,
        "status": job.status,
        "phase": job.phase,
        "priority": job.priority,
        "progress": job.progress,
        "planned": job.planned,
        "drawn": job.drawn,
        "attempt": job.attempt,
        "retry_count": job.retry_count,
        "error_code": job.error_code,
        "error_message": None if quoting else job.error_message,
        "tokens": tokens_of(job),
        "worker": job.worker_id if job.status == JobStatus.PROCESSING else None,
        "created_at": job.created_at.isoformat(),
        "started_at": job.started_at.isoformat() if job.started_at else None,
        "completed_at": job.completed_at.isoformat() if job.completed_at else None,
    }


def queue(_operator: OperatorId, period: Period) -> dict[str, Any]:
    """The queue now, and what it did over the period, in buckets."""
    window = WINDOWS[period]
    ends = job_trends.ended(*window)
    return {
        "now": _now(),
        "wait_seconds": _spread(job_trends.wait_of_all(window.seconds)),
        "failures": _failures(ends),
        "bucket_seconds": window.step,
        "buckets": _buckets(window, ends),
        "model": _model(window, ends),
    }


def _now() -> dict[str, Any]:
    counts = job_ages.counts_by_status()
    ready, later = job_ages.waiting_now()
    try:
        tickets: int | None = runtime().queue.waiting()
    except QueueUnavailable:
        tickets = None
    settings = runtime().settings
    return {
        "ready": ready,
        "postponed": later,
        "running": counts.get(JobStatus.PROCESSING, 0),
        "oldest_queued_seconds": round(job_ages.oldest_queued_seconds(), 1),
        "oldest_running_seconds": round(job_ages.oldest_running_seconds(), 1),
        "tickets": None if settings.embedded else tickets,
    }


def _buckets(window: Window, ends: list[Ended]) -> list[dict[str, Any]]:
    """Every bucket of the window, the oldest first, empty ones too."""
    newest = job_trends.newest_bucket(window.step)
    asked, waits = job_trends.submitted(*window), job_trends.waits(*window)
    rows = []
    for bucket in range(newest - window.seconds // window.step, newest + 1):
        here = [end for end in ends if end.bucket == bucket]
        rows.append(
            {
                "at": datetime.fromtimestamp(bucket * window.step, UTC).isoformat(),
                "submitted": asked.get(bucket, 0),
                "completed": _count(here, JobStatus.COMPLETED),
                "failed": _count(here, JobStatus.FAILED),
                "cancelled": _count(here, JobStatus.CANCELLED),
                "failures": _failures(here),
                "wait_seconds": _spread(waits.get(bucket)),
                "tokens": sum(end.input_tokens + end.output_tokens for end in here),
            }
        )
    return rows


def _model(window: Window, ends: list[Ended]) -> dict[str, Any]:
    """As far as jobs show: a job's duration includes its layout, and a failure that a later
    attempt made good shows only in `again`."""
    settings = runtime().settings
    finished = _count(ends, JobStatus.COMPLETED) + _count(ends, JobStatus.FAILED)
    failed = sum(end.count for end in ends if end.error_code in OF_THE_MODEL)
    return {
        **drawing_service.planner_view(settings),
        # Elsewhere the model is asked by the workers, and each has a circuit of its own.
        "circuit": circuit_here() if settings.embedded else None,
        "finished": finished,
        "failed": failed,
        "again": sum(end.again for end in ends),
        "error_rate": round(failed / finished * 100, 2) if finished else None,
        "duration_seconds": _spread(job_trends.duration_of_all(window.seconds)),
        "input_tokens": sum(end.input_tokens for end in ends),
        "output_tokens": sum(end.output_tokens for end in ends),
    }


def _count(ends: list[Ended], status: JobStatus) -> int:
    return sum(end.count for end in ends if end.status == status)


def _failures(ends: list[Ended]) -> dict[str, int]:
    """How many failed for which reason, the most frequent first."""
    counts: Counter[str] = Counter()
    for end in ends:
        if end.status == JobStatus.FAILED:
            counts[end.error_code or "internal"] += end.count
    return dict(counts.most_common())


def _spread(found: Percentiles | None) -> dict[str, float | None]:
    if found is None:
        return {"p50": None, "p95": None}
    return {name: round(value, 3) for name, value in asdict(found).items()}
