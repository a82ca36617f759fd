"""Both queues are the same doorbell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.adapters import job_queue
from app.adapters.job_queue import (
    ENOUGH_TICKETS,
    EmbeddedQueue,
    JobQueue,
    QueueUnavailable,
    RqQueue,
    build_job_queue,
    queue_health,
)
from app.adapters.ticket_listener import ticket_worker
from app.config.redis_config import RedisConfig
from app.services.jobs.engine import work_beside
from tests.conftest import MakeApp
from tests.support.breadth import promptly
from tests.support.clock import Clock
from tests.support.databases import settings_for
from tests.support.engines import running_engine
from tests.support.jobs import cancel, check_jobs, drawn_labels, job_row, submit, wait_for
from tests.support.people import People, add_people
from tests.support.planners import use_planner
from tests.support.redis_server import RedisServer
from tests.support.scripted_worker import FilePlanner
from tests.support.worker_processes import Workers

BOTH = ["embedded", pytest.param("rq", marks=pytest.mark.services)]


class System:
    """An application that accepts jobs, and something that runs them."""

    def __init__(self, app: Flask, workers: Workers) -> None:
        self.app = app
        self.workers = workers
        self.people: People = add_people(app)


@pytest.fixture(params=BOTH)
def system(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[System]:
    if request.param == "embedded":
        make: MakeApp = request.getfixturevalue("make_sqlite_app")
        app = make()
        workers = Workers(app, tmp_path / "steering")
        use_planner(app, FilePlanner(workers.folder))
        with running_engine(app, slots=4):
            yield System(app, workers)
        return
    make = request.getfixturevalue("make_postgres_app")
    redis_server: RedisServer = request.getfixturevalue("redis_server")
    app = make(redis_url=redis_server.url)
    workers = Workers(app, tmp_path / "steering")
    workers.start("--concurrency", "4")
    yield System(app, workers)
    workers.close()


@pytest.mark.rule("J2")
def test_the_life_of_jobs_is_the_same_on_both(system: System) -> None:
    app, ana, ben = system.app, system.people.ana, system.people.ben
    drawn = wait_for(app, submit(app, ana.id, "Hello"), "completed", seconds=40)
    assert drawn_labels(app, drawn.canvas_id) == ["Hello"]

    waiting = [submit(app, person.id, "Wait here") for person in (ana, ana, ben)]
    system.workers.wait_until_asked(4)
    beyond_the_limit = submit(app, ana.id, "Third at a time")
    for job_id in waiting:
        assert job_row(app, job_id).status == "processing"
    assert job_row(app, beyond_the_limit).status == "queued"

    assert cancel(app, waiting[0], ana.id)
    # On the slot that the silent job gave up: the others are silent until they are let go.
    wait_for(app, beyond_the_limit, "completed", seconds=promptly(4))
    system.workers.go()
    for job_id in waiting[1:]:
        assert wait_for(app, job_id, "completed").attempt == 1
    assert check_jobs(app) == 5


@pytest.fixture(params=BOTH)
def queue(request: pytest.FixtureRequest, tmp_path: Path) -> JobQueue:
    url = ""
    if request.param == "rq":
        url = request.getfixturevalue("redis_server").url
    return build_job_queue(settings_for(tmp_path, redis_url=url))


@pytest.mark.rule("J2")
def test_ringing_often_or_in_vain_is_harmless(queue: JobQueue) -> None:
    queue.ring()
    queue.ring(3)
    assert queue.waiting() == (4 if queue.name == "rq" else 0)


def test_the_embedded_bell_wakes_whoever_subscribed() -> None:
    queue, woken = EmbeddedQueue(), []
    queue.subscribe(wake := lambda: woken.append(1))
    queue.ring(5)
    queue.unsubscribe(wake)
    queue.ring()
    assert woken == [1]


@pytest.mark.rule("J2")
@pytest.mark.services
def test_a_ticket_is_anonymous_plain_json(redis_server: RedisServer) -> None:
    RqQueue(RedisConfig(redis_server.url), 300).ring()
    client = redis_server.client
    assert client.llen("rq:queue:ai_tasks") == 1
    (ticket,) = client.keys("rq:job:*")
    assert b"app.tasks.run_ticket" in client.hget(ticket, "description")
    client.close()


@pytest.mark.services
def test_no_more_tickets_are_piled_up_than_workers_need(redis_server: RedisServer) -> None:
    queue = RqQueue(RedisConfig(redis_server.url), 300)
    for _ in range(ENOUGH_TICKETS + 5):
        queue.ring()
    assert queue.waiting() == ENOUGH_TICKETS


class Engine:
    """Stands beside the worker that answers tickets."""

    def __init__(self) -> None:
        self.woken = 0

    def wait_until_idle(self, _seconds: float) -> None:
        pass

    def wake(self) -> None:
        self.woken += 1


@pytest.mark.services
def test_an_answered_ticket_leaves_nothing_behind_and_costs_redis_a_few_commands(
    redis_server: RedisServer,
) -> None:
    engine: Any = Engine()
    client = redis_server.client
    worker = ticket_worker(client, lambda: {"slots": 4})
    RqQueue(RedisConfig(redis_server.url), 300).ring(20)
    work_beside(engine)
    try:
        before = client.info("stats")["total_commands_processed"]
        worker.work(burst=True, logging_level="WARNING")
        commands = client.info("stats")["total_commands_processed"] - before
    finally:
        work_beside(None)
    assert engine.woken == 20
    assert not client.keys("rq:job:*")
    assert not client.keys("*intermediate*")
    assert commands < 20 * 20
    client.close()


@pytest.mark.services
def test_a_hanging_redis_costs_its_timeout_once(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = RqQueue(RedisConfig(redis_server.url), 300)
    queue.ring()
    clock = Clock()
    monkeypatch.setattr(job_queue, "time", clock)
    redis_server.hang()
    with pytest.raises(QueueUnavailable):
        queue.ring()
    redis_server.resume()
    for _ in range(4):
        with pytest.raises(QueueUnavailable):  # it is not even asked, or it would answer
            queue.ring()
    clock.now += job_queue.REST_SECONDS
    queue.ring()
    assert queue.waiting() >= 2


def test_health_says_what_is_wrong(tmp_path: Path) -> None:
    assert queue_health(settings_for(tmp_path)) == "ok"
    nowhere = settings_for(tmp_path, redis_url="redis://127.0.0.1:1/0")
    assert queue_health(nowhere) == "unreachable"


@pytest.mark.services
def test_health_knows_a_redis_that_may_drop_tickets(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    settings = settings_for(tmp_path, redis_url=redis_server.url)
    assert queue_health(settings) == "ok"
    redis_server.client.config_set("maxmemory-policy", "allkeys-lru")
    assert queue_health(settings) == "evicting"
    redis_server.client.config_set("maxmemory-policy", "noeviction")
