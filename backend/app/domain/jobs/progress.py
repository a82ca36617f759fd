"""How far a job is, in counted shapes, and when that is worth telling."""

from dataclasses import dataclass
from enum import StrEnum

MIN_SECONDS_BETWEEN_REPORTS = 0.5
MAX_PREVIEW_LABELS = 40
MAX_LABEL = 80


class Phase(StrEnum):
    QUEUED = "queued"
    PLANNING = "planning"
    LAYOUT = "layout"
    DRAWING = "drawing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


# Percentages at which a phase starts. Planning has no known end, so it approaches the next one.
_START = {Phase.QUEUED: 0, Phase.PLANNING: 5, Phase.LAYOUT: 70, Phase.DRAWING: 85}
_SHAPES_AT_HALF_WAY = 12


@dataclass(frozen=True)
class Report:
    """What people are told: a phase, and how many shapes are planned and drawn."""

    phase: Phase
    planned: int = 0
    drawn: int = 0
    tokens: int = 0
    preview: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """0 to 99 while the job runs, 100 once it is completed; never less in a later report."""
        if self.phase is Phase.COMPLETED:
            return 100
        if self.phase is Phase.PLANNING:
            share = self.planned / (self.planned + _SHAPES_AT_HALF_WAY)
            return _START[Phase.PLANNING] + int(share * 60)
        if self.phase is Phase.DRAWING and self.planned:
            return _START[Phase.DRAWING] + int(14 * min(self.drawn, self.planned) / self.planned)
        return _START.get(self.phase, 0)

    @property
    def message(self) -> str:
        if self.phase is Phase.PLANNING:
            return f"Planning: {_shapes(self.planned)} so far" if self.planned else "Planning"
        if self.phase is Phase.LAYOUT:
            return f"Arranging {_shapes(self.planned)}"
        if self.phase is Phase.DRAWING:
            return f"{self.drawn} of {_shapes(self.planned)} drawn"
        if self.phase is Phase.COMPLETED:
            return f"Done: {_shapes(self.drawn)} drawn"
        return {
            Phase.QUEUED: "Waiting for a worker",
            Phase.CANCELLED: "Cancelled",
            Phase.FAILED: "Failed",
        }[self.phase]


def _shapes(count: int) -> str:
    return "1 shape" if count == 1 else f"{count} shapes"


class Throttle:
    """Lets a report through at most twice a second. States are announced beside it, always."""

    def __init__(self, now: float) -> None:
        """`now`: when the first event, the claim's, was told (monotonic seconds)."""
        self._last = now

    def admits(self, now: float) -> bool:
        if now - self._last < MIN_SECONDS_BETWEEN_REPORTS:
            return False
        self._last = now
        return True


def clip_preview(labels: tuple[str, ...]) -> list[str]:
    return [label[:MAX_LABEL] for label in labels[:MAX_PREVIEW_LABELS]]
