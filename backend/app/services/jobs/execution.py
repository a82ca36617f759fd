"""What a kind of job works with while one attempt runs: its job, a clock, and ways to be heard."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from app.domain.access.ids import ViewableCanvasId
from app.domain.jobs.progress import Report
from app.models import job_leases
from app.models.job_moves import JobFacts
from app.services.jobs.attempt import Attempt, Stopped
from app.services.jobs.failures import persistently
from app.services.jobs.model_loop import ModelLoop
from app.services.jobs.reporter import JobReporter
from app.services.unit_of_work import release_connection, unit_of_work

T = TypeVar("T")


class Execution:
    """One attempt as its kind sees it. `canvas_id` is the job's canvas, if it has one, on which its
    requester may do what the kind does; `head_seq` is the number of the newest change there when
    it was claimed, 0 where nothing was ever drawn."""

    def __init__(
        self,
        attempt: Attempt,
        loop: ModelLoop,
        canvas_id: ViewableCanvasId | None,
        head_seq: int,
        deadline: float,
    ) -> None:
        self.job: JobFacts = attempt.job
        self.canvas_id = canvas_id
        self.head_seq = head_seq
        self._attempt = attempt
        self._loop = loop
        self._deadline = deadline
        self._reporter = JobReporter(attempt)
        self.note = self._reporter.note  # progress, from the thread of what is waited for
        self.check = attempt.check  # raises Stopped: go no further

    def report(self, report: Report) -> None:
        """Say how far it is, from the attempt's own thread. Raises Stopped if the lease is lost."""
        self._reporter.report(report)

    def wait_for(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Run what waits for somebody else, with no connection held meanwhile (rule J4).

        Raises:
            Stopped: the attempt was stopped. JobTimeout: it took longer than the kind allows.
        """
        self.release()
        return self._loop.run(
            work, self._attempt, seconds=self._deadline, tick=self._reporter.flush
        )

    def release(self) -> None:
        """Give the database connection back; what was read stays read."""
        release_connection()

    def stage(self, answer: dict[str, Any], usage: dict[str, Any]) -> None:
        """Keep an answer that was paid for, so that a later attempt need not ask again."""
        persistently(partial(self._stage, answer, usage))

    def _stage(self, answer: dict[str, Any], usage: dict[str, Any]) -> None:
        with unit_of_work():
            if not job_leases.stage(self.job.id, self._attempt.token, answer, usage):
                raise Stopped

    def staged(self) -> dict[str, Any] | None:
        """What an earlier attempt kept."""
        return job_leases.staged_answer(self.job.id) if self.job.is_staged else None
