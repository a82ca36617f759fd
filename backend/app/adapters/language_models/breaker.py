"""A circuit breaker: after repeated failures an endpoint is left alone for a while."""

import threading
from collections.abc import Callable
from typing import Literal

CircuitState = Literal["closed", "open", "trial"]  # trial: the next caller may try

FAILURES_TO_OPEN = 5
OPEN_SECONDS = 30.0


class CircuitBreaker:
    """Counts consecutive failures of one endpoint. Shared by all threads of a process.

    While open, `wait_seconds` is positive. When the time is over one caller may try; its success
    closes the circuit, its failure opens it again at once.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        failures_to_open: int = FAILURES_TO_OPEN,
        open_seconds: float = OPEN_SECONDS,
    ) -> None:
        self._clock = clock
        self._limit = failures_to_open
        self._open_seconds = open_seconds
        self._lock = threading.Lock()
        self._failures = 0
        self._open_until = 0.0

    def wait_seconds(self) -> float:
        """0 if the caller may go ahead (after the rest: with the trial), else how long to wait."""
        with self._lock:
            if self._failures < self._limit:
                return 0.0
            now = self._clock()
            if now < self._open_until:
                return self._open_until - now
            # Calls that come while the trial runs wait for its outcome.
            self._open_until = now + self._open_seconds
            return 0.0

    @property
    def state(self) -> CircuitState:
        """For the operator; asking changes nothing."""
        with self._lock:
            if self._failures < self._limit:
                return "closed"
            return "open" if self._clock() < self._open_until else "trial"

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._open_until = self._clock() + self._open_seconds

    def abandoned(self) -> None:
        """The trial ended without saying anything about the endpoint: the next caller may try."""
        with self._lock:
            if self._failures >= self._limit:
                self._open_until = self._clock()
