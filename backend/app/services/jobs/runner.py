"""One job of any kind from its claim to its end: run it, then apply and complete it at once."""

import uuid
from functools import partial
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.access.policy import Role
from app.domain.errors import (
    CanvasDeleted,
    Invalid,
    JobFailure,
    NotAllowed,
    NotFound,
    NotUnderstood,
    PermissionLost,
    Unavailable,
)
from app.domain.jobs.retry import RetryAfter, decide
from app.models import job_moves, roles
from app.models.database import DatabaseError, NoFreeConnection
from app.models.job_moves import JobFacts
from app.runtime import runtime
from app.services.access_service import check
from app.services.jobs.attempt import Attempt, Stopped
from app.services.jobs.events import announce
from app.services.jobs.execution import Execution
from app.services.jobs.failures import access_as_failures, persistently
from app.services.jobs.kind import JobInput, JobKind
from app.services.jobs.kinds import JOB_KINDS
from app.services.jobs.model_loop import ModelLoop
from app.services.jobs.refusals import kept
from app.services.unit_of_work import release_connection, unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger


class JobRunner:
    """Runs claimed jobs inside a scope of the runtime; no method raises for a job's own failure."""

    def __init__(self, loop: ModelLoop) -> None:
        self._loop = loop
        self._log = SmartLogger()

    def run(self, attempt: Attempt) -> None:
        try:
            self._carry_out(attempt)
        except Stopped:
            self._log.log_info("job_stopped", job_id=attempt.job.id, attempt=attempt.job.attempt)
        except JobFailure as failure:
            self._settle(attempt, failure)
        except (DatabaseError, NoFreeConnection, Unavailable) as error:
            # Nothing can be written now. The lease runs out, and another attempt follows.
            self._log.log_error("job_database_lost", error, job_id=attempt.job.id)
        except Exception as error:  # noqa: BLE001  a job ends in a state, whatever happened
            self._settle(attempt, self._internal(attempt, error))
        finally:
            release_connection()

    def _carry_out(self, attempt: Attempt) -> None:
        job, kind = attempt.job, JOB_KINDS[attempt.job.job_type]
        canvas_id, head_seq = _held_to_permission(job, kind, job.head_seq, job.role)
        try:
            request = kind.read(job.request_data, job.canvas_id)
        except Invalid as error:
            raise NotUnderstood("This request can no longer be read. Please ask again.") from error
        deadline = kind.deadline(runtime().settings)
        execution = Execution(attempt, self._loop, canvas_id, head_seq, deadline)
        outcome = kind.run(execution, request)
        execution.release()
        attempt.check()
        self._complete(kind, attempt, execution, request, outcome)

    def _complete(
        self,
        kind: JobKind[Any, Any],
        attempt: Attempt,
        execution: Execution,
        request: JobInput,
        outcome: object,
    ) -> None:
        """What came out and `completed` in one transaction, or neither: the last statement is the
        fence, which a lost lease or a cancelled job does not pass (J5)."""
        job = attempt.job

        def write() -> None:
            with unit_of_work() as work:
                work.after_commit(partial(crash_point, "after_apply_commit"))
                if not kind.draws:  # what draws is held to the permission by the scene itself
                    _require_permission_again(job, kind)
                made = kind.apply(work, execution, request, outcome)
                done = job_moves.complete(
                    job.id,
                    attempt.token,
                    made.canvas_id,
                    made.result.model_dump(mode="json"),
                    made.drawn,
                    made.change_set_id,
                    made.message,
                )
                if done is None:
                    raise Stopped
                work.after_commit(partial(announce, done))
                work.after_commit(partial(crash_point, "after_emit"))
                crash_point("before_apply_commit")

        with access_as_failures(job):
            persistently(write)

    def _settle(self, attempt: Attempt, failure: JobFailure) -> None:
        """Back to the queue after a while, or failed with a sentence."""
        job = attempt.job
        verdict = decide(failure, attempt=job.attempt, max_attempts=job.max_attempts, salt=job.id)

        def write() -> None:
            with unit_of_work() as work:
                if isinstance(verdict, RetryAfter):
                    moved = job_moves.postpone(
                        job.id,
                        attempt.token,
                        seconds=verdict.seconds,
                        code=failure.code,
                        message=failure.message,
                    )
                else:
                    moved = job_moves.fail(
                        job.id,
                        attempt.token,
                        code=failure.code,
                        message=failure.english,
                        said=failure.message,
                        refusal=kept(failure),
                    )
                if moved is not None:
                    work.after_commit(partial(announce, moved))

        self._log.log_warning(
            "job_attempt_failed", job_id=job.id, attempt=job.attempt, code=failure.code
        )
        try:
            persistently(write)
        except (DatabaseError, Unavailable) as error:
            self._log.log_error("job_database_lost", error, job_id=job.id)

    def _internal(self, attempt: Attempt, error: Exception) -> JobFailure:
        error_id = uuid.uuid4().hex[:12]
        self._log.log_error("job_internal_error", error, job_id=attempt.job.id, error_id=error_id)
        return JobFailure(f"{JobFailure.message} (error id {error_id})")


def _require_permission_again(job: JobFacts, kind: JobKind[Any, Any]) -> None:
    """As it is now, in the transaction that applies."""
    found = roles.head_and_role(job.canvas_id, job.user_id) if job.canvas_id else None
    _held_to_permission(job, kind, *(found or (None, None)))


def _held_to_permission(
    job: JobFacts, kind: JobKind[Any, Any], head_seq: int | None, role: str | None
) -> tuple[ViewableCanvasId | None, int]:
    """Checked when the job was asked for, when it is claimed, and when it is applied (rule J8).

    Returns the job's canvas, if it has one, and the number of the newest change there; 0 where
    nothing was ever drawn.

    Raises:
        PermissionLost: its requester may not do that on the canvas any more.
        CanvasDeleted: there is no canvas any more.
    """
    if job.canvas_id is None:
        named = kind.needs_canvas or "canvas_id" in job.request_data
        if named and job.request_hash is not None:  # it had a canvas when it was accepted
            raise CanvasDeleted
        return None, 0
    if head_seq is None:
        raise CanvasDeleted
    try:
        as_member = Role(role) if role else None
        return check(job.canvas_id, as_member, kind.permission), head_seq
    except (NotFound, NotAllowed):
        raise PermissionLost from None
