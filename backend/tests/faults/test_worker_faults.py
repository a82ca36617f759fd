"""Faults of workers: every job ends once, and draws once or not at all."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rq import Queue
from rq.serializers import JSONSerializer

from app.adapters.job_queue import TICKET
from app.config.redis_config import QUEUE_NAME
from app.services.jobs.engine import DRAIN_SECONDS
from tests.support.breadth import promptly
from tests.support.faults import TIMEOUT, Family, Fault, try_out
from tests.support.model_server import Reply
from tests.support.processes import stays, wait_until
from tests.support.stack import LEASE_SECONDS, Stack
from tests.support.trial import PATIENCE, Trial

pytestmark = [pytest.mark.services, pytest.mark.timeout(TIMEOUT)]

FAULTS = Family()
GOOD = Reply(chunk=200)
SILENT = Reply(silence=3600)
STREAMING = Reply(chunk=40, delay=0.05)
HOUR = 3600


def started(trial: Trial, *replies: Reply, what: str = "Draw an order") -> str:
    """A job about which the model was asked; its id."""
    trial.stack.model.says(trial.about(what), *replies)
    job_id = trial.submit(trial.about(what)).job_id
    trial.wait_until_model_is_asked(trial.about(what))
    return job_id


@FAULTS.fault(3, "worker killed while the model is silent", sample=True)
def killed_while_silent(trial: Trial) -> None:
    """The job goes on in the other worker, long before anybody would ask."""
    job_id = started(trial, SILENT, GOOD)
    trial.stack.runner_of(job_id).stop(signal.SIGKILL)
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2


@FAULTS.fault(3, "worker of another machine killed")
def killed_elsewhere(trial: Trial) -> None:
    """Nobody sees that it died: the job goes on when its lease has run out."""
    job_id = started(trial, SILENT, GOOD)
    runner = trial.stack.runner_of(job_id)
    trial.stack.sql("UPDATE ai_jobs SET worker_id = 'elsewhere:1:a' WHERE id = %s", job_id)
    runner.stop(signal.SIGKILL)
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2


@FAULTS.fault(4, "the forked process of a plain RQ worker killed")
def horse_killed(trial: Trial) -> None:
    """Another worker goes on; the attempt counts."""
    stack = trial.stack
    rq = Path(sys.executable).parent / "rq"
    serializer = "rq.serializers.JSONSerializer"
    options = ["--url", stack.redis.url, "--serializer", serializer, QUEUE_NAME]
    guest = stack.only(program=[str(rq), "worker", *options])
    ring(stack, TICKET, times=4)  # the frozen ones take the first
    job_id = started(trial, SILENT, GOOD)
    (horse,) = horses(guest.pid)
    os.kill(horse, signal.SIGKILL)
    stack.go_on()
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2
    guest.send(signal.SIGSTOP)  # it forks no more, and a horse that is left runs nobody else's job
    for horse in horses(guest.pid):
        os.kill(horse, signal.SIGKILL)


def horses(rq_worker: int) -> list[int]:
    """The forked processes of a plain RQ worker."""
    children = Path(f"/proc/{rq_worker}/task/{rq_worker}/children").read_text(encoding="ascii")
    return [int(pid) for pid in children.split()]


def crash(trial: Trial, point: str, *replies: Reply) -> str:
    """A job whose worker ends at the crash point; then the others may go on. The job's id."""
    guest = trial.stack.only(CC_CRASH=f"{point}:1")
    trial.stack.model.says(trial.name, *(replies or (GOOD,)))
    job_id = trial.submit(trial.about("Draw an order"), here=True).job_id
    assert guest.wait_for_end() == -signal.SIGKILL
    trial.stack.go_on()
    trial.fault_is_over()
    return job_id


@FAULTS.fault(3, "worker ends right after its claim")
def crash_after_claim(trial: Trial) -> None:
    """The claimed job is taken back and run."""
    job_id = crash(trial, "after_claim")
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2


@FAULTS.fault(3, "worker ends in the middle of the model's answer")
def crash_mid_answer(trial: Trial) -> None:
    """Half an answer draws nothing; the next attempt asks again."""
    job_id = crash(trial, "mid_llm", STREAMING, GOOD)
    trial.wait_for(job_id, "completed")
    assert trial.stack.model.asked_about(trial.name) == 2


@FAULTS.fault(3, "worker ends before it could keep the answer")
def crash_after_answer(trial: Trial) -> None:
    """The model is asked twice, the drawing is there once."""
    job_id = crash(trial, "after_llm")
    trial.wait_for(job_id, "completed")
    assert trial.stack.model.asked_about(trial.name) == 2


@FAULTS.fault(5, "worker ends before it commits the drawing")
def crash_before_commit(trial: Trial) -> None:
    """No object of the first attempt; the second uses the answer that was kept."""
    job_id = crash(trial, "before_apply_commit")
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 2
    assert trial.stack.model.asked_about(trial.name) == 1


@FAULTS.fault(6, "worker ends after the commit, before it says so")
def crash_before_telling(trial: Trial) -> None:
    """Who asks learns of it within 5 seconds."""
    job_id = crash(trial, "after_apply_commit")
    answer = trial.ask("GET", f"/api/ai-agent/job/{job_id}/status?wait=5", seconds=promptly(5))
    assert answer.body["job"]["status"] == "completed"
    assert trial.attempts(job_id) == 1


@FAULTS.fault(7, "worker ends before its ticket is off the queue; the ticket comes again")
def crash_before_ticket_ends(trial: Trial) -> None:
    """A ticket names no job: it finds nothing to do."""
    job_id = crash(trial, "after_emit")
    ring(trial.stack, TICKET, times=8)
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 1


@FAULTS.fault(8, "worker asked to stop while it runs a job")
def asked_to_stop(trial: Trial) -> None:
    """It finishes what it runs and leaves; the job is run once."""
    job_id = started(trial, Reply(silence=1.5))
    trial.fault_is_over()
    assert trial.stack.runner_of(job_id).stop(signal.SIGTERM) == 0
    assert trial.status(job_id) == "completed"
    assert trial.attempts(job_id) == 1


@FAULTS.fault(8, "worker asked to stop while its model is silent for ever")
def asked_to_stop_in_vain(trial: Trial) -> None:
    """After its grace it hands the job back; the attempt does not count."""
    job_id = started(trial, SILENT, GOOD)
    runner = trial.stack.runner_of(job_id)
    runner.send(signal.SIGTERM)
    stays(lambda: trial.status(job_id) == "processing", DRAIN_SECONDS * 0.8, "it has its grace")
    assert runner.wait_for_end() == 0
    trial.fault_is_over()
    trial.wait_for(job_id, "completed")
    assert trial.attempts(job_id) == 1


def skew(trial: Trial, seconds: int) -> None:
    stack = trial.stack
    guest = stack.only("-m", "tests.support.skewed_clock", str(seconds))
    stack.model.says(trial.name, Reply(silence=LEASE_SECONDS + 1))
    jobs = [trial.submit(trial.about(f"Draw order {number}")).job_id for number in range(3)]
    trial.wait_until_model_is_asked(trial.name, times=3)
    assert {stack.runner_of(job_id) for job_id in jobs} == {guest}
    stack.go_on()  # now the others look at its leases, and it at theirs
    jobs += [trial.submit(trial.about(f"Draw order {number}")).job_id for number in range(3, 6)]
    for job_id in jobs:
        trial.wait_for(job_id, "completed")
    assert {trial.attempts(job_id) for job_id in jobs} == {1}


@FAULTS.fault(39, "a worker's clock is an hour fast")
def clock_fast(trial: Trial) -> None:
    """Leases are by the database's clock: nobody's job is taken away, none runs twice."""
    skew(trial, HOUR)


@FAULTS.fault(39, "a worker's clock is an hour slow")
def clock_slow(trial: Trial) -> None:
    """The same the other way round."""
    skew(trial, -HOUR)


def ring(stack: Stack, function: str, *arguments: str, times: int) -> None:
    queue = Queue(QUEUE_NAME, connection=stack.redis.client, serializer=JSONSerializer)
    for _ in range(times):
        queue.enqueue(function, *arguments, result_ttl=0)


@FAULTS.fault(40, "every ticket eight times, and each job by name three times")
def doubled_tickets(trial: Trial) -> None:
    """One runs for each attempt, however many were asked to."""
    trial.stack.model.says(trial.name, Reply(silence=0.3))
    jobs = [trial.submit(trial.about(f"Draw order {number}")).job_id for number in range(3)]
    for job_id in jobs:
        ring(trial.stack, "app.tasks.process_canvas_creation_job", job_id, times=3)
        ring(trial.stack, TICKET, times=8)
    trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")
    wait_until(lambda: not trial.stack.redis.client.llen(f"rq:queue:{QUEUE_NAME}"), PATIENCE)
    assert {trial.attempts(job_id) for job_id in jobs} == {1}
    assert trial.stack.model.asked_about(trial.name) == 3


@FAULTS.fault(41, "worker frozen until its lease is over, then it wakes up")
def zombie(trial: Trial) -> None:
    """The job went on elsewhere; the one that wakes up cannot write any more."""
    job_id = started(trial, Reply(silence=1), GOOD)
    runner = trial.stack.runner_of(job_id)
    runner.send(signal.SIGSTOP)
    trial.wait_for(job_id, "completed")
    runner.send(signal.SIGCONT)
    trial.fault_is_over()
    stays(lambda: runner.lives and trial.attempts(job_id) == 2, 1, "it goes on and writes nothing")


@FAULTS.fault(41, "worker frozen in the middle of its transaction")
def frozen_in_transaction(trial: Trial) -> None:
    """PostgreSQL ends the transaction, another worker goes on, the first writes nothing."""
    stack = trial.stack
    guest = stack.only(CC_CRASH="before_apply_commit:1:freeze")
    job_id = trial.submit(trial.about("Draw an order"), here=True).job_id
    wait_until(lambda: state_of(guest.pid) == "T", PATIENCE, "it is frozen")
    stack.go_on()
    trial.wait_for(job_id, "completed")
    guest.send(signal.SIGCONT)
    trial.fault_is_over()
    moves = stack.sql("SELECT was, became FROM job_history WHERE job_id = %s ORDER BY n", job_id)
    assert trial.attempts(job_id) == 2, moves
    stays(lambda: trial.attempts(job_id) == 2, 1, "it goes on where it was, and writes nothing")
    assert guest.stop(signal.SIGTERM) == 0


def state_of(pid: int) -> str:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()[0]


@FAULTS.fault(42, "a job that kills its worker each time")
def poison(trial: Trial) -> None:
    """It runs out of attempts and fails; the next job is drawn."""
    about = trial.about("Draw poison")
    trial.stack.model.says(about, SILENT)
    job_id = trial.submit(about).job_id
    for attempt in (1, 2, 3):
        trial.wait_until_model_is_asked(about, attempt)
        runner = trial.stack.runner_of(job_id)
        runner.stop(signal.SIGKILL)
        if attempt < 3:
            runner.start()
    trial.fault_is_over()
    trial.wait_for(job_id, "failed")
    assert trial.error_code(job_id) == "worker_lost"


@pytest.mark.rule("J5", "J7")
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_every_job_ends_once_and_draws_once_or_not_at_all(
    fault: Fault, stack: Stack, record_property: Callable[[str, Any], None]
) -> None:
    try_out(fault, stack, record_property)
