"""Time lines: marks on a line in order, their cards above and below it in turn."""

from app.domain.kinds.timeline import bars
from app.domain.layout import columns
from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Bar, Box, Sketch
from app.domain.layout.tools import Layered

GAP, STEM, MARK = 30.0, 40.0, 16.0
_PER_LINE = 12
_ONE_SIDED = 3


def arrange(sketch: Sketch, _engine: Layered) -> Arrangement:
    """With regions: periods, their boxes stacked below. Links that only repeat the order of the
    boxes are what the line itself says and are not drawn."""
    if any(box.days for box in sketch.boxes):
        return bars.arrange(sketch)
    if sketch.regions:
        return _periods(sketch)
    result = Arrangement()
    y = 0.0
    boxes = list(sketch.boxes)
    for start in range(0, len(boxes), _PER_LINE):
        part = _line(boxes[start : start + _PER_LINE])
        area = part.bounds()
        part = part.moved(-area.x, y - area.y)
        y += area.height + 80
        result.boxes |= part.boxes
        result.bars |= part.bars
        result.rules += part.rules
    order = {box.id: i for i, box in enumerate(boxes)}
    in_sequence = {
        link.id
        for link in sketch.links
        if not link.label and order.get(link.target, 0) - order.get(link.source, 0) == 1
    }
    route_links(result, sketch, [link for link in sketch.links if link.id not in in_sequence])
    return result


def _line(boxes: list[Box]) -> Arrangement:
    result = Arrangement()
    alternate = len(boxes) > _ONE_SIDED
    free = [0.0, 0.0]  # first free x below and above the line
    x = 0.0
    for i, box in enumerate(boxes):
        above = alternate and i % 2 == 1
        x = max(x, free[above] + box.width / 2)
        free[above] = x + box.width / 2 + GAP
        y = -STEM - MARK / 2 - box.height if above else STEM + MARK / 2
        result.boxes[box.id] = Rect(x - box.width / 2, y, box.width, box.height)
        key = f"mark:{box.id}"
        result.bars[key] = Bar(Rect(x - MARK / 2, -MARK / 2, MARK, MARK), "ellipse", box.id)
        edge = MARK / 2 * (-1 if above else 1)
        result.rules.append((((x, edge), (x, edge + (-STEM if above else STEM))), False))
        x += 80
    last = x - 80
    result.rules.insert(0, (((-40.0, 0.0), (last + 40, 0.0)), False))
    return result


def _periods(sketch: Sketch) -> Arrangement:
    """Columns below a time line with a mark for each period."""
    result = columns.arrange(Sketch(sketch.boxes, (), sketch.regions, sketch.direction))
    top = 50.0
    result = result.moved(0, top)
    marks = [(key, rect.center[0]) for key, rect in result.regions.items()]
    if marks:
        result.rules.append((((marks[0][1] - 60, 8.0), (marks[-1][1] + 60, 8.0)), False))
    for key, x in marks:
        result.rules.append((((x, 16.0), (x, top)), False))
        result.bars[f"mark:{key}"] = Bar(Rect(x - 8, 0, 16, 16), "ellipse", key)
    route_links(result, sketch)
    return result
