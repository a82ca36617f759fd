"""Shapes sized from their text, and the room for text that each outline offers."""

from math import ceil, floor, sqrt

from app.domain.layout.geometry import Rect
from app.domain.layout.text import Block, Font, balanced, ceil_to
from app.domain.layout.tools import Measure

PADDING = 5  # between outline and text, the editor's own
_AIR_X, _AIR_Y = 14, 10  # more of it, for looks
_GRID = 10
_WIDTHS = {"rectangle": (190, 240, 320, 420), "note": (170, 210, 280), "text": (320, 480)}
_TIP_WIDTHS = (90, 120, 150, 180, 220, 280, 340)
_MAX_LINES = 4
_MOST = 260.0
_TIPPED = ("diamond", "ellipse")


def room(shape: str, rect: Rect) -> Rect:
    """Where the editor lets bound text be, for each outline."""
    w, h = rect.width, rect.height
    if shape == "ellipse":
        k = (1 - sqrt(2) / 2) / 2
        return Rect(
            rect.x + PADDING + w * k,
            rect.y + PADDING + h * k,
            _rounded(w / 2 * sqrt(2)) - 2 * PADDING,
            _rounded(h / 2 * sqrt(2)) - 2 * PADDING,
        )
    if shape == "diamond":
        return Rect(
            rect.x + PADDING + w / 4,
            rect.y + PADDING + h / 4,
            _rounded(w / 2) - 2 * PADDING,
            _rounded(h / 2) - 2 * PADDING,
        )
    return Rect(rect.x + PADDING, rect.y + PADDING, w - 2 * PADDING, h - 2 * PADDING)


def needed(shape: str, width: float, height: float) -> tuple[float, float]:
    """The smallest outline whose room holds text of this size."""
    return _outer(shape, width), _outer(shape, height)


def fitted(
    shape: str, text: str, font: Font, measure: Measure, least: tuple[float, float] = (120, 60)
) -> tuple[Block, float, float]:
    """The wrapped label and a shape of good proportions around it: (block, width, height)."""
    if shape in _TIPPED:
        longest = max(measure.width(w, font.family, font.size) for w in (text.split() or [" "]))
        widths = [w for w in _TIP_WIDTHS if w >= longest] or [ceil(min(longest, _MOST))]
        return min(
            (_around(shape, text, font, measure, limit, least) for limit in widths),
            key=_badness,
        )
    limits = _WIDTHS.get(shape, _WIDTHS["rectangle"])
    for limit in limits:
        result = _around(shape, text, font, measure, limit, least)
        if len(result[0].lines) <= _MAX_LINES:
            return result
    return result


def _around(
    shape: str, text: str, font: Font, measure: Measure, limit: float, least: tuple[float, float]
) -> tuple[Block, float, float]:
    label = balanced(text, font, measure, limit)
    air_x, air_y = (4, 2) if shape in _TIPPED else (_AIR_X, _AIR_Y)
    width, height = needed(shape, label.width + 2 * air_x, label.height + 2 * air_y)
    return (
        label,
        max(ceil_to(width, 2 * _GRID), least[0]),
        max(ceil_to(height, 2 * _GRID), least[1]),
    )


def _badness(result: tuple[Block, float, float]) -> tuple[float, float]:
    """Prefer small shapes about twice as wide as high."""
    _, width, height = result
    ratio = width / height
    return width * height * (1 + 0.6 * abs(ratio - 1.9)), width


def _outer(shape: str, inner: float) -> float:
    inner = ceil(inner)
    if shape == "ellipse":
        return ceil((inner + 2 * PADDING + 1) / sqrt(2) * 2)
    if shape == "diamond":
        return 2 * (inner + 2 * PADDING)
    return inner + 2 * PADDING


def _rounded(value: float) -> float:
    return floor(value + 0.5)
