"""Progress of an attempt: noted while it waits, published at most twice a second."""

import time
from functools import partial
from typing import Any

from app.domain.errors import Unavailable
from app.domain.jobs.progress import Report, Throttle
from app.models import job_leases
from app.models.database import DatabaseError
from app.services.jobs.attempt import Attempt, Stopped
from app.services.jobs.events import announce_progress
from app.services.unit_of_work import unit_of_work
from app.utils.crash_point import crash_point
from app.utils.logger import SmartLogger


class JobReporter:
    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._throttle = Throttle(time.monotonic())
        self._latest: Report | None = None
        self._preview: dict[str, Any] | None = None

    def note(self, report: Report) -> None:
        """Called on the model loop's thread, which must not wait for a database."""
        self._latest = report
        crash_point("mid_llm")

    def flush(self) -> None:
        """Publish what was noted last, from the attempt's own thread."""
        latest, self._latest = self._latest, None
        if latest is not None:
            self.report(latest)

    def report(self, report: Report) -> None:
        """Raises Stopped if the lease is lost. A report that could not be written is skipped."""
        if not self._throttle.admits(time.monotonic()):
            return
        job = self._attempt.job
        if report.preview is not None:
            self._preview = report.preview() or self._preview
        try:
            with unit_of_work() as work:
                event_seq = job_leases.report(job.id, self._attempt.token, report)
                if event_seq is None:
                    raise Stopped
                work.after_commit(partial(announce_progress, job, report, event_seq, self._preview))
        except (DatabaseError, Unavailable) as error:
            SmartLogger().log_warning("job_report_lost", job_id=job.id, error=type(error).__name__)
