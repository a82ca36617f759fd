"""Where new work goes: into free space that is in view, else beside what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.layout.geometry import Point, Rect, bounds

CLEARANCE = 60
_STEP = 80
_MARGIN = 40
_ROOM = (480, 480)  # what most drawings need at least


@dataclass(frozen=True)
class Viewport:
    """The part of the canvas that somebody sees, in scene coordinates."""

    x: float
    y: float
    width: float
    height: float

    @property
    def rect(self) -> Rect:
        return Rect(self.x, self.y, self.width, self.height)


def with_room(drawing: Rect) -> Rect:
    """For a drawing that will grow below and to both sides."""
    width, height = (max(a, b) for a, b in zip((drawing.width, drawing.height), _ROOM, strict=True))
    return Rect(drawing.x - (width - drawing.width) / 2, drawing.y, width, height)


def kept(drawing: Rect, there: Point, taken: Sequence[Rect], viewport: Viewport | None) -> Point:
    """`there`, if it lies over nothing and is in view, or could not be in view elsewhere; otherwise
    as `offset`."""
    stands = drawing.moved(*there).inflated(CLEARANCE / 2)
    elsewhere = offset(drawing, taken, viewport)
    if any(stands.overlaps(rect) for rect in taken):
        return elsewhere
    if viewport is None or viewport.rect.contains(drawing.moved(*there)):
        return there
    return elsewhere if viewport.rect.contains(drawing.moved(*elsewhere)) else there


def offset(drawing: Rect, taken: Sequence[Rect], viewport: Viewport | None) -> tuple[float, float]:
    """How far to move the drawing so that it overlaps nothing that is taken, deterministic."""
    x, y = next(_free(drawing, taken, viewport))
    return round(x) - drawing.x, round(y) - drawing.y


def _free(
    drawing: Rect, taken: Sequence[Rect], viewport: Viewport | None
) -> Iterator[tuple[float, float]]:
    content = bounds(taken)
    view = viewport.rect if viewport and viewport.width > 0 and viewport.height > 0 else None
    if content is None:
        yield _centered(drawing, view) if view else (0.0, 0.0)
        return
    if view:
        for x, y in _inside(drawing, view):
            spot = Rect(x, y, drawing.width, drawing.height).inflated(CLEARANCE)
            if not any(spot.overlaps(rect) for rect in taken):
                yield x, y
                return
    right = (content.right + CLEARANCE + _MARGIN, content.y)
    below = (content.x, content.bottom + CLEARANCE + _MARGIN)
    yield right if content.width <= 1.6 * content.height else below


def _centered(drawing: Rect, view: Rect) -> tuple[float, float]:
    """In the middle; a drawing larger than the view starts at its top left."""
    x = view.x + max((view.width - drawing.width) / 2, _MARGIN)
    y = view.y + max((view.height - drawing.height) / 2, _MARGIN)
    return x, y


def _inside(drawing: Rect, view: Rect) -> Iterator[tuple[float, float]]:
    """Spots at which the drawing is wholly in view, the ones near the middle first."""
    room_x, room_y = view.width - drawing.width, view.height - drawing.height
    if room_x < 0 or room_y < 0:
        return
    spots = [
        (view.x + min(i * _STEP, room_x), view.y + min(j * _STEP, room_y))
        for i in range(min(int(room_x // _STEP) + 2, 40))
        for j in range(min(int(room_y // _STEP) + 2, 40))
    ]
    cx, cy = view.x + room_x / 2, view.y + room_y / 2
    yield cx, cy
    yield from sorted(spots, key=lambda s: (abs(s[0] - cx) + abs(s[1] - cy), s))
