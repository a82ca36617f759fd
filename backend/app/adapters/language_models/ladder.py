"""Output modes from the strictest to the plainest, and which one an endpoint was found to take."""

import threading
from collections.abc import Callable
from enum import StrEnum

REMEMBER_SECONDS = 3600.0


class Rung(StrEnum):
    """How the answer's form is asked for. Servers differ in what they take, and in how they say no
    (llama-cpp-python answers 500 to a schema that it cannot compile)."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    PLAIN = "plain"
    MERMAID = "mermaid"


class Ladder:
    """The rungs of one endpoint. What worked is remembered for an hour, then the best one is tried
    again, so that one bad minute does not cost an endpoint its schema for ever."""

    def __init__(self, rungs: tuple[Rung, ...], clock: Callable[[], float]) -> None:
        self._rungs = rungs
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[Rung, float] | None = None

    def first(self) -> Rung:
        return self._remembered() or self._rungs[0]

    def has_worked(self, rung: Rung) -> bool:
        """A server error on a rung that works is an outage, not a refusal of the form."""
        return self._remembered() is rung

    def _remembered(self) -> Rung | None:
        with self._lock:
            fresh = self._known is not None and self._clock() < self._known[1]
            return self._known[0] if self._known and fresh else None

    def below(self, rung: Rung) -> Rung | None:
        """The next plainer form of JSON, or None."""
        place = self._rungs.index(rung) + 1
        return self._rungs[place] if place < len(self._rungs) else None

    def worked(self, rung: Rung) -> None:
        with self._lock:
            known = self._known
            if known is None or known[0] is not rung or self._clock() >= known[1]:
                self._known = (rung, self._clock() + REMEMBER_SECONDS)
