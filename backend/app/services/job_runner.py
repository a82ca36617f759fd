"""One job from its claim to its end: plan, lay out, then draw and complete in one transaction."""

import uuid
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from app.domain.errors import (
    CanvasDeleted,
    JobFailure,
    NotFound,
    QuotaExceeded,
    Unavailable,
)
from app.domain.jobs.progress import Phase, Report
from app.domain.jobs.retry import RetryAfter, decide
from app.domain.planning.request import EarlierJob, Planned, Planner
from app.domain.scene.compose import Drawing
from app.extensions import db
from app.models import job_leases, job_moves, job_queries
from app.models.job_moves import JobFacts
from app.runtime import runtime
from app.services import drawing_service
from app.services.attempt import Attempt, Stopped
from app.services.canvas_service import create_canvas
from app.services.drawing_service import Answer, Briefing, Element, Task
from app.services.job_events import announce
from app.services.job_failures import persistently, require_permission, told_as_failures
from app.services.job_reporter import JobReporter
from app.services.job_submission import title_of
from app.services.model_loop import ModelLoop
from app.services.scene_reading import head_of, read_scene
from app.services.scene_service import apply_changes
from app.services.unit_of_work import unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger

OFFLINE = "offline"
SHORT_MOMENT_SECONDS = 0.2


@dataclass(frozen=True)
class Sight:
    """A canvas's elements at some moment, and the number of the newest change in them."""

    at: float
    objects: list[Element] = field(default_factory=list)
    seq: int = 0


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
        except (DBAPIError, NoFreeConnection, Unavailable) as error:
            # Nothing can be written now. The lease runs out, and another attempt follows.
            self._log.log_error("job_database_lost", error, job_id=attempt.job.id)
        except Exception as error:  # noqa: BLE001  a job ends in a state, whatever happened
            self._settle(attempt, self._internal(attempt, error))
        finally:
            db.session.rollback()

    def _carry_out(self, attempt: Attempt) -> None:
        job = attempt.job
        task = drawing_service.task_of(job.id, job.job_type, job.request_data)
        reporter = JobReporter(attempt)
        sight = _look(job, require_permission(job))
        answer = self._answer(attempt, task, sight, reporter)
        reporter.tell(Report(Phase.LAYOUT, drawing_service.count_shapes(answer.planned.plan)))
        sight = _look_again(job, sight)
        db.session.rollback()
        drawing = drawing_service.draw(answer, task, sight.objects)
        attempt.check()
        reporter.tell(Report(Phase.DRAWING, drawing.planned, 0))
        self._finish(attempt, answer.planned, drawing, sight.seq)

    def _answer(self, attempt: Attempt, task: Task, sight: Sight, reporter: JobReporter) -> Answer:
        """The staged answer of an earlier attempt, or a new one."""
        if attempt.job.is_staged:
            staged = drawing_service.answer_from_json(job_leases.staged_answer(attempt.job.id))
            if staged is not None:
                return staged
        planner = runtime().planner(job_model(attempt.job))
        earlier: tuple[EarlierJob, ...] = ()
        if planner.name != OFFLINE:
            self._require_quota(attempt.job)
            earlier = drawing_service.earlier_on(attempt.job.canvas_id, attempt.job.id)
        db.session.rollback()  # no transaction and no connection while the model thinks (J4)
        briefing = drawing_service.brief(task, sight.objects, earlier)
        answer = self._ask(planner, attempt, briefing, reporter)
        crash_point("after_llm")
        if answer.planned.usage.requests:
            self._stage(attempt, answer)
        return answer

    def _ask(
        self, planner: Planner, attempt: Attempt, briefing: Briefing, reporter: JobReporter
    ) -> Answer:
        planned = self._loop.run(
            lambda: planner.plan(briefing.request, reporter.note),
            attempt,
            seconds=runtime().settings.ai_job_timeout,
            tick=reporter.flush,
        )
        return Answer(planned, briefing.aliases)

    def _stage(self, attempt: Attempt, answer: Answer) -> None:
        stored = drawing_service.answer_to_json(answer)

        def write() -> None:
            with unit_of_work():
                if not job_leases.stage(attempt.job.id, attempt.token, stored, stored["usage"]):
                    raise Stopped

        persistently(write)

    def _finish(self, attempt: Attempt, planned: Planned, drawing: Drawing, seen: int) -> None:
        """Objects and `completed` in one transaction, or neither: the last statement is the fence,
        which a lost lease or a cancelled job does not pass (J5)."""
        job = attempt.job

        def write() -> None:
            with unit_of_work() as work:
                work.after_commit(partial(crash_point, "after_apply_commit"))
                canvas_id = job.canvas_id or create_canvas(job.user_id, title_of(job.request_data))
                applied = apply_changes(
                    work,
                    canvas_id=canvas_id,
                    user_id=job.user_id,
                    changes=drawing.changes,
                    job_id=job.id,
                    seen=seen,
                )
                result = drawing_service.result_of(planned, drawing, canvas_id)
                done = job_moves.complete(
                    job.id,
                    attempt.token,
                    canvas_id,
                    result | {"seq": applied.last_seq},
                    drawing.drawn,
                    applied.change_set_id,
                    Report(Phase.COMPLETED, drawing.drawn, drawing.drawn).message,
                )
                if done is None:
                    raise Stopped
                work.after_commit(partial(announce, done))
                work.after_commit(partial(crash_point, "after_emit"))
                crash_point("before_apply_commit")

        with told_as_failures(job):
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
                        job.id, attempt.token, code=failure.code, message=failure.message
                    )
                if moved is not None:
                    work.after_commit(partial(announce, moved))

        self._log.log_warning(
            "job_attempt_failed", job_id=job.id, attempt=job.attempt, code=failure.code
        )
        try:
            persistently(write)
        except (DBAPIError, Unavailable) as error:
            self._log.log_error("job_database_lost", error, job_id=job.id)

    def _internal(self, attempt: Attempt, error: Exception) -> JobFailure:
        error_id = uuid.uuid4().hex[:12]
        self._log.log_error("job_internal_error", error, job_id=attempt.job.id, error_id=error_id)
        return JobFailure(f"{JobFailure.message} (error id {error_id})")

    def _require_quota(self, job: JobFacts) -> None:
        limit = runtime().settings.ai_daily_tokens
        if not limit:
            return
        spent = sum(
            usage.get("input_tokens", 0) + usage.get("output_tokens", 0)
            for usage in job_queries.usage_today(job.user_id)
        )
        if spent >= limit:
            raise QuotaExceeded


def job_model(job: JobFacts) -> str | None:
    """The model that the request named; None for the installation's own."""
    model = job.request_data.get("model")
    return model if isinstance(model, str) else None


def _look(job: JobFacts, newest: int) -> Sight:
    """`newest`: the number of the newest change on its canvas."""
    if not job.canvas_id or not newest:
        return Sight(runtime().monotonic(), seq=newest)
    try:
        scene = read_scene(job.canvas_id)
    except NotFound:
        raise CanvasDeleted from None
    return Sight(runtime().monotonic(), scene.objects, scene.seq)


def _look_again(job: JobFacts, before: Sight) -> Sight:
    """The canvas as it is now, for people went on while the planner thought; not read again if
    nothing changed, nor after a moment so short that the drawing itself takes as long."""
    if not job.canvas_id or runtime().monotonic() - before.at < SHORT_MOMENT_SECONDS:
        return before
    try:
        newest = head_of(job.canvas_id)
    except NotFound:
        raise CanvasDeleted from None
    return before if newest == before.seq else _look(job, newest)
