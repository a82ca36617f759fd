"""One attempt at a job in this process, and the way to stop it from another thread."""

import threading
from collections.abc import Callable

from app.models.job_claims import ClaimedJob


class Stopped(Exception):
    """The attempt may not go on: the job was cancelled, or its lease is lost. Write nothing."""


class Attempt:
    def __init__(self, job: ClaimedJob) -> None:
        if job.lease_token is None:
            raise ValueError("a job without a lease is nobody's to run")
        self.job = job
        self.token: str = job.lease_token
        self._lock = threading.Lock()
        self._stopped = False
        self._on_stop: list[Callable[[], object]] = []

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            callbacks, self._on_stop = self._on_stop, []
        for callback in callbacks:
            callback()

    def on_stop(self, callback: Callable[[], object]) -> None:
        """Call it when the attempt is stopped; at once, if it already was."""
        with self._lock:
            if not self._stopped:
                self._on_stop.append(callback)
                return
        callback()

    def check(self) -> None:
        """Raises Stopped."""
        if self._stopped:
            raise Stopped
