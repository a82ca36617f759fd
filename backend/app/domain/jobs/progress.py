"""How far a job is, and when that is worth an event."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MIN_SECONDS_BETWEEN_REPORTS = 0.5

Preview = Callable[[], dict[str, Any] | None]
"""What people are shown of what is to come, worked out only if it is told; None: no news."""


@dataclass(frozen=True)
class Report:
    """Where a running job stands: its kind's phase, 0 to 99 percent, a sentence, what it counts
    (`planned` and `drawn`), and a preview."""

    phase: str
    percent: int
    message: str
    planned: int = 0
    drawn: int = 0
    preview: Preview | None = None


class Throttle:
    """Lets a report through at most twice a second. States are announced beside it, always."""

    def __init__(self, now: float) -> None:
        """`now`: when the first event, the claim's, was sent (monotonic seconds)."""
        self._last = now

    def admits(self, now: float) -> bool:
        if now - self._last < MIN_SECONDS_BETWEEN_REPORTS:
            return False
        self._last = now
        return True
