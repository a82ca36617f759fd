"""Faults of Redis: people draw on, jobs are accepted and run, and nothing waits for it for long."""

from collections.abc import Callable
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.support.breadth import promptly
from tests.support.faults import TIMEOUT, Family, Fault, try_out
from tests.support.model_server import Reply
from tests.support.processes import wait_until
from tests.support.stack import Stack
from tests.support.trial import PATIENCE, Answer, Trial

pytestmark = [pytest.mark.services, pytest.mark.timeout(TIMEOUT)]

FAULTS = Family()
LONGEST_ANSWER = promptly(3.0)  # while Redis does not answer
JOBS = 3


def running_and_waiting(trial: Trial) -> list[str]:
    """One job that runs, and more that wait for the same canvas; their ids."""
    about = trial.about("Draw slowly")
    trial.stack.model.says(about, Reply(silence=1.0), Reply())
    jobs = [trial.submit(about, here=True).job_id]
    trial.wait_until_model_is_asked(about)
    return jobs + [trial.submit(trial.about("Draw next"), here=True).job_id for _ in range(JOBS)]


def submit_some(trial: Trial) -> list[Answer]:
    answers = [trial.submit(trial.about("Draw meanwhile")) for _ in range(JOBS)]
    assert {answer.status for answer in answers} == {202}
    return answers


def serves_without_redis(trial: Trial) -> None:
    """Reading, drawing and accepting go on; readiness says what is wrong."""
    answers = submit_some(trial)
    answers.append(trial.ask("GET", f"/api/canvases/{trial.canvas_id}/objects"))
    answers.append(trial.ask("GET", "/health"))
    assert [answer.status for answer in answers[-2:]] == [200, 200]
    ready = trial.ask("GET", "/ready")
    assert (ready.status, ready.body["status"]) == (200, "degraded")
    with trial.drawing(people=1) as authors:
        trial.wait_until_they_went_on(authors)
    assert max(answer.seconds for answer in answers) < LONGEST_ANSWER
    for answer in answers[:JOBS]:
        trial.wait_for(answer.job_id, "completed")


@FAULTS.fault(11, "Redis killed and started again with its data")
def restarted(trial: Trial) -> None:
    """Running and waiting jobs end; workers hear the bell again."""
    stack = trial.stack
    jobs = running_and_waiting(trial)
    stack.redis.stop()
    stack.redis.start()
    trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")
    stack.wait_until_listening()


@FAULTS.fault(12, "Redis killed and started again empty", sample=True)
def restarted_empty(trial: Trial) -> None:
    """The rows are the truth: what Redis forgot is rung again."""
    stack = trial.stack
    jobs = running_and_waiting(trial)
    stack.redis.stop()
    stack.redis.forget()
    stack.redis.start()
    trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")


@FAULTS.fault(12, "everything deleted from Redis")
def flushed(trial: Trial) -> None:
    """The same while connections stay; workers are known again without a restart."""
    jobs = running_and_waiting(trial)
    trial.stack.redis.client.flushall()
    trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")
    trial.stack.wait_until_listening()


@FAULTS.fault(13, "Redis evicts")
def evicting(trial: Trial) -> None:
    """A worker that starts refuses it; readiness tells; jobs run although it forgets."""
    stack = trial.stack
    client = stack.redis.client
    client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert trial.ask("GET", "/ready").body["status"] == "degraded"
        refused = stack.only()
        stack.go_on()
        assert refused.wait_for_end() == 1
        with full(client):
            for answer in submit_some(trial):
                trial.wait_for(answer.job_id, "completed")
    finally:
        client.config_set("maxmemory-policy", "noeviction")


@FAULTS.fault(14, "Redis full")
def out_of_memory(trial: Trial) -> None:
    """Jobs are accepted and run; the bell is silent until there is room."""
    with full(trial.stack.redis.client):
        answers = submit_some(trial)
        assert max(answer.seconds for answer in answers) < LONGEST_ANSWER
        for answer in answers:
            trial.wait_for(answer.job_id, "completed")
    trial.fault_is_over()


class full:  # noqa: N801  reads as a state
    """No room for another byte, while the block runs."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def __enter__(self) -> None:
        used: Any = self._client.info("memory")
        self._client.config_set("maxmemory", int(used["used_memory"]))
        for number in range(50):
            try:
                self._client.set(f"filler:{number}", "x" * 10_000)
            except RedisError:
                return

    def __exit__(self, *_: object) -> None:
        self._client.config_set("maxmemory", 0)
        self._client.delete(*(f"filler:{number}" for number in range(50)))


@FAULTS.fault(15, "Redis down")
def down(trial: Trial) -> None:
    """Drawing, reading, accepting and running go on without it."""
    stack = trial.stack
    for link in (stack.web_redis, stack.worker_redis):
        link.refuse()
    serves_without_redis(trial)
    for link in (stack.web_redis, stack.worker_redis):
        link.heal()
    trial.fault_is_over()


@FAULTS.fault(16, "Redis hangs")
def hung(trial: Trial) -> None:
    """No request takes longer than 3 seconds, and only few take one."""
    trial.stack.redis.hang()
    serves_without_redis(trial)
    trial.stack.redis.resume()
    trial.fault_is_over()


@FAULTS.fault(16, "Redis cut off without a word")
def cut_off(trial: Trial) -> None:
    """The same when the network swallows everything."""
    stack = trial.stack
    for link in (stack.web_redis, stack.worker_redis):
        link.black_hole()
    serves_without_redis(trial)
    for link in (stack.web_redis, stack.worker_redis):
        link.heal()
    trial.fault_is_over()


@FAULTS.fault(17, "Redis drops all connections every 0.2 s")
def connections_killed(trial: Trial) -> None:
    """Everything goes on; workers listen again."""
    client = trial.stack.redis.client
    jobs: list[str] = []

    def storm() -> bool:
        client.client_kill_filter(_type="normal", skipme=True)
        client.client_kill_filter(_type="pubsub", skipme=True)
        jobs.append(trial.submit(trial.about("Draw in the storm")).job_id)
        return len(jobs) == 8

    with trial.drawing(people=1):
        wait_until(storm, PATIENCE, "the storm is over")
    trial.fault_is_over()
    for job_id in jobs:
        trial.wait_for(job_id, "completed")
    trial.stack.wait_until_listening()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_people_draw_on_and_jobs_run_whatever_redis_does(
    fault: Fault, stack: Stack, record_property: Callable[[str, Any], None]
) -> None:
    try_out(fault, stack, record_property)
