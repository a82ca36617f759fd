"""Flows: layered, long chains in rows, and strips turned where that makes them shorter."""

from dataclasses import replace

from app.domain.layout import chain, lanes, layered
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered

_SCREEN = 1_200.0  # px: a drawing of this width is seen as a whole
_STRIP, _SHORTER = 3.0, 0.75  # times as long as wide, and how much less is worth a turn


def arrange(sketch: Sketch, elk: Layered) -> Arrangement:
    """A long chain that runs to a side is laid out in rows; downward it stays a column."""
    if any(region.lane for region in sketch.regions):
        return lanes.arrange(sketch)
    if sketch.direction in ("right", "left"):
        return in_rows(sketch, elk)
    return _in_shape(sketch, elk)


def in_rows(sketch: Sketch, elk: Layered) -> Arrangement:
    """A long chain is laid out in rows, whatever its direction."""
    line = chain.ordered(sketch)
    return chain.arrange(line, sketch) if line else _in_shape(sketch, elk)


def _in_shape(sketch: Sketch, elk: Layered) -> Arrangement:
    """Groups one after the other that would make a strip are laid out downward instead, if that
    makes a shorter one."""
    found = layered.arrange(sketch, elk)
    sideways = sketch.regions and sketch.direction in ("right", "left")
    if not sideways or found.bounds().width <= _SCREEN or _strip(found) <= _STRIP:
        return found
    other = layered.arrange(replace(sketch, direction="down"), elk)
    return other if _strip(other) < _SHORTER * _strip(found) else found


def _strip(found: Arrangement) -> float:
    """How many times the longer side is as long as the shorter one."""
    whole = found.bounds()
    sides = max(whole.width, 1.0), max(whole.height, 1.0)
    return max(sides) / min(sides)
