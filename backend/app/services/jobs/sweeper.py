"""Healing: what lost workers held, tickets that Redis lost, attempts that hang, jobs long ended."""

import time
from functools import partial

from app.adapters.job_queue import QueueUnavailable
from app.domain.errors import JobTimeout
from app.models import job_claims, job_leases, job_moves, job_notes, job_queries
from app.models.job_moves import JobFacts
from app.runtime import runtime
from app.services.jobs.claims import claimable_kinds
from app.services.jobs.events import announce
from app.services.unit_of_work import UnitOfWork, unit_of_work
from app.services.worker_identity import has_ended
from app.utils.logger import SmartLogger

MAX_TICKETS = 100
MAX_PLACES = 50
CLEAN_EVERY_SECONDS = 3600.0
SECONDS_PER_DAY = 86_400


class JobSweeper:
    """Every process has one; an advisory lock lets one at a time do what is common to all."""

    def __init__(self, worker_id: str) -> None:
        self._worker_id = worker_id
        self._cleaned = float("-inf")
        self._places: dict[str, int] = {}
        self._log = SmartLogger(worker_id=worker_id)

    def sweep(self) -> None:
        self.reclaim_from_the_dead()
        with unit_of_work() as work:
            if not job_claims.try_sweep_lock():
                return
            lost = job_moves.reclaim_expired()
            late = job_moves.reclaim(
                job_leases.overdue(), code=JobTimeout.code, sentence=JobTimeout.message
            )
            self._announce(work, lost + late)
            self._announce_places(work)
        self.ring_if_needed()
        if time.monotonic() - self._cleaned >= CLEAN_EVERY_SECONDS:
            delete_old_jobs(runtime().settings.job_retention_days)
            self._cleaned = time.monotonic()

    def reclaim_from_the_dead(self) -> None:
        """Jobs of processes of this machine that ended without a word need not wait for a lease."""
        dead = [
            worker for worker in job_leases.running_workers() if has_ended(worker, self._worker_id)
        ]
        if dead:
            with unit_of_work() as work:
                self._announce(work, job_moves.reclaim_from(dead))
            self.ring_if_needed()

    def ring_if_needed(self) -> None:
        """As many tickets as there are jobs that could run, less those that are waiting."""
        runnable = job_claims.count_runnable(claimable_kinds(runtime().settings), MAX_TICKETS)
        if not runnable:
            return
        queue = runtime().queue
        try:
            missing = runnable - queue.waiting()
            if missing > 0:
                queue.ring(missing)
        except QueueUnavailable as error:
            self._log.log_warning("job_bell_not_rung", reason=str(error))

    def _announce_places(self, work: UnitOfWork) -> None:
        """Publish the new place of jobs that moved up near the front of the queue."""
        places = {job_id: n for n, job_id in enumerate(job_queries.head_of_queue(MAX_PLACES), 1)}
        for job_id, place in places.items():
            if self._places.get(job_id, place) == place:
                continue
            waiting = job_notes.next_event_seq(job_id)
            if waiting is not None:
                work.after_commit(partial(announce, waiting))
        self._places = places

    def _announce(self, work: UnitOfWork, reclaimed: list[JobFacts]) -> None:
        for job in reclaimed:
            self._log.log_warning("job_reclaimed", job_id=job.id, status=job.status)
            work.after_commit(partial(announce, job))


def delete_old_jobs(days: int) -> int:
    """Forget jobs that ended more than `days` ago; how many. What they drew stays."""
    total = 0
    while True:
        with unit_of_work():
            gone = job_queries.delete_finished(days * SECONDS_PER_DAY)
        total += gone
        if gone < job_queries.DELETE_AT_ONCE:
            return total
