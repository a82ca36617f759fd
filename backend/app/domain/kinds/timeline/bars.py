"""Gantt charts: a scale of months above, and a bar or a diamond a row, as long as it takes."""

from app.domain.layout.geometry import Rect
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Sketch

HEADING, GAP = 44.0, 18.0
_LEAST_A_DAY, _MOST_A_DAY = 8.0, 60.0


def arrange(sketch: Sketch) -> Arrangement:
    """Every box lies exactly under its days, if a day is not too short for its words."""
    result = Arrangement()
    scale = [region for region in sketch.regions if region.days]
    a_day = _a_day(sketch)
    heading = max([HEADING, *(region.title[1] + 16 for region in scale)])
    y = heading + GAP
    for box in sketch.boxes:
        first, last = box.days or (0, 0)
        left, width = first * a_day, (last - first + 1) * a_day
        if box.outline == "rectangle":
            result.boxes[box.id] = Rect(left, y, max(width, box.width), box.height)
        else:
            center = left + width / 2
            result.boxes[box.id] = Rect(center - box.width / 2, y, box.width, box.height)
        y += box.height + GAP
    for region in scale:
        first, last = region.days or (0, 0)
        left, right = first * a_day, (last + 1) * a_day
        result.regions[region.id] = Rect(left, 0, right - left, heading)
        result.rules.append((((right, heading), (right, y)), True))
    route_links(result, sketch)
    return result


def _a_day(sketch: Sketch) -> float:
    """Pixels a day: the words of every bar fit into it, and those of every month."""
    wanted = [_each(box) for box in sketch.boxes if box.outline == "rectangle"]
    months = [(r.title[0] + 24) / (r.days[1] - r.days[0] + 1) for r in sketch.regions if r.days]
    return min(max([_LEAST_A_DAY, *wanted, *months]), _MOST_A_DAY)


def _each(box: Box) -> float:
    first, last = box.days or (0, 0)
    return box.width / (last - first + 1)
