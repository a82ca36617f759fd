"""Workers that die, and Redis that goes: every job ends, and draws once or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app.extensions import db
from app.models import AIJob
from tests.faults.conftest import LEASE_SECONDS
from tests.support.jobs import (
    cancel,
    check_jobs,
    drawn_labels,
    job_row,
    status_of,
    submit,
    wait_for,
)
from tests.support.people import People
from tests.support.processes import wait_until
from tests.support.redis_server import RedisServer
from tests.support.worker_processes import BACKEND, Workers

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]


def start_two(app: Flask, people: People, workers: Workers) -> tuple[str, int]:
    """A job that one of two workers runs and waits in, and that worker's process number."""
    workers.start()
    workers.start()
    job_id = submit(app, people.ana.id, "Wait, then draw")
    workers.wait_until_asked(1)
    return job_id, int(str(job_row(app, job_id).worker_id).split(":")[1])


def test_a_killed_workers_job_goes_on_in_another(
    app: Flask, people: People, workers: Workers
) -> None:
    job_id, runner = start_two(app, people, workers)
    workers.kill(runner)
    started = time.monotonic()
    workers.go()
    assert wait_for(app, job_id, "completed", seconds=30).attempt == 2
    assert time.monotonic() - started < 2 * LEASE_SECONDS
    assert check_jobs(app) == 1


def test_a_worker_of_another_machine_is_missed_when_its_lease_ends(
    app: Flask, people: People, workers: Workers
) -> None:
    job_id, runner = start_two(app, people, workers)
    with app.app_context():
        db.session.execute(update(AIJob).values(worker_id="another-machine:1:abc"))
        db.session.commit()
    workers.kill(runner)
    workers.go()
    assert wait_for(app, job_id, "completed", seconds=30).attempt == 2
    assert check_jobs(app) == 1


def test_a_frozen_worker_that_wakes_up_draws_nothing(
    app: Flask, people: People, workers: Workers
) -> None:
    job_id, runner = start_two(app, people, workers)
    os.kill(runner, signal.SIGSTOP)
    workers.go()
    wait_for(app, job_id, "completed", seconds=30)
    os.kill(runner, signal.SIGCONT)
    wait_for(app, submit(app, people.ana.id, "Afterwards"), "completed", seconds=30)
    assert workers.stop(runner) == 0
    assert check_jobs(app) == 2


def test_a_worker_asked_to_stop_finishes_what_it_runs(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    worker = workers.start("--concurrency", "1")  # so that the next claim is when the slot is free
    job_id = submit(app, people.ana.id, "Wait, then draw")
    workers.wait_until_asked(1)
    wait_until(lambda: redis_server.client.smembers("rq:workers"), what="it hears the bell")
    os.kill(worker.pid, signal.SIGTERM)
    wait_until(lambda: not redis_server.client.smembers("rq:workers"), what="it hears no more")
    late = submit(app, people.ana.id, "Too late for this worker")
    workers.go()
    assert worker.wait(25) == 0
    job = job_row(app, job_id)
    assert (job.status, job.attempt) == ("completed", 1)
    assert status_of(app, late) == "queued"


def test_a_worker_asked_to_stop_while_it_starts_stops_properly(
    app: Flask, people: People, workers: Workers
) -> None:
    submit(app, people.ana.id, "Wait, then draw")
    worker = workers.start()
    workers.wait_until_asked(1)  # the engine runs; whether tickets are heard yet is luck
    os.kill(worker.pid, signal.SIGTERM)
    workers.go()
    assert worker.wait(25) == 0
    assert check_jobs(app) == 1


def test_a_running_job_is_cancelled_from_another_process(
    app: Flask, people: People, workers: Workers
) -> None:
    workers.start("--concurrency", "1")
    job_id = submit(app, people.ana.id, "Wait for ever")
    workers.wait_until_asked(1)
    assert cancel(app, job_id, people.ana.id)
    follower = submit(app, people.ana.id, "Next")
    started = time.monotonic()
    wait_for(app, follower, "completed", seconds=20)
    assert time.monotonic() - started < 4  # its only slot became free
    assert check_jobs(app) == 2


def test_tickets_that_redis_lost_are_rung_again(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    ids = [submit(app, people.ana.id, f"Job {number}") for number in range(5)]
    redis_server.client.flushall()
    workers.start()
    for job_id in ids:
        wait_for(app, job_id, "completed", seconds=30)
    assert check_jobs(app) == 5


def test_jobs_are_accepted_and_run_while_redis_is_down(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    worker = workers.start()
    wait_for(app, submit(app, people.ana.id, "Warm"), "completed", seconds=30)
    redis_server.stop()
    started = time.monotonic()
    ids = [submit(app, people.ana.id, f"Job {number}") for number in range(5)]
    assert time.monotonic() - started < 5
    for job_id in ids:
        wait_for(app, job_id, "completed", seconds=20)
    redis_server.start()
    wait_for(app, submit(app, people.ana.id, "Back"), "completed", seconds=20)
    assert worker.poll() is None
    assert check_jobs(app) == 7


def test_a_hanging_redis_delays_one_submission_by_its_timeout_only(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    workers.start()
    wait_for(app, submit(app, people.ana.id, "Warm"), "completed", seconds=30)
    redis_server.hang()
    times = []
    ids = []
    for number in range(4):
        started = time.monotonic()
        ids.append(submit(app, people.ana.id, f"Job {number}"))
        times.append(time.monotonic() - started)
    assert max(times) < 2.5
    assert sum(times) < 4
    for job_id in ids:
        wait_for(app, job_id, "completed", seconds=20)
    redis_server.resume()
    assert check_jobs(app) == 5


def test_a_plain_forking_rq_worker_runs_one_job_for_each_ticket(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    ids = [submit(app, people.ana.id, f"Start -> Step {number}") for number in range(2)]
    rq = Path(sys.executable).parent / "rq"
    serializer = "rq.serializers.JSONSerializer"
    worker = workers.run(
        [rq, "worker", "--url", redis_server.url, "--serializer", serializer, "--burst", "ai_tasks"]
    )
    assert worker.wait(60) == 0
    for job_id in ids:
        job = job_row(app, job_id)
        assert job.status == "completed", job.error_message
        assert "Start" in drawn_labels(app, job.canvas_id)
    assert check_jobs(app) == 2


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "REDIS_URL is not set"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "does not answer"),
    ],
)
def test_a_worker_without_redis_says_so_and_leaves(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    done = subprocess.run(
        [sys.executable, "worker.py"],
        cwd=BACKEND,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_refuses_a_redis_that_drops_tickets(
    workers: Workers, redis_server: RedisServer
) -> None:
    redis_server.client.config_set("maxmemory-policy", "allkeys-lru")
    try:
        assert workers.start().wait(60) == 1
    finally:
        redis_server.client.config_set("maxmemory-policy", "noeviction")


def test_workers_events_reach_the_web_servers(
    app: Flask, people: People, workers: Workers, redis_server: RedisServer
) -> None:
    """What the seed's worker said reached nobody."""
    hearing = redis_server.client.pubsub(ignore_subscribe_messages=True)
    hearing.subscribe("collabcanvas")
    workers.start()
    job_id = submit(app, people.ana.id, "Tell me")
    wait_for(app, job_id, "completed", seconds=30)
    heard: list[bytes] = []

    def complete() -> bool:
        message = hearing.get_message(timeout=0.1)
        heard.extend([message["data"]] if message else [])
        return any(b"ai_job_complete" in data and job_id.encode() in data for data in heard)

    wait_until(complete)
    hearing.close()
