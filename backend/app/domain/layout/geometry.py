"""Points, rectangles and the few questions that layouts ask about them. Units: px, y grows down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def center(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def inflated(self, by: float) -> "Rect":
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def overlaps(self, other: "Rect", slack: float = 0.0) -> bool:
        """Whether more than `slack` px of both dimensions are shared; touching is not overlap."""
        return (
            min(self.right, other.right) - max(self.x, other.x) > slack
            and min(self.bottom, other.bottom) - max(self.y, other.y) > slack
        )

    def contains(self, other: "Rect", slack: float = 0.5) -> bool:
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def has(self, point: Point, slack: float = 0.0) -> bool:
        return (
            self.x - slack <= point[0] <= self.right + slack
            and self.y - slack <= point[1] <= self.bottom + slack
        )


def bounds(rects: Iterable[Rect]) -> Rect | None:
    """The smallest rectangle around all of them, None for none."""
    rects = list(rects)
    if not rects:
        return None
    left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    return Rect(left, top, right - left, bottom - top)


def around(points: Sequence[Point]) -> Rect:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def crosses(start: Point, end: Point, rect: Rect) -> bool:
    """Whether the segment runs through the inside of the rectangle (Liang-Barsky clipping)."""
    (x0, y0), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    low, high = 0.0, 1.0
    for step, distance in (
        (-dx, x0 - rect.x),
        (dx, rect.right - x0),
        (-dy, y0 - rect.y),
        (dy, rect.bottom - y0),
    ):
        if step == 0:
            if distance <= 0:
                return False
        elif step < 0:
            low = max(low, distance / step)
        else:
            high = min(high, distance / step)
    return high - low > 1e-9


def path_crosses(points: Sequence[Point], rect: Rect) -> bool:
    return any(crosses(a, b, rect) for a, b in pairwise(points))


def crossings(paths: Sequence[Sequence[Point]]) -> int:
    """How often orthogonal paths cross each other; running along each other is no crossing."""
    flat: list[tuple[int, float, float, float]] = []  # path, y, from x, to x
    upright: list[tuple[int, float, float, float]] = []  # path, x, from y, to y
    for k, path in enumerate(paths):
        for (x0, y0), (x1, y1) in pairwise(path):
            if abs(y1 - y0) < abs(x1 - x0):
                flat.append((k, y0, min(x0, x1), max(x0, x1)))
            else:
                upright.append((k, x0, min(y0, y1), max(y0, y1)))
    return sum(
        i != j and left < x < right and top < y < bottom
        for i, y, left, right in flat
        for j, x, top, bottom in upright
    )


def simplified(points: Sequence[Point], tolerance: float = 0.01) -> list[Point]:
    """The same orthogonal path without repeated points and points in the middle of a straight."""
    kept: list[Point] = []
    for point in points:
        if kept and _same(kept[-1], point, tolerance):
            continue
        if len(kept) >= 2 and _in_line(kept[-2], kept[-1], point, tolerance):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _same(a: Point, b: Point, tolerance: float) -> bool:
    return abs(a[0] - b[0]) <= tolerance and abs(a[1] - b[1]) <= tolerance


def _in_line(a: Point, b: Point, c: Point, tolerance: float) -> bool:
    return any(
        abs(a[i] - b[i]) <= tolerance and abs(b[i] - c[i]) <= tolerance for i in (0, 1)
    ) and not _turns_back(a, b, c)


def _turns_back(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0
