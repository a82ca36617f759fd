"""Job queues with one warm worker each, which runs the empty function."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from procrastinate import App, SyncPsycopgConnector
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from bench.peers.noop import note
from bench.peers.noops import NoopPeer
from bench.support.servers import program
from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer

PROGRAMS = Path(sys.executable).parent


class RqPeer(NoopPeer):
    """RQ forks a worker for each job, or not, as the class says."""

    def __init__(self, stack: ExitStack, redis: RedisServer, worker_class: str, name: str) -> None:
        super().__init__(redis, f"done:{worker_class}")
        self.name = name
        connection = Redis.from_url(redis.url)
        self._queue = Queue(worker_class, connection=connection, serializer=JSONSerializer)
        program(
            stack,
            [
                *(PROGRAMS / "rq", "worker", worker_class, "--url", redis.url),
                *("--worker-class", worker_class, "--quiet"),
                *("--serializer", "rq.serializers.JSONSerializer"),
            ],
        )

    def enqueue(self) -> None:
        self._queue.enqueue(note, self.url, self.key, result_ttl=0)


class CeleryPeer(NoopPeer):
    def __init__(self, stack: ExitStack, redis: RedisServer, slots: int) -> None:
        super().__init__(redis, "done:celery")
        self.name = f"Celery prefork, {slots} processes, empty function"
        broker = redis.url.removesuffix("/0") + "/1"
        program(
            stack,
            [
                *(PROGRAMS / "celery", "-A", "bench.peers.celery_app", "worker"),
                *("-P", "prefork", "-c", str(slots), "-l", "ERROR"),
                *("--without-gossip", "--without-mingle"),
            ],
            BROKER_URL=broker,
        )
        from bench.peers import celery_app

        celery_app.app.conf.broker_url = broker
        self._task: Any = celery_app.note

    def enqueue(self) -> None:
        self._task.delay(self.url, self.key)


class ProcrastinatePeer(NoopPeer):
    def __init__(
        self, stack: ExitStack, redis: RedisServer, postgres: PostgresServer, slots: int
    ) -> None:
        super().__init__(redis, "done:procrastinate")
        postgres.new_database("procrastinate")
        dsn = postgres.dsn("procrastinate")
        self.name = f"Procrastinate, {slots} at a time, empty function"
        app = stack.enter_context(App(connector=SyncPsycopgConnector(conninfo=dsn)).open())
        app.schema_manager.apply_schema()
        program(
            stack,
            [
                *(PROGRAMS / "procrastinate", "--app", "bench.peers.procrastinate_app.app"),
                *("worker", "--concurrency", str(slots)),
            ],
            PROCRASTINATE_DSN=dsn,
        )
        self._task: Any = app.configure_task("note")

    def enqueue(self) -> None:
        self._task.defer(url=self.url, key=self.key)
