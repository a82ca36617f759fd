"""One job, run to its end by the calling thread: for a forking worker's ticket and by name."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.models import job_claims
from app.models.claim_terms import Terms
from app.models.job_claims import ClaimedJob
from app.runtime import Runtime, runtime
from app.services.jobs.attempt import Attempt
from app.services.jobs.claims import renew_leases, terms_of
from app.services.jobs.engine import Timing
from app.services.jobs.events import announce
from app.services.jobs.model_loop import ModelLoop
from app.services.jobs.runner import JobRunner
from app.services.jobs.sweeper import JobSweeper
from app.services.unit_of_work import unit_of_work
from app.services.worker_identity import announce_end, announce_life
from app.utils.logger import SmartLogger


def run_next() -> bool:
    """Run the job whose turn it is, if any may run. Needs an open scope of the runtime."""
    return _run(job_claims.claim_next)


def run_named(job_id: str) -> bool:
    """Run this job, if it is queued and its canvas is free. Needs an open scope of the runtime."""
    return _run(partial(job_claims.claim_by_id, job_id))


def _run(claim: Callable[[Terms], ClaimedJob | None]) -> bool:
    settings = runtime().settings
    terms = terms_of(settings)
    announce_life(terms.worker_id)
    try:
        with unit_of_work() as work:
            job = claim(terms)
            if job is None:
                return False
            work.after_commit(partial(announce, job))
        attempt = Attempt(job)
        loop = ModelLoop()
        try:
            with _heartbeat(attempt, settings.job_lease_seconds):
                JobRunner(loop).run(attempt)
        finally:
            loop.close()
        JobSweeper(terms.worker_id).ring_if_needed()
        return True
    finally:
        announce_end(terms.worker_id)


@contextmanager
def _heartbeat(attempt: Attempt, lease: float) -> Iterator[None]:
    ended = threading.Event()
    loop = partial(_renew, runtime(), attempt, lease, ended)
    thread = threading.Thread(target=loop, name="job-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _renew(here: Runtime, attempt: Attempt, lease: float, ended: threading.Event) -> None:
    timing = Timing.for_lease(lease)
    while not ended.wait(min(timing.look_for_cancel, timing.heartbeat)):
        with here.scope():
            try:
                renew_leases({attempt.token: attempt}, lease)
            except Exception as error:  # noqa: BLE001  the database may be back for the next round
                SmartLogger().log_error("job_heartbeat_failed", error, job_id=attempt.job.id)
