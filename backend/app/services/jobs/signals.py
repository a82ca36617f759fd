"""Wakes threads of this process that wait for a job. A hint: waiters also read the row."""

import threading


class JobSignals:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def notify(self, _job_id: str) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def count(self) -> int:
        """Take this before looking, and pass it to `wait`: no change in between is missed."""
        with self._changed:
            return self._count

    def wait(self, seen: int, seconds: float) -> None:
        """Until any job changed after `seen` was counted, or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen, seconds)


job_signals = JobSignals()
