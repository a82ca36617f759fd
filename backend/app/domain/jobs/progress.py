"""How far a job is, and when that is worth an event."""

from dataclasses import dataclass

MIN_SECONDS_BETWEEN_REPORTS = 0.5
MAX_PREVIEW_LABELS = 40
MAX_LABEL = 80


@dataclass(frozen=True)
class Report:
    """Where a running job stands: its kind's phase, 0 to 99 percent, a sentence, what it counts
    (`planned` and `drawn`), and labels of what is to come."""

    phase: str
    percent: int
    message: str
    planned: int = 0
    drawn: int = 0
    preview: tuple[str, ...] = ()


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


def clip_preview(labels: tuple[str, ...]) -> list[str]:
    return [label[:MAX_LABEL] for label in labels[:MAX_PREVIEW_LABELS]]
