"""Finding jobs: one by its id, and pages of them, newest first."""

from app.domain.errors import Invalid
from app.domain.jobs.lifecycle import JobStatus
from app.models import job_queries
from app.models.ai_job import AIJob
from app.services.jobs.kinds import JOB_KINDS

MAX_PAGE = 100


def hidden_kinds() -> tuple[str, ...]:
    """The kinds of jobs that people do not see."""
    return tuple(kind.id for kind in JOB_KINDS.values() if not kind.listed)


def find_job(job_id: str, user_id: str | None = None) -> AIJob | None:
    """The job with this id, optionally only if this person requested it."""
    return job_queries.find(job_id, user_id)


def list_jobs(
    limit: int,
    offset: int = 0,
    *,
    user_id: str | None = None,
    canvas_id: str | None = None,
    status: str | None = None,
) -> list[AIJob]:
    """A page of at most 100 jobs that people see: a person's, those on a canvas, or all.

    Raises:
        Invalid: there is no such status, or no such page.
    """
    if status is not None and status not in set(JobStatus):
        raise Invalid(fields={"status": f"must be one of {', '.join(JobStatus)}"})
    if limit < 1 or offset < 0:
        raise Invalid(fields={"limit": "must be positive", "offset": "must not be negative"})
    return job_queries.shown(
        user_id, canvas_id, hidden_kinds(), status, min(limit, MAX_PAGE), offset
    )
