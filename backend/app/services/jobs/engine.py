"""The engine that runs jobs, the same in the server, beside an RQ worker and for a single ticket.

A dispatcher claims what may run and hands it to slots; a heartbeat renews the leases of all of them
and learns of cancelled jobs; a sweeper takes back what others left behind.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from app.adapters.job_queue import EmbeddedQueue
from app.models import job_claims, job_moves
from app.runtime import Runtime
from app.services.jobs.attempt import Attempt
from app.services.jobs.claims import claim, renew_leases, terms_of
from app.services.jobs.events import announce
from app.services.jobs.kinds import JOB_KINDS
from app.services.jobs.model_loop import ModelLoop
from app.services.jobs.runner import JobRunner
from app.services.jobs.sweeper import JobSweeper
from app.services.unit_of_work import unit_of_work
from app.services.worker_identity import announce_end, announce_life
from app.utils.logger import SmartLogger

DRAIN_SECONDS = 20.0
CLAIM_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.1


@dataclass(frozen=True)
class Timing:
    """Seconds between what an engine does regularly."""

    heartbeat: float
    look_for_cancel: float
    look_for_work: float  # the bell makes this a backstop
    sweep: float

    @classmethod
    def for_lease(cls, lease: float) -> "Timing":
        return cls(
            heartbeat=min(10.0, lease / 4),
            look_for_cancel=1.0,
            look_for_work=min(5.0, lease / 2),
            sweep=min(5.0, lease / 2),
        )


class JobEngine:
    """Runs up to `slots` jobs at a time. All threads end with `drain`, or with the process."""

    def __init__(
        self, runtime: Runtime, slots: int | None = None, timing: Timing | None = None
    ) -> None:
        settings = runtime.settings
        self.runtime = runtime
        self._slots = settings.worker_slots if slots is None else slots
        self._lease = settings.job_lease_seconds
        self._timing = timing or Timing.for_lease(self._lease)
        self._terms = terms_of(settings)
        self._loop = ModelLoop()
        self._runner = JobRunner(self._loop)
        self._sweeper = JobSweeper(self._terms.worker_id)
        self._pool = ThreadPoolExecutor(max(1, self._slots), thread_name_prefix="job")
        self._running: dict[str, Attempt] = {}
        self._changed = threading.Condition()
        self._woken = True
        self._idle = False
        self._recheck = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._log = SmartLogger(worker_id=self._terms.worker_id)

    def start(self) -> None:
        """Take back what an earlier process on this machine left running, then work."""
        announce_life(self._terms.worker_id)
        for warm_up in {kind.warm_up for kind in JOB_KINDS.values() if kind.warm_up}:
            warm_up(self.runtime.settings)
        if isinstance(self.runtime.queue, EmbeddedQueue):
            self.runtime.queue.subscribe(self.wake)
        with self.runtime.scope():
            self._guarded(self._sweeper.reclaim_from_the_dead)
        for name, loop in (
            ("job-dispatcher", self._dispatch),
            ("job-heartbeat", self._heartbeat),
            ("job-sweeper", self._sweep),
        ):
            thread = threading.Thread(target=loop, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        self._log.log_info("job_engine_started", slots=self._slots)

    def wake(self) -> None:
        """There may be work, or something to stop."""
        self._recheck.set()
        with self._changed:
            self._woken = True
            self._idle = False
            self._changed.notify_all()

    def wait_until_idle(self, seconds: float) -> None:
        """Return when the engine found no more to do although a slot is free, when it stops, or
        when the time is over. Until then it needs no bell, for it looks after every job."""
        end = time.monotonic() + seconds
        while not self._stopping.is_set() and (left := end - time.monotonic()) > 0:
            with self._changed:  # in short rounds: a signal handler cannot notify
                if self._changed.wait_for(lambda: self._idle, min(left, 0.2)):
                    return

    @property
    def running(self) -> int:
        return len(self._running)

    @property
    def slots(self) -> int:
        return self._slots

    def stop_claiming(self) -> None:
        """Take no further job. Safe in a signal handler; `drain` does the rest."""
        self._stopping.set()

    def drain(self, grace: float = DRAIN_SECONDS) -> int:
        """Stop claiming, let running jobs finish for `grace` seconds, hand back the rest.

        Returns how many were handed back. The engine cannot be started again.
        """
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads[:1]:
            thread.join(CLAIM_SECONDS)  # what the dispatcher was just claiming counts as running
        with self._changed:
            self._changed.wait_for(lambda: not self._running, grace)
            left = dict(self._running)
        if left:
            with self.runtime.scope():
                self._guarded(lambda: self._hand_back(left))
        self._recheck.set()
        for thread in self._threads:
            thread.join(CLAIM_SECONDS)
        self._pool.shutdown(wait=not left, cancel_futures=True)
        self._loop.close()
        if isinstance(self.runtime.queue, EmbeddedQueue):
            self.runtime.queue.unsubscribe(self.wake)
        announce_end(self._terms.worker_id)
        self._log.log_info("job_engine_stopped", handed_back=len(left))
        return len(left)

    def _hand_back(self, attempts: dict[str, Attempt]) -> None:
        with unit_of_work() as work:
            for facts in job_moves.hand_back(list(attempts)):
                work.after_commit(partial(announce, facts))
            work.after_commit(self._sweeper.ring_if_needed)
        for attempt in attempts.values():
            attempt.stop()

    def _dispatch(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopping.is_set() or (self._woken and self._free() > 0),
                    self._timing.look_for_work,
                )
                self._woken = False
            with self.runtime.scope():
                self._guarded(self._fill_slots)

    def _fill_slots(self) -> None:
        """An idle engine first asks whether there is anything to claim, which costs far less. A
        claim says itself whether there is more."""
        is_more = not self._idle or job_claims.is_any_due()
        while not self._stopping.is_set() and self._free() > 0:
            job = claim(self._terms) if is_more else None
            if job is None:
                self._note_idle()
                return
            attempt = Attempt(job)
            with self._changed:
                self._running[attempt.token] = attempt
                self._idle = False
            self._pool.submit(self._run, attempt)
            is_more = job.is_more_due

    def _note_idle(self) -> None:
        with self._changed:
            self._idle = not self._woken
            self._changed.notify_all()

    def _run(self, attempt: Attempt) -> None:
        try:
            with self.runtime.scope():
                self._runner.run(attempt)
        finally:
            with self._changed:
                self._running.pop(attempt.token, None)
                self._woken = True
                self._changed.notify_all()

    def _free(self) -> int:
        return self._slots - len(self._running)

    def _heartbeat(self) -> None:
        renewed = time.monotonic()
        while not self._stopping.is_set() or self._running:
            if self._recheck.wait(min(self._timing.look_for_cancel, self._timing.heartbeat)):
                time.sleep(LOOK_AGAIN_SECONDS)  # one question for a whole volley of bells
            self._recheck.clear()
            is_due = time.monotonic() - renewed >= self._timing.heartbeat
            renew = partial(renew_leases, dict(self._running), self._lease if is_due else None)
            with self.runtime.scope():
                if self._guarded(renew) and is_due:
                    renewed = time.monotonic()

    def _sweep(self) -> None:
        while not self._stopping.wait(self._timing.sweep):
            with self.runtime.scope():
                self._guarded(self._sweeper.sweep)

    def _guarded(self, deed: Callable[[], object]) -> bool:
        """The database may be away for a while: the threads outlive that."""
        try:
            deed()
        except Exception as error:  # noqa: BLE001  whatever it was, the next round may do better
            self._log.log_error("job_engine_error", error)
            self._stopping.wait(0.5)
            return False
        return True


_beside: JobEngine | None = None


def work_beside(engine: JobEngine | None) -> None:
    """Name the engine that answers the tickets which this process receives."""
    global _beside  # noqa: PLW0603  one per process, as tickets are
    _beside = engine


def engine_beside() -> JobEngine | None:
    return _beside
