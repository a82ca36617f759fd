"""Counted progress of an attempt: noted by the planner, told at most twice a second."""

import time

from sqlalchemy.exc import DBAPIError

from app.domain.errors import Unavailable
from app.domain.jobs.progress import Phase, Report, Throttle
from app.domain.planning.request import Progress
from app.models import job_leases
from app.services.attempt import Attempt, Stopped
from app.services.job_events import announce_progress
from app.services.unit_of_work import unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger


class JobReporter:
    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._throttle = Throttle(time.monotonic())
        self._latest: Progress | None = None
        self._preview: tuple[str, ...] = ()

    def note(self, progress: Progress) -> None:
        """Called on the model loop's thread, which must not wait for a database."""
        self._latest = progress
        crash_point("mid_llm")

    def flush(self) -> None:
        """Tell what was noted last, from the attempt's own thread."""
        latest, self._latest = self._latest, None
        if latest is not None:
            self._preview = latest.preview
            self.tell(Report(Phase.PLANNING, latest.planned, 0, latest.tokens, latest.preview))

    def tell(self, report: Report) -> None:
        """Raises Stopped if the lease is lost. A report that could not be written is skipped."""
        if not self._throttle.admits(time.monotonic()):
            return
        job = self._attempt.job
        told = Report(
            report.phase,
            report.planned,
            report.drawn,
            report.tokens,
            report.preview or self._preview,
        )
        try:
            with unit_of_work() as work:
                event_seq = job_leases.report(job.id, self._attempt.token, told)
                if event_seq is None:
                    raise Stopped
                number = event_seq
                work.after_commit(lambda: announce_progress(job, told, number))
        except (DBAPIError, Unavailable) as error:
            SmartLogger().log_warning("job_report_lost", job_id=job.id, error=type(error).__name__)
