"""Regions side by side or in a square, with their boxes stacked inside."""

from collections import defaultdict
from math import ceil, sqrt

from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Region, Sketch

GAP, PADDING, CARD_GAP = 30.0, 20.0, 18.0
_LEAST_WIDTH = 220.0
_CARD = 60.0  # the height of a card that is not there yet


def arrange(sketch: Sketch) -> Arrangement:
    """One column a region, all of one height; boxes without region make a bare column first."""
    result = Arrangement()
    stacks = _stacks(sketch)
    height = max((_stack_height(region, boxes) for region, boxes in stacks), default=0)
    x = 0.0
    for region, boxes in stacks:
        x += _column(region, boxes, x, 0.0, height, result) + GAP
    route_links(result, sketch)
    return result


def quadrants(sketch: Sketch) -> Arrangement:
    """Regions of one size in a square grid: four quadrants."""
    result = Arrangement()
    stacks = _stacks(sketch)
    across = 2 if len(stacks) <= 4 else ceil(sqrt(len(stacks)))
    width = max((_inner_width(region, boxes) for region, boxes in stacks), default=0) + 2 * PADDING
    y = 0.0
    for start in range(0, len(stacks), across):
        row = stacks[start : start + across]
        height = max([width * 0.6, *(_stack_height(region, boxes) for region, boxes in row)])
        for i, (region, boxes) in enumerate(row):
            _column(region, boxes, i * (width + GAP), y, height, result, width)
        y += height + GAP
    route_links(result, sketch)
    return result


def _stacks(sketch: Sketch) -> list[tuple[Region | None, list[Box]]]:
    """Every region with its boxes; what lies in an inner region belongs to the outermost one,
    and inner regions themselves are not drawn."""
    parents = {region.id: region.parent for region in sketch.regions}
    outer: dict[str, str] = {}
    for key in parents:
        top = key
        while parent := parents[top]:
            top = parent
        outer[key] = top
    boxes: dict[str | None, list[Box]] = defaultdict(list)
    for box in sorted(sketch.boxes, key=lambda b: (b.row is None, b.row or 0)):
        boxes[outer.get(box.region or "")].append(box)
    stacks: list[tuple[Region | None, list[Box]]] = [(None, boxes[None])] if boxes[None] else []
    return stacks + [(r, boxes[r.id]) for r in sketch.regions if r.parent is None]


def _inner_width(region: Region | None, boxes: list[Box]) -> float:
    title = region.title[0] if region else 0.0
    return max([_LEAST_WIDTH - 2 * PADDING, title, *(box.width for box in boxes)])


def _title(region: Region | None) -> float:
    return region.title[1] + PADDING if region else 0.0


def _stack_height(region: Region | None, boxes: list[Box]) -> float:
    cards = sum(box.height + CARD_GAP for box in boxes)
    missing = max((region.room if region else 0) - len(boxes), 0)
    cards += missing * (_CARD + CARD_GAP)
    return _title(region) + cards + PADDING + (0 if cards else 60)


def _column(
    region: Region | None,
    boxes: list[Box],
    x: float,
    y: float,
    height: float,
    result: Arrangement,
    width: float | None = None,
) -> float:
    """Places one column; returns its width."""
    width = width or _inner_width(region, boxes) + 2 * PADDING
    if region:
        result.regions[region.id] = Rect(x, y, width, height)
    top = y + _title(region)
    for box in boxes:
        inner = width - 2 * PADDING
        if box.outline == "rectangle":
            result.boxes[box.id] = Rect(x + PADDING, top, inner, box.height)
        else:
            left = x + (width - box.width) / 2
            result.boxes[box.id] = Rect(left, top, box.width, box.height)
        top += box.height + CARD_GAP
    return width
