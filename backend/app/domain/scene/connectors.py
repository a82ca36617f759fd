"""Connectors: routes made into bound arrows whose labels sit where the route made room."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.layout.geometry import Point
from app.domain.layout.model import Route
from app.domain.layout.text import Block
from app.domain.planning.plan import Edge
from app.domain.scene.elements import GAP, Element, Writer, linear_props, with_gaps
from app.domain.scene.looks import Look

LABEL_WIDTH = 170
_STRIDE = 4.0  # between added points; the label hides them


def draw(
    route: Route,
    edge: Edge,
    label: Block | None,
    ends: tuple[Element, Element],
    look: Look,
    writer: Writer,
) -> list[Element]:
    """The arrow and, if it has one, its label. Both shapes get the reference to it."""
    paint = look.line(edge.color, edge.line)
    head = look.arrowhead
    heads = (
        head if edge.arrow in ("start", "both") else None,
        head if edge.arrow in ("end", "both") else None,
    )
    points = with_gaps(route.points)
    if label:
        points = with_label_in_the_middle(points, route.label)
    arrow = writer.arrow(points, paint, ends[0], ends[1], heads)
    if label is None:
        return [arrow]
    return [arrow, writer.arrow_label(arrow, label, paint.ink)]


def draw_straight(
    points: tuple[Point, Point],
    edge: Edge,
    label: Block | None,
    ends: tuple[Element, Element],
    look: Look,
    writer: Writer,
) -> list[Element]:
    """A straight arrow between two points outside the outlines, aimed at both centres."""
    arrow, *_ = draw(Route(points, edge.source, edge.target), edge, None, ends, look, writer)
    arrow |= linear_props(points) | {"elbowed": False}
    for side, end in zip(("startBinding", "endBinding"), ends, strict=True):
        arrow[side] = {"elementId": end["id"], "focus": 0, "gap": GAP}
    for name in ("fixedSegments", "startIsSpecial", "endIsSpecial"):
        del arrow[name]
    if label is None:
        return [arrow]
    return [arrow, writer.arrow_label(arrow, label, look.line(edge.color).ink)]


def with_label_in_the_middle(points: Sequence[Point], label: Point | None) -> list[Point]:
    """The same path, with points added on its straights so that the middle of the middle segment,
    where the editor centres a label, is at `label` (None: the middle of the longest segment)."""
    path = list(points)
    index, at = _nearest(path, label) if label else _longest(path)
    if _distance(_natural(path), at) < 1:
        return path
    before, after = path[: index + 1], path[index + 1 :]
    if min(_distance(before[-1], at), _distance(at, after[0])) < 1:
        at = _step(before[-1], after[0], _distance(before[-1], after[0]) / 2)
    extra = len(after) - len(before)
    reach = 0.8 * min(_distance(before[-1], at), _distance(at, after[0]))
    stride = min(_STRIDE, reach / (abs(extra) + 1))
    back = [_step(at, before[-1], stride * (k + 1)) for k in range(max(extra, 0) + 1)]
    ahead = [_step(at, after[0], stride * (k + 1)) for k in range(max(-extra, 0) + 1)]
    return [*before, *reversed(back), *ahead, *after]


def _natural(path: Sequence[Point]) -> Point:
    middle = len(path) // 2
    if len(path) % 2:
        return path[middle]
    return _step(path[middle - 1], path[middle], _distance(path[middle - 1], path[middle]) / 2)


def _longest(path: Sequence[Point]) -> tuple[int, Point]:
    i = max(range(len(path) - 1), key=lambda k: _distance(path[k], path[k + 1]))
    (x0, y0), (x1, y1) = path[i], path[i + 1]
    return i, ((x0 + x1) / 2, (y0 + y1) / 2)


def _nearest(path: Sequence[Point], point: Point) -> tuple[int, Point]:
    """The segment nearest to the point, and the point's foot on it."""
    best: tuple[float, int, Point] | None = None
    for i, (a, b) in enumerate(pairwise(path)):
        foot = (
            min(max(point[0], min(a[0], b[0])), max(a[0], b[0])),
            min(max(point[1], min(a[1], b[1])), max(a[1], b[1])),
        )
        found = (_distance(foot, point), i, foot)
        if best is None or found[0] < best[0] - 0.01:
            best = found
    return (best[1], best[2]) if best else (0, point)


def _distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _step(start: Point, towards: Point, reach: float) -> Point:
    length = _distance(start, towards) or 1
    share = reach / length
    return (
        start[0] + (towards[0] - start[0]) * share,
        start[1] + (towards[1] - start[1]) * share,
    )
