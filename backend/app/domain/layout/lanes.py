"""Swim lanes: bands below each other, and the steps along them in the order of their arrows."""

from collections import defaultdict

from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Sketch

GAP, AIR, TITLE = 90.0, 24.0, 28.0


def arrange(sketch: Sketch) -> Arrangement:
    """A column for every step of the way; what shares lane and column stands below each other."""
    result = Arrangement()
    ranks = _ranks(sketch)
    columns: dict[int, float] = defaultdict(float)
    cells: dict[tuple[str | None, int], list[Box]] = defaultdict(list)
    for box in sketch.boxes:
        cells[box.region, ranks[box.id]].append(box)
        columns[ranks[box.id]] = max(columns[ranks[box.id]], box.width)
    lefts, x = {}, 0.0
    head = max((region.title[0] for region in sketch.regions), default=0.0)
    for rank in sorted(columns):
        lefts[rank] = x
        x += columns[rank] + GAP
    width = max(x - GAP + 2 * AIR, head + 2 * AIR)
    y = 0.0
    for region in sketch.regions:
        top = y + region.title[1] + TITLE
        inner = max((_height(cells[key]) for key in list(cells) if key[0] == region.id), default=60)
        for (lane, rank), boxes in cells.items():
            if lane == region.id:
                _stack(
                    boxes, (lefts[rank], columns[rank]), top + (inner - _height(boxes)) / 2, result
                )
        result.regions[region.id] = Rect(-AIR, y, width, top + inner + AIR - y)
        y = top + inner + AIR
    route_links(result, sketch)
    return result


def _height(boxes: list[Box]) -> float:
    return sum(box.height for box in boxes) + AIR * max(len(boxes) - 1, 0)


def _stack(boxes: list[Box], column: tuple[float, float], y: float, result: Arrangement) -> None:
    left, width = column
    for box in boxes:
        result.boxes[box.id] = Rect(left + (width - box.width) / 2, y, box.width, box.height)
        y += box.height + AIR


def _ranks(sketch: Sketch) -> dict[str, int]:
    """The longest way to each box; arrows back to what came before do not count."""
    order = {box.id: i for i, box in enumerate(sketch.boxes)}
    ranks = dict.fromkeys(order, 0)
    for box in sketch.boxes:
        for link in sketch.links:
            if link.target == box.id and order.get(link.source, len(order)) < order[box.id]:
                ranks[box.id] = max(ranks[box.id], ranks[link.source] + 1)
    return ranks
