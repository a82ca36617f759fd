"""Who is known to work: in the server itself, on Redis, and by leases alone."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.models.job_claims import claim_next
from app.services import worker_service
from app.services.unit_of_work import unit_of_work
from tests.conftest import MakeApp
from tests.support.engines import running_engine
from tests.support.jobs import submit, terms
from tests.support.people import People, add_people
from tests.support.processes import wait_until
from tests.support.redis_server import RedisServer
from tests.support.worker_processes import Workers

LEASE = 45.0


def listing(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return worker_service.workers("an operator")


def claim_as(app: Flask, worker_id: str) -> None:
    with app.app_context(), unit_of_work():
        assert claim_next(terms(worker_id, lease=LEASE, attempt_timeout=60, per_user=5))


def test_embedded_the_server_knows_itself_and_says_that_it_knows_no_more(app: Flask) -> None:
    assert listing(app) == {"mode": "embedded", "workers": [], "missing": "only_this_process"}
    with running_engine(app):
        listed = listing(app)["workers"]
        assert [(one["pid"], one["slots"], one["running"]) for one in listed] == [
            (os.getpid(), app.config["SETTINGS"].worker_slots, 0)
        ]
        assert listed[0]["host"] == socket.gethostname()[:40]
        assert listed[0]["seen_seconds"] == 0
        assert listed[0]["circuit"] is None  # the offline planner asks no model


def test_a_process_elsewhere_is_known_while_it_holds_leases(any_app: Flask, people: People) -> None:
    for person in (people.ana, people.ben):
        submit(any_app, person.id)
        claim_as(any_app, "far-away:4711:abcd")
    (worker,) = listing(any_app)["workers"]
    assert (worker["host"], worker["pid"], worker["running"]) == ("far-away", 4711, 2)
    assert worker["slots"] is None
    assert 0 <= worker["seen_seconds"] < 20


@pytest.fixture
def server_app(make_postgres_app: MakeApp, redis_server: RedisServer) -> Flask:
    return make_postgres_app(redis_url=redis_server.url)


@pytest.fixture
def workers(server_app: Flask, tmp_path: Path) -> Iterator[Workers]:
    workers = Workers(server_app, tmp_path / "steering")
    yield workers
    workers.close()


@pytest.mark.services
def test_a_worker_process_tells_its_slots_and_is_matched_with_its_leases(
    server_app: Flask, workers: Workers
) -> None:
    process = workers.start("--concurrency", "3")
    wait_until(
        lambda: [one["slots"] for one in listing(server_app)["workers"]] == [3],
        30,
        "the worker says that it is there",
    )
    (idle,) = listing(server_app)["workers"]
    assert (idle["pid"], idle["running"]) == (process.pid, 0)
    assert listing(server_app)["missing"] is None
    submit(server_app, add_people(server_app).ana.id, "Wait, then draw")
    workers.wait_until_asked(1)
    (busy,) = listing(server_app)["workers"]
    assert (busy["pid"], busy["slots"], busy["running"]) == (process.pid, 3, 1)


@pytest.mark.services
def test_without_redis_only_who_runs_a_job_is_known_and_that_is_said(
    server_app: Flask, redis_server: RedisServer
) -> None:
    submit(server_app, add_people(server_app).ana.id)
    claim_as(server_app, "far-away:4711:abcd")
    redis_server.hang()
    answer = listing(server_app)
    assert answer["missing"] == "redis_unreachable"
    assert [one["host"] for one in answer["workers"]] == ["far-away"]
