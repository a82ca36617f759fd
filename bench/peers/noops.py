"""Peers that run the empty function: when it ran, it leaves a note in a Redis list."""

import time
from abc import ABC, abstractmethod
from typing import Any

from bench.support.job_load import Alone
from tests.support.redis_server import RedisServer

LONGEST_SECONDS = 60


class NoopPeer(ABC):
    """`name` in the table; `enqueue` hands over one call of `bench.peers.noop.note`."""

    name: str

    def __init__(self, redis: RedisServer, key: str) -> None:
        self._redis: Any = redis.client
        self.url = redis.url
        self.key = key

    @abstractmethod
    def enqueue(self) -> None: ...

    def alone(self, jobs: int) -> Alone:
        result = Alone()
        for _ in range(jobs):
            started = time.perf_counter()
            self.enqueue()
            self._wait_for(1)
            result.notified.append((time.perf_counter() - started) * 1000)
        return result

    def rate(self, jobs: int) -> float:
        started = time.perf_counter()
        for _ in range(jobs):
            self.enqueue()
        self._wait_for(jobs)
        return jobs / (time.perf_counter() - started)

    def _wait_for(self, notes: int) -> None:
        end = time.monotonic() + LONGEST_SECONDS
        while notes:
            if self._redis.blpop(self.key, timeout=1) is not None:
                notes -= 1
            elif time.monotonic() > end:
                raise RuntimeError(f"{self.name}: {notes} calls did not run")
