"""Taking jobs and keeping them: on which terms, one at a time, and for how long."""

from contextlib import nullcontext
from functools import partial

from app.config.settings import Settings
from app.models import job_claims, job_leases
from app.models.claim_terms import ClaimableKind, Terms
from app.models.job_claims import ClaimedJob
from app.services.jobs.attempt import Attempt
from app.services.jobs.events import announce
from app.services.jobs.kinds import JOB_KINDS
from app.services.unit_of_work import unit_of_work
from app.services.worker_identity import new_worker_id
from app.utils.crash_point import crash_point


def claimable_kinds(settings: Settings) -> tuple[ClaimableKind, ...]:
    return tuple(
        ClaimableKind(
            kind.id,
            kind.phases[0],
            kind.starting,
            kind.deadline(settings),
            kind.concurrency.name,
            kind.concurrency.running_per_user(settings),
        )
        for kind in JOB_KINDS.values()
    )


def terms_of(settings: Settings) -> Terms:
    return Terms(
        worker_id=new_worker_id(),
        lease=settings.job_lease_seconds,
        kinds=claimable_kinds(settings),
    )


def claim(terms: Terms) -> ClaimedJob | None:
    """Claim the job whose turn it is, if any may run, and say that it runs. One a transaction: it
    begins at once, and does not wait until the next is found.

    A crash of the database may forget it: it is queued then, and its token void. Its later
    events are durable, so that their numbers do not begin again.
    """
    with unit_of_work(durable=False) as work:
        job = job_claims.claim_next(terms)
        if job is not None:
            work.after_commit(partial(announce, job))
    if job is not None:
        crash_point("after_claim")
    return job


def renew_leases(attempts: dict[str, Attempt], lease: float | None) -> None:
    """Renew the leases (or only read them), and stop the attempts that lost theirs."""
    if not attempts:
        return
    with unit_of_work(durable=False) if lease else nullcontext():
        held = (
            job_leases.renew(list(attempts), lease)
            if lease
            else job_leases.still_held(list(attempts))
        )
    for token in attempts.keys() - held:
        attempts[token].stop()
