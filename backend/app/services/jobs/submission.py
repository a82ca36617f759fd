"""Accepting a job: checked, bounded and durable before anyone hears of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from app.adapters.job_queue import QueueUnavailable
from app.domain.errors import Conflict, Invalid, NotFound, RateLimited
from app.domain.jobs.queueing import bounded_priority
from app.models import job_queries, new_jobs
from app.models.job_moves import JobFacts
from app.models.new_jobs import AddedJob
from app.runtime import runtime
from app.services.access_service import require
from app.services.canvas_service import create_canvas
from app.services.jobs.events import announce
from app.services.jobs.kind import JobInput, JobKind
from app.services.jobs.kinds import JOB_KINDS
from app.services.unit_of_work import unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger

MAX_REQUEST_BYTES = 64 * 1024
RETRY_AFTER_SECONDS = 30


@dataclass(frozen=True)
class Submission:
    """`kept` is what the job's row keeps of the request."""

    user_id: str
    kind: JobKind[Any, Any]
    request: JobInput
    kept: dict[str, Any]
    idempotency_key: str | None = None
    trace_id: str | None = None

    @classmethod
    def of_program(
        cls,
        user_id: str,
        kind: JobKind[Any, Any],
        given: Mapping[str, Any],
        canvas_id: str | None = None,
        priority: int = 0,
        **more: Any,
    ) -> Self:
        """Of a program's own dictionary, which is kept as it is. Raises Invalid."""
        request = kind.read(given, canvas_id).model_copy(update={"priority": priority})
        named = request.model_dump(exclude_unset=True, exclude={"canvas_id", "priority"})
        return cls(user_id, kind, request, {**given, **named}, **more)

    @property
    def body_hash(self) -> str:
        """The same for the same request, whatever the order of its keys."""
        body = [self.kind.id, self.request.canvas_id, self.request.priority, self.kept]
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def submit(submission: Submission) -> JobFacts:
    """Store the job, then ring the bell. Answers with the earlier job for a repeated key.

    Raises:
        Invalid: the kind refuses the request, or it is too large.
        NotFound: no such canvas for this person. NotAllowed: they may not do that there.
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
        work.after_commit(ring)
        work.after_commit(partial(announce, job, place=job.place))
        work.after_commit(partial(crash_point, "after_enqueue"))
    return job


def ring() -> None:
    """Say that there may be work. If Redis is away the row waits, and the sweeper rings later."""
    try:
        runtime().queue.ring()
    except QueueUnavailable as error:
        SmartLogger().log_warning("job_bell_not_rung", reason=str(error))


def _check(submission: Submission) -> None:
    if submission.kind.check is not None:
        submission.kind.check(submission.request)
    try:
        size = len(json.dumps(submission.kept, allow_nan=False).encode())
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


def _insert(submission: Submission) -> AddedJob:
    user_id, kind, settings = submission.user_id, submission.kind, runtime().settings
    sharing = tuple(each.id for each in JOB_KINDS.values() if each.concurrency == kind.concurrency)
    standing = job_queries.standing_of(user_id, sharing)
    if standing is None:
        raise NotFound("There is no such account.")
    most = kind.concurrency.max_queued_per_user
    if standing.queued >= most:
        raise RateLimited(RETRY_AFTER_SECONDS, f"You already have {most} jobs waiting.")
    return new_jobs.add(
        user_id=user_id,
        canvas_id=_canvas(submission),
        job_type=kind.id,
        draws=kind.draws,
        request_data=submission.kept,
        priority=bounded_priority(submission.request.priority, operator=standing.is_operator),
        max_attempts=kind.max_attempts(settings),
        max_retries=kind.max_retries,
        idempotency_key=submission.idempotency_key,
        request_hash=submission.body_hash,
        trace_id=submission.trace_id,
        message="Waiting for a worker",
    )


def _canvas(submission: Submission) -> str | None:
    """The one that is named, if its requester may do that there; else a new one, or none."""
    kind, canvas_id = submission.kind, submission.request.canvas_id
    if canvas_id is not None:
        require(submission.user_id, kind.permission, canvas_id)
        return canvas_id
    if kind.canvas_title is None:
        return None
    return create_canvas(submission.user_id, kind.canvas_title(submission.request))
