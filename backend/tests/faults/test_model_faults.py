"""Faults of the language model: a job is never half drawn, never waits for ever, and says why."""

import json
import signal
from collections.abc import Callable
from typing import Any

import pytest

from app.adapters.language_models.breaker import FAILURES_TO_OPEN
from tests.support.breadth import promptly
from tests.support.faults import TIMEOUT, Family, Fault, try_out
from tests.support.model_server import MIB, SAMPLE, Behaviour, Reply, failing
from tests.support.processes import wait_until
from tests.support.stack import Stack
from tests.support.trial import PATIENCE, Trial

pytestmark = [pytest.mark.services, pytest.mark.timeout(TIMEOUT)]

FAULTS = Family()
GOOD = Reply(chunk=200)
SILENT = Reply(silence=3600)
DEADLINE = 2
ATTEMPTS = 2
MOST_GROWTH_MIB = 50.0


def ask(trial: Trial, *script: Behaviour, here: bool = True) -> str:
    """A job of two attempts that the model answers by this script; its id."""
    about = trial.about("Draw an order")
    trial.stack.model.says(about, *script)
    job_id = trial.submit(about, here=here).job_id
    trial.stack.sql("UPDATE ai_jobs SET max_attempts = %s WHERE id = %s", ATTEMPTS, job_id)
    return job_id


def fails(trial: Trial, code: str, *script: Behaviour) -> str:
    job_id = ask(trial, *script)
    assert trial.wait_for_failure(job_id) == code
    return job_id


def completes(trial: Trial, *script: Behaviour, attempts: int, requests: int) -> None:
    job_id = ask(trial, *script)

    def done() -> bool:
        trial.stack.let_waits_pass()
        return trial.status(job_id) in {"completed", "failed"}

    wait_until(done, PATIENCE, "the job ends")
    assert (trial.status(job_id), trial.attempts(job_id)) == ("completed", attempts)
    assert trial.stack.model.asked_about(trial.name) == requests


@FAULTS.fault(28, "model answers 429 and says when to come again")
def rate_limited_politely(trial: Trial) -> None:
    """The job waits at least as long as it was asked to, then it is drawn."""
    job_id = ask(trial, failing(429, Retry_After="600"), GOOD)
    trial.wait_until_model_is_asked(trial.name)
    trial.wait_for(job_id, "queued")
    wait = "SELECT extract(epoch FROM available_at - clock_timestamp()) FROM ai_jobs WHERE id = %s"
    assert 590 < trial.stack.sql(wait, job_id)[0][0] <= 600
    trial.stack.let_waits_pass()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2


@FAULTS.fault(28, "model answers 429 each time")
def rate_limited_always(trial: Trial) -> None:
    """After the last attempt the job has failed, and says so."""
    job_id = fails(trial, "provider_rate_limited", failing(429))
    assert trial.attempts(job_id) == ATTEMPTS


@FAULTS.fault(29, "model answers 502, then well")
def falls_over_and_comes_back(trial: Trial) -> None:
    """The second attempt draws."""
    completes(trial, failing(502), GOOD, attempts=2, requests=2)


@FAULTS.fault(29, "nobody listens where the model should be")
def refused(trial: Trial) -> None:
    """The job fails after its attempts; once the model is back, retried by hand, it is drawn."""
    trial.stack.only()  # it remembers no failures of the model
    trial.stack.worker_model.refuse()
    job_id = fails(trial, "provider_unavailable", GOOD)
    trial.stack.worker_model.heal()
    trial.fault_is_over()
    assert trial.retry(job_id)
    trial.wait_for(job_id, "completed")


@FAULTS.fault(29, "model out of order for everybody")
def circuit_opens(trial: Trial) -> None:
    """After some failures it is left alone: jobs wait without asking it."""
    trial.stack.only()
    model = trial.stack.model
    about = trial.about("Draw while it is down")
    model.says(about, failing(503))
    jobs = [trial.submit(about).job_id for _ in range(FAILURES_TO_OPEN)]
    trial.wait_until_model_is_asked(about, FAILURES_TO_OPEN)
    late = trial.submit(about).job_id
    wait_until(lambda: trial.error_code(late) == "provider_unavailable", PATIENCE, "it is put off")
    assert model.asked_about(about) == FAILURES_TO_OPEN
    for job_id in (*jobs, late):
        assert trial.cancel(job_id)


@FAULTS.fault(30, "model says nothing, and the person cancels", sample=True)
def silent_and_cancelled(trial: Trial) -> None:
    """Final at once; within 2 seconds the connection to the model is closed."""
    job_id = ask(trial, SILENT)
    trial.wait_until_model_is_asked(trial.name)
    trial.stack.model.disconnected.clear()
    assert trial.cancel(job_id)
    assert trial.stack.model.disconnected.wait(promptly(2))


@FAULTS.fault(30, "model says nothing, ever")
def silent(trial: Trial) -> None:
    """Each attempt ends at its deadline, the job fails."""
    trial.stack.only(AI_JOB_TIMEOUT=str(DEADLINE))
    fails(trial, "timeout", SILENT)
    assert trial.stack.model.asked_about(trial.name)


@FAULTS.fault(31, "model drips a byte now and then")
def dripping(trial: Trial) -> None:
    """The deadline is for all of it: dripping does not prolong it."""
    trial.stack.only(AI_JOB_TIMEOUT=str(DEADLINE))
    fails(trial, "timeout", Reply(chunk=1, delay=0.5))


@FAULTS.fault(32, "model's stream breaks off")
def cut(trial: Trial) -> None:
    """It is asked to go on; the drawing is whole."""
    completes(trial, Reply(chunk=40, abort_after=6), GOOD, attempts=1, requests=2)


@FAULTS.fault(32, "model announces more bytes than it sends")
def wrong_length(trial: Trial) -> None:
    """Nothing can be used of it; the second attempt draws."""
    short = Reply(body=b": \n\n", headers={"Content-Length": "5000"}, repeat_body=2, abort_after=1)
    completes(trial, short, GOOD, attempts=2, requests=2)


NONSENSE = {
    "prose": "I would draw three boxes.",
    "wrong schema": '{"operations": [{"op": "explode", "nodes": 7}]}',
    "not a number": '{"title": NaN, "operations": [{"op": "graph", "nodes": [NaN, Infinity]}]}',
    "deep": '{"operations": ' + "[" * 20_000,
    "nothing": "",
}


@FAULTS.fault(33, "model answers with prose, wrong shapes, NaN, depth, or nothing")
def nonsense(trial: Trial) -> None:
    """It is asked to repair it, in vain; each job fails and has drawn nothing."""
    jobs = {}
    for kind, text in NONSENSE.items():
        about = trial.about(f"Draw what is {kind}")
        trial.stack.model.says(about, Reply(text, chunk=5_000))
        jobs[trial.submit(about).job_id] = kind
    for job_id, kind in jobs.items():
        assert trial.wait_for_failure(job_id) in {"invalid_output", "too_large"}, kind


@FAULTS.fault(33, "model wraps its answer in a fence, and repeats keys")
def fenced(trial: Trial) -> None:
    """It is read as what it means."""
    twice = SAMPLE.replace('{"title": "Order"', '{"title": "Other", "title": "Order"', 1)
    assert json.loads(twice)["title"] == "Order"
    completes(
        trial, Reply(f"Here it is:\n```json\n{twice}\n```\n", chunk=200), attempts=1, requests=1
    )


def flood(trial: Trial, reply: Reply) -> None:
    """The worker's memory hardly grows, and it stops reading."""
    worker = trial.stack.only()
    trial.wait_for(trial.submit(trial.about("Draw to begin with")).job_id, "completed")
    before, sent = worker.peak_mib(), trial.stack.model.sent_bytes
    fails(trial, "too_large", reply)
    assert worker.peak_mib() - before < MOST_GROWTH_MIB
    assert trial.stack.model.sent_bytes - sent < 64 * MIB
    assert worker.stop(signal.SIGTERM) == 0


@FAULTS.fault(34, "model sends 256 MiB without end of line")
def endless_line(trial: Trial) -> None:
    """The answer is cut off; the worker's memory hardly grows."""
    flood(trial, Reply(body=b"x" * MIB, repeat_body=256))


@FAULTS.fault(34, "model describes a million shapes")
def a_million_shapes(trial: Trial) -> None:
    """The answer is cut off at its bound; nothing of it is drawn."""
    shapes: list[dict[str, Any]] = [{"id": f"n{n}", "label": f"Box {n}"} for n in range(200)]
    nodes = json.dumps(shapes)[1:-1]
    text = '{"title": "Many", "operations": [{"op": "graph", "nodes": [' + ",".join([nodes] * 500)
    flood(trial, Reply(text, chunk=50_000))


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_job_ends_in_time_and_says_why_whatever_the_model_does(
    fault: Fault, stack: Stack, record_property: Callable[[str, Any], None]
) -> None:
    try_out(fault, stack, record_property)
