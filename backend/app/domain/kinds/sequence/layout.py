"""Sequence diagrams: participants side by side, lifelines, messages in order of time."""

from collections import defaultdict

from app.domain.layout.geometry import Point, Rect
from app.domain.layout.model import Arrangement, Bar, Link, Route, Sketch
from app.domain.layout.tools import Layered

BAR, HALF = 12.0, 6.0
_GAP, _ROW, _SELF, _HEAD_GAP = 60.0, 52.0, 44.0, 44.0


def arrange(sketch: Sketch, _engine: Layered) -> Arrangement:
    """Messages end at activation bars; a message never meets the bar of a third participant."""
    order = {box.id: i for i, box in enumerate(sketch.boxes)}
    messages = [link for link in sketch.links if link.source in order and link.target in order]
    centers = _centers(sketch, messages, order)
    head = max((box.height for box in sketch.boxes), default=0.0)
    result = Arrangement()
    for box in sketch.boxes:
        x = centers[order[box.id]]
        result.boxes[box.id] = Rect(x - box.width / 2, 0, box.width, head)
    spans, y = _rows(messages, head)
    bars = _bars(messages, spans, centers, order, result)
    for x in centers:
        result.rules.append((((x, head), (x, y)), True))
    for i, link in enumerate(messages):
        keys = bars[i, link.source], bars[i, link.target]
        points, label = _message(link, order, centers, spans[i][0])
        result.routes[link.id] = Route(points, *keys, label if link.label else None)
    return result


def _centers(sketch: Sketch, messages: list[Link], order: dict[str, int]) -> list[float]:
    """The x of each lifeline: room for heads and for the label in the first gap it crosses."""
    gaps: dict[int, float] = defaultdict(float)
    for link in messages:
        width = link.label[0] if link.label else 40.0
        source, target = order[link.source], order[link.target]
        if source == target:
            gaps[source] = max(gaps[source], width + 70)
        else:
            first = source if target > source else source - 1
            gaps[first] = max(gaps[first], width + 60)
    centers, x = [], 0.0
    for i, box in enumerate(sketch.boxes):
        if i:
            heads = sketch.boxes[i - 1].width / 2 + _GAP + box.width / 2
            x += max(heads, gaps[i - 1], 180)
        centers.append(x)
    return centers


def _rows(messages: list[Link], head: float) -> tuple[list[tuple[float, float]], float]:
    """First and last y of each message, and where the lifelines end."""
    spans, y = [], head + _HEAD_GAP
    for link in messages:
        extra = max(link.label[1] - 30, 0) if link.label else 0
        y += extra / 2
        last = y + (_SELF + extra if link.source == link.target else 0)
        spans.append((y, last))
        y = last + _ROW + extra / 2
    return spans, y


def _bars(
    messages: list[Link],
    spans: list[tuple[float, float]],
    centers: list[float],
    order: dict[str, int],
    result: Arrangement,
) -> dict[tuple[int, str], str]:
    """Bars over runs of messages of one participant: (message, participant) -> bar."""
    found: dict[tuple[int, str], str] = {}
    last: dict[str, int] = {}
    for i, link in enumerate(messages):
        top, bottom = spans[i]
        for key in dict.fromkeys((link.source, link.target)):
            x = centers[order[key]] - HALF
            if last.get(key) == i - 1 and i:
                name = found[i - 1, key]
                before = result.bars[name].rect
                rect = Rect(x, before.y, BAR, bottom + 12 - before.y)
            else:
                name = f"bar:{key}:{i}"
                rect = Rect(x, top - 12, BAR, bottom - top + 24)
            result.bars[name] = Bar(rect, "rectangle", key)
            found[i, key] = name
            last[key] = i
    return found


def _message(
    link: Link, order: dict[str, int], centers: list[float], y: float
) -> tuple[tuple[Point, ...], Point]:
    """The path of a message and the centre of its label: the first gap beside the sender."""
    source, target = order[link.source], order[link.target]
    x0, x1 = centers[source], centers[target]
    if source == target:
        reach = max(40.0, (link.label[0] / 2 if link.label else 0) + 12)
        extra = max(link.label[1] - 30, 0) if link.label else 0
        out, below = x0 + HALF + reach, y + _SELF + extra
        path = ((x0 + HALF, y), (out, y), (out, below), (x0 + HALF, below))
        return path, (out, (y + below) / 2)
    side = 1 if x1 > x0 else -1
    near = centers[source + side]
    return ((x0 + side * HALF, y), (x1 - side * HALF, y)), ((x0 + near) / 2, y)
