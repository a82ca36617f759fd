"""AI jobs: the row is the truth about a job; queues and events only hint at it."""

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    String,
    Text,
    event,
    false,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.jobs.lifecycle import JobEvent, JobStatus, after
from app.domain.jobs.queueing import SECONDS_PER_STEP
from app.extensions import Model
from app.models.canvas import Canvas
from app.models.ids import new_id
from app.models.sql_time import UtcDateTime, epoch_of, utc_after, utc_now
from app.models.user import User

QUEUED = text("status = 'queued'")
PROCESSING = text("status = 'processing'")
DRAWING = "status = 'processing' AND draws IS "
UNMANAGED_LEASE_SECONDS = 60


class AIJob(Model):
    """Model for tracking AI background jobs."""

    __tablename__ = "ai_jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    canvas_id: Mapped[str | None] = mapped_column(ForeignKey("canvas.id", ondelete="SET NULL"))

    job_type: Mapped[str] = mapped_column(String(50))
    draws: Mapped[bool] = mapped_column(default=True, server_default=true())
    status: Mapped[str] = mapped_column(String(20), default="queued")
    priority: Mapped[int] = mapped_column(default=0)

    request_data: Mapped[dict[str, Any]] = mapped_column(JSON)
    result_data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error_message: Mapped[str | None] = mapped_column(Text)
    error_code: Mapped[str | None] = mapped_column(String(40))
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    rq_job_id: Mapped[str | None] = mapped_column(String(100))
    retry_count: Mapped[int] = mapped_column(default=0)
    max_retries: Mapped[int] = mapped_column(default=3)

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Order and attempts. `sort_key` is the submission time in seconds, less a minute for each step
    # of priority; `seq` decides between jobs of the same instant.
    seq: Mapped[int] = mapped_column(BigInteger, default=time.time_ns)
    sort_key: Mapped[float] = mapped_column(Float)
    attempt: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=3)
    available_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now())
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Who runs it, and until when that holds without a heartbeat
    lease_token: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worker_id: Mapped[str | None] = mapped_column(String(80))

    # Same key and same body: the same job
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    request_hash: Mapped[str | None] = mapped_column(String(64))

    # What people see
    phase: Mapped[str] = mapped_column(String(20), default="queued")
    message: Mapped[str] = mapped_column(String(500), default="")
    progress: Mapped[int] = mapped_column(default=0)
    planned: Mapped[int] = mapped_column(default=0)
    drawn: Mapped[int] = mapped_column(default=0)
    event_seq: Mapped[int] = mapped_column(BigInteger, default=0)

    # The planner's answer, paid for once; what it cost; what it drew
    staged_result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    usage: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    change_set_id: Mapped[str | None] = mapped_column(String(36))
    # The canvas's newest change when the job was asked for: later edits of people win
    asked_seq: Mapped[int | None] = mapped_column(BigInteger)
    taken_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    trace_id: Mapped[str | None] = mapped_column(String(64))

    user: Mapped[User] = relationship(backref="ai_jobs")
    canvas: Mapped[Canvas | None] = relationship(backref="ai_jobs")

    __table_args__ = (
        Index("idx_ai_job_user_status", "user_id", "status"),
        Index("idx_ai_job_created_at", "created_at"),
        Index("idx_ai_job_priority", "priority", "created_at"),
        Index("idx_ai_job_type", "job_type"),
        Index("ix_ai_jobs_idempotency", "user_id", "idempotency_key", unique=True),
        Index("ix_ai_jobs_queued", "sort_key", "seq", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index(
            "ix_ai_jobs_queued_by_user",
            "user_id",
            "sort_key",
            "seq",
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
        Index(
            "ix_ai_jobs_processing",
            "user_id",
            "lease_until",
            sqlite_where=PROCESSING,
            postgresql_where=PROCESSING,
        ),
        Index("ix_ai_jobs_canvas", "canvas_id", "created_at"),
        Index("ix_ai_jobs_finished", "completed_at"),
        # Two jobs that draw on one canvas at a time would draw over each other.
        Index(
            "ix_ai_jobs_running_canvas",
            "canvas_id",
            unique=True,
            sqlite_where=text(DRAWING + "1"),
            postgresql_where=text(DRAWING + "true"),
        ),
        CheckConstraint(
            "status IN ('queued', 'processing', 'completed', 'failed', 'cancelled')", name="status"
        ),
        CheckConstraint(
            "(status = 'processing') = (lease_token IS NOT NULL)", name="lease_while_processing"
        ),
        CheckConstraint(
            "status <> 'completed' OR result_data IS NOT NULL", name="completed_has_result"
        ),
        CheckConstraint(
            "(status IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)",
            name="terminal_has_time",
        ),
    )

    def to_dict(self) -> dict[str, Any]:
        """The founding document's JSON shape; times in ISO 8601 with their zone."""
        return {
            "id": self.id,
            "user_id": self.user_id,
            "canvas_id": self.canvas_id,
            "job_type": self.job_type,
            "status": self.status,
            "priority": self.priority,
            "request_data": self.request_data,
            "result_data": self.result_data,
            "error_message": self.error_message,
            "retry_count": self.retry_count,
            "max_retries": self.max_retries,
            "created_at": _iso(self.created_at),
            "started_at": _iso(self.started_at),
            "completed_at": _iso(self.completed_at),
        }

    def can_retry(self) -> bool:
        return self.status == JobStatus.FAILED and self.retry_count < self.max_retries

    def mark_started(self) -> None:
        """For a caller that runs the job itself; workers claim with `models.job_claims`.

        The three `mark_` methods check the transition and leave the commit to the caller.
        """
        self._move(JobEvent.CLAIM)
        self.attempt += 1
        self.lease_token = new_id()
        self.lease_until = utc_after(UNMANAGED_LEASE_SECONDS)
        self.started_at = utc_now()

    def mark_completed(self, result_data: dict[str, Any]) -> None:
        self._move(JobEvent.COMPLETE)
        self.result_data = result_data
        self.progress = 100
        self._end()

    def mark_failed(self, error_message: str) -> None:
        self._move(JobEvent.FAIL)
        self.error_message = error_message
        self._end()

    def _move(self, happening: JobEvent) -> None:
        self.status = after(self.status, happening)
        self.phase = self.status
        self.event_seq += 1

    def _end(self) -> None:
        self.lease_token = None
        self.lease_until = None
        self.completed_at = utc_now()


def _iso(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat() if when else None


@event.listens_for(AIJob, "before_insert")
def _take_place_in_queue(_mapper: Any, _connection: Any, job: AIJob) -> None:
    if getattr(job, "sort_key", None) is None:
        job.sort_key = epoch_of(utc_now()) - SECONDS_PER_STEP * (job.priority or 0)
