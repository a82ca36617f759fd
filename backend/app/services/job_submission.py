"""Accepting a job: checked, bounded and durable before anyone hears of it."""

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.adapters.job_queue import QueueUnavailable
from app.domain.access.policy import Rule
from app.domain.errors import Conflict, Invalid, NotFound, RateLimited
from app.domain.jobs.lifecycle import JobType
from app.domain.jobs.queueing import MAX_QUEUED_PER_USER, bounded_priority
from app.models import job_moves, job_queries
from app.models.job_moves import JobFacts
from app.runtime import runtime
from app.services.access_service import require
from app.services.canvas_service import create_canvas
from app.services.job_events import announce
from app.services.unit_of_work import unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger

MAX_REQUEST_BYTES = 64 * 1024
MAX_TITLE = 60
RETRY_AFTER_SECONDS = 30


@dataclass(frozen=True)
class Submission:
    user_id: str
    job_type: JobType
    request_data: dict[str, Any]
    canvas_id: str | None = None
    priority: int = 0
    idempotency_key: str | None = None
    trace_id: str | None = None

    @property
    def body_hash(self) -> str:
        """The same for the same request, whatever the order of its keys."""
        body = [self.job_type, self.canvas_id, self.priority, self.request_data]
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def submit(submission: Submission) -> JobFacts:
    """Store the job, then ring the bell. Answers with the earlier job for a repeated key.

    Raises:
        Invalid: there is no instruction, or the request is too large.
        NotFound: no such canvas for this person. NotAllowed: they may only view it.
        Conflict: the idempotency key was used for another request.
        RateLimited: too many of this person's jobs wait already.
    """
    _check(submission)
    with unit_of_work() as work:
        job_queries.lock_submissions(submission.user_id)
        earlier = _earlier(submission)
        if earlier is not None:
            return earlier
        job = _insert(submission)
        work.after_commit(partial(crash_point, "after_job_commit"))
        place = job_queries.place_in_queue(job.id)
        work.after_commit(ring)
        work.after_commit(partial(announce, job, place=place))
        work.after_commit(partial(crash_point, "after_enqueue"))
    return job


def ring() -> None:
    """Say that there may be work. If Redis is away the row waits, and the sweeper rings later."""
    try:
        runtime().queue.ring()
    except QueueUnavailable as error:
        SmartLogger().log_warning("job_bell_not_rung", reason=str(error))


def _check(submission: Submission) -> None:
    instructions = submission.request_data.get("instructions")
    if not isinstance(instructions, str) or not instructions.strip():
        raise Invalid(fields={"instructions": "must not be empty"})
    model = submission.request_data.get("model")
    if model is not None and not runtime().is_offered(model):
        raise Invalid(fields={"model": "is not offered here; see /api/config"})
    try:
        size = len(json.dumps(submission.request_data, allow_nan=False).encode())
    except (TypeError, ValueError) as error:
        raise Invalid("The request is not plain JSON.") from error
    if size > MAX_REQUEST_BYTES:
        raise Invalid(f"The request is larger than {MAX_REQUEST_BYTES // 1024} KiB.")


def _earlier(submission: Submission) -> JobFacts | None:
    if not submission.idempotency_key:
        return None
    job = job_queries.find_by_key(submission.user_id, submission.idempotency_key)
    if job is not None and job.request_hash != submission.body_hash:
        raise Conflict("This Idempotency-Key was already used for another request.")
    return job


def _insert(submission: Submission) -> JobFacts:
    user_id = submission.user_id
    standing = job_queries.standing_of(user_id)
    if standing is None:
        raise NotFound("There is no such account.")
    if standing.queued >= MAX_QUEUED_PER_USER:
        raise RateLimited(
            RETRY_AFTER_SECONDS, f"You already have {MAX_QUEUED_PER_USER} jobs waiting."
        )
    if submission.canvas_id:
        require(user_id, Rule.CANVAS_EDIT, submission.canvas_id)
        canvas_id = submission.canvas_id
    else:
        canvas_id = create_canvas(user_id, title_of(submission.request_data))
    return job_moves.add(
        {
            "user_id": user_id,
            "canvas_id": canvas_id,
            "job_type": submission.job_type,
            "request_data": submission.request_data,
            "priority": bounded_priority(submission.priority, operator=standing.is_operator),
            "max_attempts": runtime().settings.ai_max_attempts,
            "idempotency_key": submission.idempotency_key,
            "request_hash": submission.body_hash,
            "trace_id": submission.trace_id,
            "message": "Waiting for a worker",
        }
    )


def title_of(request_data: dict[str, Any]) -> str:
    """A canvas made for a job is named by the beginning of its instruction."""
    first_line = str(request_data.get("instructions", "")).strip().partition("\n")[0]
    return first_line if len(first_line) <= MAX_TITLE else first_line[: MAX_TITLE - 1] + "…"
