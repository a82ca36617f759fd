"""A way between two shapes that leads through a free place for the connector's label."""

from collections.abc import Iterator, Sequence

from app.domain.layout.geometry import Point, Rect, simplified
from app.domain.layout.route import route

_STEP = 40.0
_RINGS = 8
_TRIES = 5
_AIR = 8.0


def through_label(
    source: Rect,
    target: Rect,
    size: tuple[float, float],
    obstacles: Sequence[Rect],
    wires: Sequence[Rect] = (),
) -> tuple[tuple[Point, ...], Point] | None:
    """(path, centre of the label), for when a path was found that has no room for its label.
    None if there is no such way near by."""
    if source.overlaps(target):
        return None
    for center in _free(source, target, size, obstacles):
        x, y = center
        label = Rect(x - size[0] / 2, y - size[1] / 2, *size)
        first = route(source, label, [*obstacles, target], wires)
        second = route(label, target, [*obstacles, source], wires) if first else None
        if first and second and first[-1] != second[0]:
            return tuple(simplified([*first, center, *second])), center
    return None


def _free(
    source: Rect, target: Rect, size: tuple[float, float], obstacles: Sequence[Rect]
) -> Iterator[Point]:
    """The nearest free places around the middle between the two."""
    (x0, y0), (x1, y1) = source.center, target.center
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    steps = range(-_RINGS, _RINGS + 1)
    spots = sorted(
        ((cx + i * _STEP, cy + j * _STEP) for i in steps for j in steps),
        key=lambda s: (abs(s[0] - cx) + abs(s[1] - cy), s),
    )
    walls = [source, target, *obstacles]
    found = 0
    for x, y in spots:
        place = Rect(x - size[0] / 2, y - size[1] / 2, *size).inflated(_AIR)
        if not any(place.overlaps(rect) for rect in walls):
            yield x, y
            found += 1
            if found == _TRIES:
                return
