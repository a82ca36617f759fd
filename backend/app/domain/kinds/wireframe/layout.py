"""Wireframes: panels in panels, their parts stacked; parts of one row stand side by side."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Region, Sketch
from app.domain.layout.tools import Layered

GAP, PADDING = 16.0, 20.0
_LEAST = 280.0
_SCREEN_GAP = 80.0


@dataclass
class _Panel:
    region: Region | None
    rows: list[list[Box]]
    panels: list["_Panel"]

    @property
    def title(self) -> float:
        return self.region.title[1] + PADDING if self.region else 0.0

    def width(self) -> float:
        inner = [sum(box.width for box in row) + GAP * (len(row) - 1) for row in self.rows]
        inner += [panel.width() for panel in self.panels]
        title = self.region.title[0] if self.region else 0.0
        return max([_LEAST, title, *inner]) + 2 * PADDING


def arrange(sketch: Sketch, _engine: Layered) -> Arrangement:
    """Outer panels (screens) stand side by side."""
    rows: dict[str | None, list[list[Box]]] = defaultdict(list)
    known = {region.id for region in sketch.regions}
    by_region: dict[str | None, list[Box]] = defaultdict(list)
    for box in sketch.boxes:
        by_region[box.region if box.region in known else None].append(box)
    for key, boxes in by_region.items():
        for row, members in groupby(boxes, key=lambda box: box.row):
            parts = list(members)
            rows[key] += [parts] if row is not None else [[box] for box in parts]
    inner: dict[str | None, list[Region]] = defaultdict(list)
    for region in sketch.regions:
        inner[region.parent].append(region)

    def panel(region: Region) -> _Panel:
        return _Panel(region, rows[region.id], [panel(child) for child in inner[region.id]])

    result = Arrangement()
    x = 0.0
    screens = [panel(region) for region in inner[None]]
    if rows[None]:
        screens.insert(0, _Panel(None, rows[None], []))
    for screen in screens:
        width = screen.width()
        _place(screen, x, 0.0, width, result)
        x += width + _SCREEN_GAP
    route_links(result, sketch)
    return result


def _place(panel: _Panel, x: float, y: float, width: float, result: Arrangement) -> float:
    """Places a panel; returns the y below it."""
    top, at = y, y + (panel.title or PADDING)
    inner = width - 2 * PADDING
    for row in panel.rows:
        height = max(box.height for box in row)
        spare = (inner - sum(box.width for box in row) - GAP * (len(row) - 1)) / len(row)
        left = x + PADDING
        for box in row:
            wide = box.width + spare
            if box.outline == "rectangle":
                result.boxes[box.id] = Rect(left, at, wide, height)
            else:
                middle = 0.0 if box.outline == "text" else (wide - box.width) / 2
                result.boxes[box.id] = Rect(left + middle, at, box.width, box.height)
            left += wide + GAP
        at += height + GAP
    for child in panel.panels:
        at = _place(child, x + PADDING, at, inner, result) + GAP
    bottom = at - GAP + PADDING if (panel.rows or panel.panels) else at + 60
    if panel.region:
        result.regions[panel.region.id] = Rect(x, top, width, bottom - top)
    return bottom
