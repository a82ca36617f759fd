"""The job queue: a doorbell. What it carries is an anonymous ticket, "there may be work".

Losing, doubling or delaying a ticket is harmless (rule J2): the rows are the truth, a worker
that hears the bell claims the best one, and the sweeper rings again for what was lost.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from redis.exceptions import RedisError

from app.config.redis_config import TICKET_TTL, RedisConfig
from app.config.settings import Settings

TICKET = "app.tasks.run_ticket"
# A ticket in a plain forking worker lasts as long as the job it runs.
TICKET_SLACK_SECONDS = 60
# After a failure Redis is left alone for a moment, so that only one request pays for its timeout.
REST_SECONDS = 3.0
# With so many tickets waiting every worker is busy, and each looks for more when it is done.
ENOUGH_TICKETS = 32


class QueueUnavailable(Exception):
    """The bell could not be rung. Nothing is lost by that, only time."""


class JobQueue(Protocol):
    name: str

    def ring(self, tickets: int = 1) -> None:
        """Say that there may be work. Raises QueueUnavailable."""

    def waiting(self) -> int:
        """Tickets that nobody has answered yet. Raises QueueUnavailable."""


class EmbeddedQueue:
    """Wakes the engine of this very process."""

    name = "embedded"

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[], None], ...] = ()

    def subscribe(self, wake: Callable[[], None]) -> None:
        self._listeners = (*self._listeners, wake)

    def unsubscribe(self, wake: Callable[[], None]) -> None:
        self._listeners = tuple(known for known in self._listeners if known != wake)

    def ring(self, tickets: int = 1) -> None:  # noqa: ARG002  one call wakes all that is needed
        for wake in self._listeners:
            wake()

    def waiting(self) -> int:
        return 0


class RqQueue:
    """Tickets on one RQ queue. Every call ends within the connection's short timeout."""

    name = "rq"

    def __init__(self, config: RedisConfig, attempt_timeout: float) -> None:
        self._config = config
        self._timeout = int(attempt_timeout) + TICKET_SLACK_SECONDS
        self._rest_until = 0.0
        self._lock = threading.Lock()

    def ring(self, tickets: int = 1) -> None:
        self._guard()
        try:
            queue = self._config.get_queue()
            if tickets == 1:
                if queue.count >= ENOUGH_TICKETS:
                    return
                queue.enqueue(TICKET, job_timeout=self._timeout, **TICKET_TTL)
            else:
                ticket = queue.prepare_data(
                    TICKET,
                    timeout=self._timeout,
                    result_ttl=TICKET_TTL["result_ttl"],
                    failure_ttl=TICKET_TTL["failure_ttl"],
                )
                queue.enqueue_many([ticket] * tickets)
        except RedisError as error:
            raise self._failed(error) from error

    def waiting(self) -> int:
        self._guard()
        try:
            return int(self._config.get_queue().count)
        except RedisError as error:
            raise self._failed(error) from error

    def _guard(self) -> None:
        with self._lock:
            if time.monotonic() < self._rest_until:
                raise QueueUnavailable("Redis did not answer a moment ago")

    def _failed(self, error: RedisError) -> QueueUnavailable:
        with self._lock:
            self._rest_until = time.monotonic() + REST_SECONDS
        return QueueUnavailable(str(error))


def build_job_queue(settings: Settings) -> EmbeddedQueue | RqQueue:
    if settings.embedded:
        return EmbeddedQueue()
    return RqQueue(RedisConfig(settings.redis_url), settings.ai_job_timeout)


def queue_health(settings: Settings) -> str:
    """`ok`, or what is wrong: `unreachable`, or `evicting` (Redis may drop tickets under load)."""
    if settings.embedded:
        return "ok"
    config = RedisConfig(settings.redis_url)
    try:
        return "ok" if config.memory_policy() == "noeviction" else "evicting"
    except RedisError:
        return "unreachable"
    finally:
        config.close()
