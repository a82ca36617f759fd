"""Of any number who try at once, exactly one moves a job."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from flask import Flask

from app.domain.jobs.queueing import MAX_QUEUED_PER_USER
from app.models import job_claims, job_leases, job_moves
from app.models.canvas import Canvas
from app.models.claim_terms import Terms
from app.models.job_moves import JobFacts
from app.services.ai_job_service import AIJobService
from app.services.unit_of_work import unit_of_work
from tests.support.jobs import cancel, job_row, submit, terms
from tests.support.people import People

T = TypeVar("T")
TERMS = terms("a-worker", lease=30, attempt_timeout=60, per_user=1000)


def at_once(app: Flask, *deeds: Callable[[], T]) -> list[T]:
    """Do them all in threads of their own, started together."""
    barrier = threading.Barrier(len(deeds), timeout=60)

    def do(deed: Callable[[], T]) -> T:
        barrier.wait()
        with app.app_context():
            return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(do, deed) for deed in deeds]]


def claim(on: Terms = TERMS) -> JobFacts | None:
    with unit_of_work():
        return job_claims.claim_next(on)


def complete(job: JobFacts) -> JobFacts | None:
    assert job.lease_token
    assert job.canvas_id
    with unit_of_work():
        return job_moves.complete(
            job.id,
            job.lease_token,
            canvas_id=job.canvas_id,
            result={},
            drawn=0,
            change_set_id=None,
            message="",
        )


def claim_all() -> list[str]:
    mine = []
    while job := claim():
        mine.append(job.id)
    return mine


@pytest.mark.rule("J1", "J3")
def test_eight_workers_claim_every_job_exactly_once(any_app: Flask, people: People) -> None:
    ids = [submit(any_app, people.ana.id) for _ in range(MAX_QUEUED_PER_USER)]
    hauls = at_once(any_app, *[claim_all] * 8)
    assert Counter(job_id for haul in hauls for job_id in haul) == Counter(ids)


@pytest.mark.rule("J3")
def test_limits_hold_however_many_claim_at_once(any_app: Flask, people: People) -> None:
    for _ in range(10):
        submit(any_app, people.ana.id)
        submit(any_app, people.ben.id)
    here = terms("a-worker", 30, 60, per_user=2)
    for _ in range(3):
        at_once(any_app, *[lambda: claim(here)] * 6)
    with any_app.app_context():
        running = Counter(
            job.user_id
            for person in (people.ana, people.ben)
            for job in AIJobService().get_user_jobs(person.id, status="processing")
        )
    assert running == {people.ana.id: 2, people.ben.id: 2}


@pytest.mark.rule("J3")
def test_one_job_at_a_time_draws_on_a_canvas(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    for person in (people.ana, people.ben, people.ana):
        submit(any_app, person.id, canvas_id=canvas.id)
    first = [job for job in at_once(any_app, *[claim] * 6) if job]
    assert len(first) == 1
    with any_app.app_context():
        assert claim() is None
        assert complete(first[0]) is not None
        assert claim() is not None


@pytest.mark.rule("J1", "J6")
@pytest.mark.parametrize("first", ["cancel", "complete"])
def test_cancel_against_complete_has_one_winner(any_app: Flask, people: People, first: str) -> None:
    """A hundred races: who hears of success is right, and nobody else hears of it."""
    for _ in range(2):
        for _ in range(MAX_QUEUED_PER_USER):
            submit(any_app, people.ana.id)
        with any_app.app_context():
            jobs = [job for job in [claim() for _ in range(MAX_QUEUED_PER_USER)] if job]
        start = threading.Barrier(2, timeout=60)

        def cancel_each(jobs: list[JobFacts], start: threading.Barrier) -> list[bool]:
            return [(start.wait(), cancel(any_app, job.id, people.ana.id))[1] for job in jobs]

        def complete_each(jobs: list[JobFacts], start: threading.Barrier) -> list[bool]:
            return [(start.wait(), complete(job) is not None)[1] for job in jobs]

        rivals = [partial(cancel_each, jobs, start), partial(complete_each, jobs, start)]
        if first == "cancel":
            cancelled, completed = at_once(any_app, *rivals)
        else:
            completed, cancelled = at_once(any_app, *reversed(rivals))
        assert len(jobs) == MAX_QUEUED_PER_USER
        for job, was_cancelled, was_completed in zip(jobs, cancelled, completed, strict=True):
            assert was_cancelled != was_completed
            status = "cancelled" if was_cancelled else "completed"
            assert job_row(any_app, job.id).status == status


@pytest.mark.rule("J1")
def test_of_many_retries_one_counts(any_app: Flask, people: People) -> None:
    job_id = submit(any_app, people.ana.id)
    with any_app.app_context():
        job = claim()
        assert job is not None
        assert job.lease_token is not None
        with unit_of_work():
            job_moves.fail(job.id, job.lease_token, code="internal", message="No.")
    retry = lambda: AIJobService().retry_failed_job(job_id, people.ana.id)  # noqa: E731
    assert sum(at_once(any_app, *[retry] * 6)) == 1
    assert job_row(any_app, job_id).retry_count == 1


def test_the_same_key_submitted_at_once_is_one_job(any_app: Flask, people: People) -> None:
    ids = at_once(any_app, *[lambda: submit(any_app, people.ana.id, idempotency_key="once")] * 6)
    assert len(set(ids)) == 1
    with any_app.app_context():
        assert len(AIJobService().get_user_jobs(people.ana.id)) == 1


@pytest.mark.rule("J5")
def test_a_worker_that_lost_its_lease_cannot_write(any_app: Flask, people: People) -> None:
    submit(any_app, people.ana.id)
    with any_app.app_context():
        stale = claim()
        assert stale is not None
        assert stale.lease_token is not None
        with unit_of_work():
            assert len(job_moves.reclaim_from(["a-worker"])) == 1
        fresh = claim()
        assert fresh is not None
        assert fresh.lease_token != stale.lease_token
        with unit_of_work():
            token = stale.lease_token
            assert complete(stale) is None
            assert job_moves.fail(stale.id, token, code="internal", message="No.") is None
            assert not job_leases.stage(stale.id, token, {}, {})
            assert job_leases.renew([token], 30) == set()
        assert complete(fresh) is not None


def test_a_claim_says_whether_an_earlier_attempt_s_answer_is_kept(
    any_app: Flask, people: People
) -> None:
    submit(any_app, people.ana.id)
    with any_app.app_context():
        first = claim()
        assert first is not None
        assert first.lease_token is not None
        assert not first.is_staged
        with unit_of_work():
            assert job_leases.stage(first.id, first.lease_token, {"plan": {}}, {})
            job_moves.reclaim_from(["a-worker"])
        second = claim()
        assert second is not None
        assert second.is_staged
