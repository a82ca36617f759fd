"""Hears tickets: an RQ worker in this very process, which starts again when Redis comes back."""

import signal
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, SimpleWorker, worker_registration
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from app.adapters.job_queue import TICKET
from app.config.redis_config import QUEUE_NAME
from app.utils.logger import SmartLogger

# How long Redis may be silent before the connection counts as dead (RQ adds a few seconds).
WORKER_TTL_SECONDS = 30
LONGEST_WAIT_SECONDS = 10.0
SIGN_OF_LIFE_SECONDS = 1.0

Facts = Mapping[Any, Any]  # names and what may be stored on Redis


class TicketWorker(SimpleWorker):
    """Reports with its heartbeats what RQ does not know about it: slots, model health."""

    max_connection_wait_time = LONGEST_WAIT_SECONDS
    facts: Callable[[], Facts]
    _silent_until = 0.0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """A ticket is answered and gone. Nobody would read what RQ notes about a job (its state,
        execution, result), and noting it takes longer than what the ticket is about."""
        if job.func_name != TICKET:
            super().execute_job(job, queue)
            return
        with self.connection.pipeline(transaction=False) as pipeline:
            pipeline.lrem(queue.intermediate_queue_key, 1, job.id)
            pipeline.delete(job.key)
            pipeline.execute()
        job.func()

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """RQ asks for several around each ticket; one a second is a good sign of life."""
        if pipeline is not None:
            super().heartbeat(timeout, pipeline)
            return  # RQ counts the answers of its own pipelines
        if timeout is None and time.monotonic() < self._silent_until:
            return
        self._silent_until = time.monotonic() + SIGN_OF_LIFE_SECONDS
        super().heartbeat(timeout)
        facts = dict(self.facts())
        if not self.connection.sismember(self.redis_workers_keys, self.key):
            facts |= self.serialize()  # Redis came back empty: nobody would know of this worker
            worker_registration.register(self)
        self.connection.hset(self.key, mapping=facts)

    def _install_signal_handlers(self) -> None:
        """The listener's handlers stay: they outlive one connection to Redis."""


def ticket_worker(connection: Redis, facts: Callable[[], Facts]) -> TicketWorker:
    queue = Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer)
    worker = TicketWorker(
        [queue], connection=connection, serializer=JSONSerializer, worker_ttl=WORKER_TTL_SECONDS
    )
    worker.facts = facts
    return worker


class TicketListener:
    """After `catch_signals`, `listen` blocks the main thread until SIGTERM or SIGINT.

    `on_stop` is called by the signal's handler itself: saying goodbye to Redis may take a while.
    """

    def __init__(
        self, redis_url: str, on_stop: Callable[[], None], facts: Callable[[], Facts]
    ) -> None:
        self._redis_url = redis_url
        self._facts = facts
        self._on_stop = on_stop
        self._worker: TicketWorker | None = None
        self._listening = False
        self._stopping = False
        self._log = SmartLogger()

    def catch_signals(self) -> None:
        """From here on a signal asks to stop, whether or not anything is heard yet."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)

    def listen(self) -> None:
        wait = 0.5
        try:
            self._listening = True
            while not self._asked_to_stop():
                started = time.monotonic()
                self._answer_tickets()
                if self._asked_to_stop():
                    break
                wait = 0.5 if time.monotonic() - started > LONGEST_WAIT_SECONDS else wait * 2
                time.sleep(min(wait, LONGEST_WAIT_SECONDS))
        except StopRequested:
            return
        finally:
            self._listening = False

    def _answer_tickets(self) -> None:
        connection = Redis.from_url(
            self._redis_url, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        try:
            self._worker = ticket_worker(connection, self._facts)
            self._worker.work(logging_level="WARNING")
        except RedisError as error:
            self._log.log_warning("redis_unreachable", error=str(error))
        finally:
            self._worker = None
            connection.close()

    def _asked_to_stop(self) -> bool:
        return self._stopping

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping = True
        self._on_stop()
        if not self._listening:
            return
        if self._worker is None:
            raise StopRequested
        self._worker.request_stop(signum, frame)  # type: ignore[no-untyped-call]
