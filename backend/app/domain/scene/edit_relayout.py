"""Laying out again: tidying shapes where they are, or giving all of them new places."""

from collections.abc import Sequence

from app.domain.layout import cells, layered, titles
from app.domain.layout.geometry import Rect, bounds
from app.domain.layout.model import Box, Link, Region, Route, Sketch, TitlePlace
from app.domain.planning.plan import Direction, Relayout
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.reroute import follow, follow_route
from app.domain.scene.tidy import tidy
from app.domain.scene.topology import Topology


def relayout(edit: Editing, operation: Relayout) -> bool:
    """Tidies the shapes where they are; lays them out again if that, or a direction, is asked."""
    targets = edit.shapes_or_selection(operation.targets)
    if len(targets) < 2:
        return False
    if not operation.anew and operation.direction is None:
        tidy(edit, targets)
        return True
    return _lay_out(edit, targets, operation.direction)


def gather(edit: Editing, targets: Sequence[str], margin: float) -> bool:
    """Brings shapes together in a place of their own, this far from all others."""
    topology = edit.topology()
    expanded: list[str] = []
    for i in targets:
        expanded += topology.members(i) if i in topology.areas else [i]
    shapes = [i for i in dict.fromkeys(expanded) if i not in topology.areas]
    return bool(shapes) and _lay_out(edit, shapes, None, margin)


def _lay_out(
    edit: Editing, targets: Sequence[str], direction: Direction | None, margin: float = 0.0
) -> bool:
    topology = edit.topology()
    areas = _whole_areas(topology, set(targets))
    sketch, arrows = _sketch(topology, targets, areas, direction or _flow(topology, targets))
    graph = arrows or areas
    found = layered.arrange(sketch, edit.tools.layered) if graph else cells.spaced(sketch)
    before = bounds(rect_of(edit.draft.elements[i]) for i in [*targets, *areas]) or Rect(0, 0, 0, 0)
    after = found.bounds()
    found = found.moved(before.x - after.x, before.y - after.y)
    place = found.bounds()
    others = edit.obstacles(topology, *targets, *areas)
    others += edit.words(topology, *targets, *areas)
    if margin or any(place.overlaps(rect) for rect in others):
        wide = place.inflated(margin)
        free = edit.spot(wide.width, wide.height, before, None, topology, *targets, *areas)
        found = found.moved(free.x - wide.x, free.y - wide.y)
    for i, rect in found.boxes.items():
        now = rect_of(edit.draft.elements[i])
        edit.move(i, rect.center[0] - now.center[0], rect.center[1] - now.center[1], topology)
    for i, rect in found.regions.items():
        _move_area(edit, topology, i, rect, found.titles.get(i, "left"))
    _lay_arrows(edit, targets, found.routes)
    return True


def _move_area(edit: Editing, topology: Topology, area: str, rect: Rect, side: TitlePlace) -> None:
    element = edit.draft.elements[area]
    element |= {"x": neat(rect.x), "y": neat(rect.y)}
    element |= {"width": neat(rect.width), "height": neat(rect.height)}
    text = topology.text_of(area)
    if text:
        label = edit.draft.elements[text["id"]]
        place = titles.rect(rect, (label["width"], label["height"]), side)
        label |= {"x": neat(place.x), "y": neat(place.y), "textAlign": side}


def _lay_arrows(edit: Editing, targets: Sequence[str], routes: dict[str, Route]) -> None:
    topology = edit.topology()
    for arrow, path in routes.items():
        follow_route(edit.draft, topology, arrow, path)
    inside = set(targets)
    for link in topology.connectors:
        if link.id not in routes and inside & {link.source, link.target}:
            follow(edit.draft, {i for i in (link.source, link.target) if i in inside} - set(routes))


def _whole_areas(topology: Topology, targets: set[str]) -> list[str]:
    """Areas all of whose shapes are laid out again."""
    return [
        area
        for area in topology.areas
        if all(i in targets or i in topology.areas for i in topology.members(area))
    ]


def _sketch(
    topology: Topology, targets: Sequence[str], areas: Sequence[str], direction: Direction
) -> tuple[Sketch, list[str]]:
    known = {*targets, *areas}
    boxes = []
    for i in targets:
        element, area = topology.by_id[i], topology.area_of(i)
        outline = element["type"] if element["type"] in ("ellipse", "diamond") else "rectangle"
        region = area if area in areas else None
        boxes.append(Box(i, element["width"], element["height"], outline, region))
    links = []
    for link in topology.connectors:
        if link.source in known and link.target in known:
            text = topology.text_of(link.id)
            size = (text["width"] + 12, text["height"] + 8) if text else None
            links.append(Link(link.id, str(link.source), str(link.target), size, link.label))
    regions = []
    for i in areas:
        text, outer = topology.text_of(i), topology.area_of(i)
        title = (text["width"], text["height"]) if text else (0.0, 10.0)
        regions.append(Region(i, outer if outer in areas else None, title))
    sketch = Sketch(tuple(boxes), tuple(links), tuple(regions), direction)
    return sketch, [link.id for link in links]


def _flow(topology: Topology, targets: Sequence[str]) -> Direction:
    """The way most connectors already run."""
    inside = set(targets)
    totals: dict[Direction, float] = {"down": 0.0, "right": 0.0, "up": 0.0, "left": 0.0}
    for link in topology.connectors:
        if link.source in inside and link.target in inside:
            (x0, y0), (x1, y1) = (
                rect_of(topology.by_id[i or ""]).center for i in (link.source, link.target)
            )
            totals["right" if x1 > x0 else "left"] += abs(x1 - x0)
            totals["down" if y1 > y0 else "up"] += abs(y1 - y0)
    return max(totals, key=lambda direction: totals[direction])
