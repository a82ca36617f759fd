"""The founding document's service for AI jobs: its names for what `services.jobs` does."""

from typing import Any

from app.domain.access.policy import Rule
from app.domain.errors import DomainError
from app.models.ai_job import AIJob
from app.services.access_service import require_job
from app.services.jobs import lists, statistics, steering, sweeper
from app.services.jobs.kinds.drawing import CREATE_CANVAS, MODIFY_CANVAS
from app.services.jobs.submission import Submission, submit


class AIJobService:
    """Service for managing AI background jobs."""

    def create_canvas_job(
        self,
        user_id: str,
        request_data: dict[str, Any],
        priority: int = 0,
        *,
        canvas_id: str | None = None,
        **more: Any,
    ) -> str:
        """Accept a job that draws on `canvas_id`, or on a new canvas; the job's id."""
        asked = Submission.of_program(
            user_id, CREATE_CANVAS, request_data, canvas_id, priority, **more
        )
        return submit(asked).id

    def modify_canvas_job(
        self,
        user_id: str,
        request_data: dict[str, Any],
        priority: int = 0,
        *,
        canvas_id: str | None = None,
        **more: Any,
    ) -> str:
        """Accept a job that changes what is on a canvas; the job's id."""
        asked = Submission.of_program(
            user_id, MODIFY_CANVAS, request_data, canvas_id, priority, **more
        )
        return submit(asked).id

    def get_job(self, job_id: str, user_id: str | None = None) -> AIJob | None:
        """Get job by ID, optionally only if this user requested it."""
        return lists.find_job(job_id, user_id)

    def get_user_jobs(
        self,
        user_id: str,
        limit: int = 50,
        offset: int = 0,
        *,
        status: str | None = None,
        canvas_id: str | None = None,
    ) -> list[AIJob]:
        """The person's own jobs, newest first."""
        return lists.list_jobs(limit, offset, user_id=user_id, canvas_id=canvas_id, status=status)

    def cancel_job(self, job_id: str, user_id: str) -> bool:
        """Its requester, the editors of its canvas and operators may; False for others."""
        try:
            return steering.cancel(require_job(user_id, Rule.JOB_CANCEL, job_id))
        except DomainError:
            return False

    def retry_failed_job(self, job_id: str, user_id: str) -> bool:
        return steering.retry(job_id, user_id)

    def cleanup_old_jobs(self, days: int = 7) -> int:
        return sweeper.delete_old_jobs(days)

    def get_job_statistics(self, user_id: str | None = None) -> dict[str, Any]:
        """Get job processing statistics: of one person's jobs, or of all."""
        return statistics.statistics(user_id)
