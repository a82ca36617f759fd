"""AI jobs as people use them: submit, look, cancel, retry, undo."""

import threading
import time
from functools import partial
from typing import Any

from sqlalchemy import select

from app.domain.access.policy import Rule
from app.domain.errors import Conflict, DomainError, Invalid, NotFound
from app.domain.jobs.lifecycle import TERMINAL, JobStatus, JobType
from app.extensions import db
from app.models import job_moves, job_queries
from app.models.ai_job import AIJob
from app.services import job_statistics
from app.services.access_service import require, require_job
from app.services.job_events import announce
from app.services.job_signals import job_signals
from app.services.job_submission import Submission, ring, submit
from app.services.undo_service import Undone, undo_change_set
from app.services.unit_of_work import unit_of_work

MAX_PAGE = 100
MAX_WAIT_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.5  # for changes made by other processes
MAX_LONG_WAITS = 20  # each keeps a thread of the server, which has twice as many
SECONDS_PER_DAY = 86_400
_long_waits = threading.BoundedSemaphore(MAX_LONG_WAITS)


class AIJobService:
    """Service for managing AI background jobs."""

    def create_canvas_job(
        self,
        user_id: str,
        request_data: dict[str, Any],
        priority: int = 0,
        *,
        canvas_id: str | None = None,
        idempotency_key: str | None = None,
        trace_id: str | None = None,
    ) -> str:
        """Accept a job that draws on `canvas_id`, or on a new canvas; the job's id.

        Raises what `job_submission.submit` raises.
        """
        return submit(
            Submission(
                user_id,
                JobType.CREATE_CANVAS,
                request_data,
                canvas_id or request_data.get("canvas_id"),
                priority,
                idempotency_key,
                trace_id,
            )
        ).id

    def modify_canvas_job(
        self,
        user_id: str,
        request_data: dict[str, Any],
        priority: int = 0,
        *,
        canvas_id: str | None = None,
        idempotency_key: str | None = None,
        trace_id: str | None = None,
    ) -> str:
        """Accept a job that changes what is on a canvas; the job's id."""
        target = canvas_id or request_data.get("canvas_id")
        if not target:
            raise Invalid(fields={"canvas_id": "is required"})
        return submit(
            Submission(
                user_id,
                JobType.MODIFY_CANVAS,
                request_data,
                target,
                priority,
                idempotency_key,
                trace_id,
            )
        ).id

    def get_job(self, job_id: str, user_id: str | None = None) -> AIJob | None:
        """Get job by ID, optionally only if this user requested it."""
        query = select(AIJob).where(AIJob.id == job_id)
        if user_id:
            query = query.where(AIJob.user_id == user_id)
        return db.session.execute(
            query.execution_options(populate_existing=True)
        ).scalar_one_or_none()

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
        conditions = [AIJob.user_id == user_id]
        if canvas_id:
            conditions.append(AIJob.canvas_id == canvas_id)
        return _page(*conditions, status=status, limit=limit, offset=offset)

    def get_canvas_jobs(
        self, canvas_id: str, limit: int = 50, offset: int = 0, *, status: str | None = None
    ) -> list[AIJob]:
        """Everybody's jobs on a canvas, newest first; the caller checks that it may be seen."""
        return _page(AIJob.canvas_id == canvas_id, status=status, limit=limit, offset=offset)

    def get_all_jobs(
        self, limit: int = 50, offset: int = 0, *, status: str | None = None
    ) -> list[AIJob]:
        """Everybody's jobs, newest first (for operators)."""
        return _page(status=status, limit=limit, offset=offset)

    def wait_for_change(self, job_id: str, status: str, seconds: float) -> None:
        """Return once the job's status is not `status` any more, or after `seconds` (30 at most;
        while many wait already, half a second).

        No database connection is held while waiting.
        """
        if not _long_waits.acquire(blocking=False):
            _wait_for_change(job_id, status, min(seconds, LOOK_EVERY_SECONDS))
            return
        try:
            _wait_for_change(job_id, status, min(seconds, MAX_WAIT_SECONDS))
        finally:
            _long_waits.release()

    def cancel_job(self, job_id: str, user_id: str) -> bool:
        """Stop a queued or running job, for good. False if it had ended, or is not theirs to stop.

        Its requester, the editors of its canvas and operators may. The answer is final: what is
        cancelled draws nothing, and what answered False was not cancelled.
        """
        try:
            require_job(user_id, Rule.JOB_CANCEL, job_id)
        except DomainError:
            return False
        with unit_of_work() as work:
            cancelled = job_moves.cancel(job_id)
            if cancelled is None:
                return False
            work.after_commit(partial(announce, cancelled))
            work.after_commit(
                ring
            )  # a running attempt looks up sooner, a waiting job gets its slot
        return True

    def retry_failed_job(self, job_id: str, user_id: str) -> bool:
        """Run a failed job of the person again. False if it has not failed, or too often."""
        with unit_of_work() as work:
            queued = job_moves.retry(job_id, user_id, seq=time.time_ns())
            if queued is None:
                return False
            work.after_commit(partial(announce, queued))
            work.after_commit(ring)
        return True

    def undo_job(self, job_id: str, user_id: str) -> Undone:
        """Take back what a completed job drew; objects that somebody edited since stay.

        Raises:
            NotFound: no such job for this person. NotAllowed: they may not edit its canvas.
            Conflict: it has drawn nothing, or was undone before.
        """
        require_job(user_id, Rule.JOB_STEER, job_id)
        with unit_of_work() as work:
            told = job_moves.next_event_seq(job_id)  # locks the row: one undo at a time
            job = db.session.get(AIJob, job_id, populate_existing=True)
            if told is None or job is None or job.canvas_id is None:
                raise NotFound("Job not found.")
            require(user_id, Rule.CANVAS_EDIT, job.canvas_id)
            if job.status != JobStatus.COMPLETED or job.change_set_id is None:
                raise Conflict("This job has drawn nothing that could be undone.")
            undone = undo_change_set(work, change_set_id=job.change_set_id, user_id=user_id)
            work.after_commit(partial(announce, told, undone=True))
        return undone

    def note_taken_back(self, job_id: str, user_id: str, taken_back: bool) -> None:
        """A person's own undo left nothing of what a job drew, or brought it back.

        Raises:
            NotFound: no such job for this person. NotAllowed: they may not edit its canvas.
            Conflict: it has drawn nothing.
        """
        require_job(user_id, Rule.JOB_STEER, job_id)
        with unit_of_work() as work:
            told = job_moves.note_taken_back(job_id, taken_back)
            if told is None or told.canvas_id is None:
                raise Conflict("This job has drawn nothing that could be taken back.")
            require(user_id, Rule.CANVAS_EDIT, told.canvas_id)
            work.after_commit(partial(announce, told, undone=taken_back))

    def cleanup_old_jobs(self, days: int = 7) -> int:
        """Forget jobs that ended more than `days` ago; how many. What they drew stays."""
        total = 0
        while True:
            with unit_of_work():
                gone = job_queries.delete_finished(days * SECONDS_PER_DAY)
            total += gone
            if gone < job_queries.DELETE_AT_ONCE:
                return total

    def get_job_statistics(self, user_id: str | None = None) -> dict[str, Any]:
        """Get job processing statistics: of one person's jobs, or of all."""
        return job_statistics.statistics(user_id)


def _wait_for_change(job_id: str, status: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while status not in TERMINAL:
        seen = job_signals.count()
        job = job_moves.current(job_id)
        db.session.rollback()
        left = end - time.monotonic()
        if job is None or job.status != status or left <= 0:
            return
        job_signals.wait(seen, min(left, LOOK_EVERY_SECONDS))


def _page(*conditions: Any, status: str | None, limit: int, offset: int) -> list[AIJob]:
    if status is not None and status not in set(JobStatus):
        raise Invalid(fields={"status": f"must be one of {', '.join(JobStatus)}"})
    if limit < 1 or offset < 0:
        raise Invalid(fields={"limit": "must be positive", "offset": "must not be negative"})
    return job_queries.page_of(
        *conditions, status=status, limit=min(limit, MAX_PAGE), offset=offset
    )
