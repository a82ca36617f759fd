"""The worker program: how it starts, stops, and speaks to others."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import MakeApp
from tests.support.breadth import promptly
from tests.support.jobs import (
    cancel,
    check_jobs,
    drawn_labels,
    job_row,
    status_of,
    submit,
    wait_for,
)
from tests.support.people import People, add_people
from tests.support.processes import wait_until
from tests.support.redis_server import RedisServer
from tests.support.worker_processes import BACKEND, Workers

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]

LEASE_SECONDS = 3


@pytest.fixture
def app(make_postgres_app: MakeApp, redis_server: RedisServer) -> Flask:
    """The web process's side: it accepts jobs and runs none."""
    return make_postgres_app(redis_url=redis_server.url, job_lease_seconds=LEASE_SECONDS)


@pytest.fixture
def people(app: Flask) -> People:
    return add_people(app)


@pytest.fixture
def workers(app: Flask, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(app, tmp_path / "steering")
    yield workers
    workers.close()


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
    wait_for(app, follower, "completed", seconds=promptly(8))  # its only slot became free
    assert check_jobs(app) == 2


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


def refusal(data_dir: Path, environment: dict[str, str]) -> str:
    """What a worker says that does not start with these settings."""
    done = subprocess.run(
        [sys.executable, "worker.py"],
        cwd=BACKEND,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


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
    assert words in refusal(tmp_path, environment)


@pytest.mark.parametrize(
    ("model", "words"), [("openai:x", "AI_API_KEY"), ("nobody:x", "Use offline, openai:<name>")]
)
def test_a_worker_whose_model_cannot_be_used_says_so_and_leaves(
    tmp_path: Path, redis_server: RedisServer, model: str, words: str
) -> None:
    environment = {"REDIS_URL": redis_server.url, "AI_MODEL": model}
    assert words in refusal(tmp_path, environment)


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
