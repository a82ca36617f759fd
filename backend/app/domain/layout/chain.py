"""Long chains in rows that are read like a snake: to the right, down, to the left, down."""

from collections import Counter
from math import ceil, sqrt

from app.domain.layout.geometry import Point, Rect
from app.domain.layout.model import Arrangement, Box, Link, Route, Sketch

_LEAST = 8  # boxes: fewer look better in one line
_ASPECT = 1.8
_GAP, _ROW_GAP, _LABEL_AIR = 50.0, 60.0, 48.0


def ordered(sketch: Sketch) -> list[Box] | None:
    """The boxes from first to last, if the whole sketch is one long chain."""
    boxes, links = sketch.by_id, {link.source: link for link in sketch.links}
    if sketch.regions or len(boxes) < _LEAST or len(sketch.links) != len(boxes) - 1:
        return None
    entered = Counter(link.target for link in sketch.links)
    starts = [key for key in boxes if key not in entered]
    if len(links) != len(sketch.links) or max(entered.values()) > 1 or len(starts) != 1:
        return None
    chain = [boxes[starts[0]]]
    while (link := links.get(chain[-1].id)) and len(chain) <= len(boxes):
        chain.append(boxes[link.target])
    return chain if len(chain) == len(boxes) else None


def arrange(chain: list[Box], sketch: Sketch) -> Arrangement:
    """Boxes of one column are centred below each other, so that every arrow is straight."""
    links = {link.source: link for link in sketch.links}
    across = _across(chain)
    cells = [_cell(i, across) for i in range(len(chain))]
    xs = _centers(chain, cells, links, across)
    ys = _middles(chain, cells, links)
    result = Arrangement()
    for box, (column, row) in zip(chain, cells, strict=True):
        x, y = xs[column], ys[row]
        result.boxes[box.id] = Rect(x - box.width / 2, y - box.height / 2, box.width, box.height)
    for box in chain[:-1]:
        link = links[box.id]
        points = _straight(result.boxes[link.source], result.boxes[link.target])
        (x0, y0), (x1, y1) = points
        label = ((x0 + x1) / 2, (y0 + y1) / 2) if link.label else None
        result.routes[link.id] = Route(points, link.source, link.target, label)
    return result


def _across(chain: list[Box]) -> int:
    """How many in a row, for a drawing about twice as wide as high."""
    wide = sum(box.width for box in chain) / len(chain) + _GAP
    high = sum(box.height for box in chain) / len(chain) + _ROW_GAP
    rows = max(ceil(len(chain) / max(sqrt(len(chain) * _ASPECT * high / wide), 2)), 2)
    return ceil(len(chain) / rows)


def _cell(i: int, across: int) -> tuple[int, int]:
    row, place = divmod(i, across)
    return (across - 1 - place if row % 2 else place), row


def _centers(
    chain: list[Box], cells: list[tuple[int, int]], links: dict[str, Link], across: int
) -> list[float]:
    widths = [0.0] * across
    gaps = [_GAP] * across  # before each column
    for i, (box, (column, row)) in enumerate(zip(chain, cells, strict=True)):
        widths[column] = max(widths[column], box.width)
        label = links[box.id].label if box.id in links else None
        if label and cells[i + 1][1] == row:
            at = max(column, cells[i + 1][0])
            gaps[at] = max(gaps[at], label[0] + _LABEL_AIR)
        elif label:
            widths[column] = max(widths[column], label[0])
    centers, x = [], 0.0
    for column, width in enumerate(widths):
        x += gaps[column] if column else 0.0
        centers.append(x + width / 2)
        x += width
    return centers


def _middles(chain: list[Box], cells: list[tuple[int, int]], links: dict[str, Link]) -> list[float]:
    rows = cells[-1][1] + 1
    heights, gaps = [0.0] * rows, [_ROW_GAP] * rows  # after each row
    for i, (box, (_, row)) in enumerate(zip(chain, cells, strict=True)):
        heights[row] = max(heights[row], box.height)
        label = links[box.id].label if box.id in links else None
        if label and cells[i + 1][1] != row:
            gaps[row] = max(gaps[row], label[1] + _LABEL_AIR)
        elif label:
            heights[row] = max(heights[row], label[1])
    middles, y = [], 0.0
    for height, gap in zip(heights, gaps, strict=True):
        middles.append(y + height / 2)
        y += height + gap
    return middles


def _straight(source: Rect, target: Rect) -> tuple[Point, Point]:
    (x0, y0), (x1, y1) = source.center, target.center
    if abs(y1 - y0) > abs(x1 - x0):
        return (x0, source.bottom), (x0, target.y)
    return ((source.right, y0), (target.x, y0)) if x1 > x0 else ((source.x, y0), (target.right, y0))
