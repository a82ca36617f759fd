"""Cells in rows and columns, with gaps between them or with shared borders."""

from math import ceil, sqrt

from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Sketch

GRID_GAP = 40.0


def bordered(sketch: Sketch) -> Arrangement:
    """Columns as wide as their widest cell, rows as high as their highest, borders shared."""
    return _arrange(sketch, gap=0.0, even=False)


def spaced(sketch: Sketch) -> Arrangement:
    """Boxes in cells of one size; without given cells, in a square, row by row."""
    return _arrange(sketch, gap=GRID_GAP, even=True)


def _arrange(sketch: Sketch, gap: float, *, even: bool) -> Arrangement:
    cells = _cells(list(sketch.boxes))
    columns = sorted({column for column, _ in cells})
    rows = sorted({row for _, row in cells})
    widths = {c: max(b.width for (x, _), b in cells.items() if x == c) for c in columns}
    heights = {r: max(b.height for (_, y), b in cells.items() if y == r) for r in rows}
    if even:
        widths = dict.fromkeys(columns, max(widths.values(), default=0))
        heights = dict.fromkeys(rows, max(heights.values(), default=0))
    lefts = _starts(widths, gap)
    tops = _starts(heights, gap)
    result = Arrangement()
    for (column, row), box in cells.items():
        cell = Rect(lefts[column], tops[row], widths[column], heights[row])
        if not even or box.outline == "rectangle":
            result.boxes[box.id] = cell
        else:
            x, y = cell.center
            place = Rect(x - box.width / 2, y - box.height / 2, box.width, box.height)
            result.boxes[box.id] = place
    route_links(result, sketch)
    return result


def _starts(sizes: dict[int, float], gap: float) -> dict[int, float]:
    starts, at = {}, 0.0
    for key, size in sizes.items():
        starts[key] = at
        at += size + gap
    return starts


def _cells(boxes: list[Box]) -> dict[tuple[int, int], Box]:
    """A cell of its own for each box: the one it asks for, or the next free one."""
    across = 1 + max((b.column for b in boxes if b.column is not None), default=-1)
    across = across or max(ceil(sqrt(len(boxes))), 1)
    cells: dict[tuple[int, int], Box] = {}
    waiting = []
    for box in boxes:
        wish = (box.column, box.row)
        if wish[0] is not None and wish[1] is not None and wish not in cells:
            cells[wish[0], wish[1]] = box
        else:
            waiting.append(box)
    for box in waiting:
        column, row = box.column, box.row or 0
        at = row * across + (column or 0)
        step = across if column is not None else 1
        while (at % across, at // across) in cells:
            at += step
        cells[at % across, at // across] = box
    return dict(sorted(cells.items(), key=lambda item: (item[0][1], item[0][0])))
