"""How far a drawing is, in counted shapes: its phases, percentages and sentences."""

from enum import StrEnum

from app.domain.jobs.progress import Preview, Report

_SHAPES_AT_HALF_WAY = 12


class Phase(StrEnum):
    PLANNING = "planning"
    LAYOUT = "layout"
    DRAWING = "drawing"


# Percentages at which a phase starts. Planning has no known end, so it approaches the next one.
_START = {Phase.PLANNING: 5, Phase.LAYOUT: 70, Phase.DRAWING: 85}


def progress(phase: Phase, planned: int, drawn: int = 0, preview: Preview | None = None) -> Report:
    """Never less percent in a later report."""
    percent = _START[phase]
    if phase is Phase.PLANNING:
        percent += int(60 * planned / (planned + _SHAPES_AT_HALF_WAY))
        message = f"Planning: {_shapes(planned)} so far" if planned else "Planning"
    elif phase is Phase.LAYOUT:
        message = f"Arranging {_shapes(planned)}"
    else:
        percent += int(14 * min(drawn, planned) / planned) if planned else 0
        message = f"{drawn} of {_shapes(planned)} drawn"
    return Report(phase, percent, message, planned, drawn, preview)


def _shapes(count: int) -> str:
    return "1 shape" if count == 1 else f"{count} shapes"
