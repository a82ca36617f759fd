"""Waiting for a job to change, without holding a database connection."""

import threading
import time

from app.domain.jobs.lifecycle import TERMINAL
from app.models import job_moves
from app.services.jobs.signals import job_signals
from app.services.unit_of_work import release_connection

MAX_WAIT_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.5  # for changes made by other processes
MAX_LONG_WAITS = 20  # each keeps a thread of the server, which has twice as many
_long_waits = threading.BoundedSemaphore(MAX_LONG_WAITS)


def wait_for_change(job_id: str, status: str, seconds: float) -> None:
    """Return once the job's status is not `status` any more, or after `seconds` (30 at most;
    while many wait already, half a second)."""
    if not _long_waits.acquire(blocking=False):
        _wait(job_id, status, min(seconds, LOOK_EVERY_SECONDS))
        return
    try:
        _wait(job_id, status, min(seconds, MAX_WAIT_SECONDS))
    finally:
        _long_waits.release()


def _wait(job_id: str, status: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while status not in TERMINAL:
        seen = job_signals.count()
        job = job_moves.current(job_id)
        release_connection()
        left = end - time.monotonic()
        if job is None or job.status != status or left <= 0:
            return
        job_signals.wait(seen, min(left, LOOK_EVERY_SECONDS))
