"""Faults of the server and of impatient people: what was accepted is there, once."""

import signal
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import pytest

from tests.support.faults import TIMEOUT, Family, Fault, try_out
from tests.support.model_server import Reply
from tests.support.processes import wait_until
from tests.support.stack import Stack
from tests.support.trial import BROKEN, PATIENCE, Trial

pytestmark = [pytest.mark.services, pytest.mark.timeout(TIMEOUT)]

FAULTS = Family()
RACES = 8
T = TypeVar("T")


def at_once(deeds: list[Callable[[], T]]) -> list[T]:
    """Do all of them in threads of their own, started together."""
    barrier = threading.Barrier(len(deeds), timeout=60)

    def do(deed: Callable[[], T]) -> T:
        barrier.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(do, deed) for deed in deeds]]


def restart_web(trial: Trial, **changes: str) -> None:
    trial.stack.web.restart(**changes)
    wait_until(trial.stack.is_ready, PATIENCE, "the server is ready")


def submit_into_crash(trial: Trial, point: str) -> None:
    """The server ends while it accepts a job; the page asks again with the same key."""
    restart_web(trial, CC_CRASH=f"{point}:1")
    key, about = uuid.uuid4().hex, trial.about("Draw an order")
    assert trial.submit(about, key=key).status == BROKEN
    assert trial.stack.web.wait_for_end() == -signal.SIGKILL
    trial.fault_is_over()
    trial.stack.web.start()
    job_id = trial.insist(about, key=key)
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 1
    assert trial.stack.model.asked_about(trial.name) == 1


@FAULTS.fault(1, "server ends after it stored a job, before the answer")
def crash_after_job_commit(trial: Trial) -> None:
    """Asked again, it is the same job; it is run once although the bell was never rung."""
    submit_into_crash(trial, "after_job_commit")


@FAULTS.fault(1, "server ends after it rang for a job, before the answer")
def crash_after_enqueue(trial: Trial) -> None:
    """Asked again, it is the same job; it is run once."""
    submit_into_crash(trial, "after_enqueue")


def edit_into_crash(trial: Trial, point: str) -> None:
    """The server ends in the middle of people's edits; their tabs send again."""
    restart_web(trial, CC_CRASH=f"{point}:15")
    with trial.drawing():
        assert trial.stack.web.wait_for_end() == -signal.SIGKILL
        trial.fault_is_over()
        trial.stack.web.start()


@FAULTS.fault(2, "server ends after it stored an edit")
def crash_after_edit(trial: Trial) -> None:
    """Sent again, the edit has one effect; nothing acknowledged is lost."""
    edit_into_crash(trial, "after_edit_commit")


@FAULTS.fault(2, "server ends before it acknowledges an edit")
def crash_before_acknowledgement(trial: Trial) -> None:
    """The same one step later."""
    edit_into_crash(trial, "before_ack")


@FAULTS.fault(2, "server killed while people draw and jobs run", sample=True)
def killed(trial: Trial) -> None:
    """Jobs run on without it; nothing acknowledged is lost."""
    trial.stack.model.says(trial.name, Reply(silence=1))
    jobs = [trial.submit(trial.about("Draw an order"), here=here).job_id for here in (True, False)]
    with trial.drawing():
        trial.stack.web.stop(signal.SIGKILL)
        trial.fault_is_over()
        for job_id in jobs:
            trial.wait_for(job_id, "completed")
        trial.stack.web.start()


@FAULTS.fault(39, "the server's clock is an hour slow, and a sign-in has expired")
def server_clock_slow(trial: Trial) -> None:
    """Sessions end by the database's clock: nobody gets an hour more."""
    stack = trial.stack
    trial.stack.web.restart("-m", "tests.support.skewed_clock", "-3600")
    wait_until(stack.is_ready, PATIENCE, "the server is ready")
    job_id = trial.submit().job_id
    trial.wait_for(job_id, "completed")
    own = "UPDATE auth_session SET expires_at = clock_timestamp() + %s::interval WHERE user_id = %s"
    stack.sql(own, "-1 minute", trial.user_id)
    assert trial.ask("GET", "/api/auth/me").status == 401
    stack.sql(own, "1 day", trial.user_id)


@FAULTS.fault(43, "one submission sent eight times at once")
def double_click(trial: Trial) -> None:
    """One key, one job."""
    key, about = uuid.uuid4().hex, trial.about("Draw an order")
    answers = at_once([lambda: trial.submit(about, key=key)] * RACES)
    assert {answer.status for answer in answers} == {202}
    trial.wait_for(answers[0].job_id, "completed")
    assert trial.stack.model.asked_about(trial.name) == 1


@FAULTS.fault(43, "the same key for another request")
def reused_key(trial: Trial) -> None:
    """Refused as a conflict; the first job is as it was."""
    key = uuid.uuid4().hex
    job_id = trial.submit(trial.about("Draw an order"), key=key).job_id
    assert trial.submit(trial.about("Draw something else"), key=key).status == 409
    trial.wait_for(job_id, "completed")


@FAULTS.fault(43, "jobs cancelled while they complete")
def cancel_against_complete(trial: Trial) -> None:
    """Each has one winner, and the answers say which."""
    trial.stack.model.says(trial.name, Reply(silence=0.3, chunk=200))
    jobs = [trial.submit(trial.about(f"Draw order {n}")).job_id for n in range(RACES)]
    for number, job_id in enumerate(jobs):
        wait_until(partial(is_under_way, trial, job_id, late=bool(number % 2)), PATIENCE)
        at_once([partial(trial.cancel, job_id)] * 2)
    for job_id in jobs:
        trial.wait_for(job_id)


def is_under_way(trial: Trial, job_id: str, *, late: bool) -> bool:
    """`late`: the model has answered."""
    status, phase = trial.stack.sql("SELECT status, phase FROM ai_jobs WHERE id = %s", job_id)[0]
    return status != "queued" and (not late or phase != "planning")


def failed_job(trial: Trial) -> str:
    about = trial.about("Draw an order")
    trial.stack.model.says(about, Reply("I would rather not."))
    job_id = trial.submit(about).job_id
    trial.wait_for(job_id, "failed")
    trial.stack.model.says(about, Reply(chunk=200))
    return job_id


@FAULTS.fault(43, "a failed job retried eight times at once")
def retry_against_retry(trial: Trial) -> None:
    """One of them starts it, once."""
    job_id = failed_job(trial)
    told = at_once([lambda: trial.retry(job_id)] * RACES)
    assert sum(told) == 1
    trial.wait_for(job_id, "completed")


@FAULTS.fault(43, "a drawing undone eight times at once")
def undo_against_undo(trial: Trial) -> None:
    """It is taken back once; the notes beside it stay."""
    job_id = trial.submit(trial.about("Draw an order"), here=True).job_id
    trial.wait_for(job_id, "completed")
    told = at_once([lambda: trial.undo(job_id)] * RACES)
    assert sum(told) == 1


@FAULTS.fault(43, "jobs for one canvas, while people draw on it")
def crowded_canvas(trial: Trial) -> None:
    """They draw one after the other, beside what is there."""
    with trial.drawing():
        answers = at_once([lambda: trial.submit(trial.about("Draw"), here=True)] * 4)
        for answer in answers:
            trial.wait_for(answer.job_id, "completed")


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_what_was_accepted_is_there_once_whatever_happens_to_the_server(
    fault: Fault, stack: Stack, record_property: Callable[[str, Any], None]
) -> None:
    try_out(fault, stack, record_property)
