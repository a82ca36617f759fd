"""What operators see."""

from typing import Literal

from app.domain.jobs.lifecycle import JobStatus
from app.routes.answers.base import Answer, Count, Percent, Person, Rate, Success, Time
from app.routes.answers.jobs import JobErrorCode, JobType, Phase, Spread

Circuit = Literal["closed", "open", "trial"]


class OperatorJob(Answer):
    """A job without what it is about, which only the members of its canvas may read."""

    id: str
    requested_by: Person
    canvas_id: str | None
    job_type: JobType
    status: JobStatus
    phase: Phase
    priority: int
    progress: Percent
    planned: Count
    drawn: Count
    attempt: Count
    retry_count: Count
    error_code: JobErrorCode | None
    error_message: str | None
    """Null where the sentence could repeat what was asked for."""
    tokens: Count
    worker: str | None
    """Which process runs it; null if none does."""
    created_at: Time
    started_at: Time | None
    completed_at: Time | None


class OperatorJobList(Success):
    jobs: list[OperatorJob]
    has_older: bool


class Worker(Answer):
    """One process that runs jobs; null is what nobody knows."""

    host: str
    pid: int | None
    slots: Count | None
    """Jobs at a time."""
    running: Count
    seen_seconds: float | None
    """Since the last sign of life."""
    circuit: Circuit | None
    """Whether the language model is asked; null for the offline planner."""


class WorkerList(Success):
    mode: Literal["embedded", "server"]
    workers: list[Worker]
    missing: Literal["only_this_process", "redis_unreachable"] | None
    """What the list cannot show."""


class QueueNow(Answer):
    ready: Count
    postponed: Count
    """Waiting for a later attempt."""
    running: Count
    oldest_queued_seconds: float
    oldest_running_seconds: float
    tickets: Count | None
    """On Redis, not answered yet; null without Redis, or when it cannot be reached."""


class QueueBucket(Answer):
    at: Time
    submitted: Count
    completed: Count
    failed: Count
    cancelled: Count
    failures: dict[str, Count]
    """How many for which error code."""
    wait_seconds: Spread
    tokens: Count


class ModelHealth(Answer):
    """How the language model did, as far as jobs show."""

    name: str
    offline: bool
    circuit: Circuit | None
    finished: Count
    failed: Count
    """Because of the model."""
    again: Count
    """Took more than one attempt."""
    error_rate: Rate | None
    duration_seconds: Spread
    """Of whole jobs, their layout included."""
    input_tokens: Count
    output_tokens: Count


class Queue(Success):
    """The queue and the model, now and over a period. Times in seconds, rates in percent."""

    now: QueueNow
    wait_seconds: Spread
    failures: dict[str, Count]
    bucket_seconds: Count
    buckets: list[QueueBucket]
    """The oldest first, empty ones too."""
    model: ModelHealth
