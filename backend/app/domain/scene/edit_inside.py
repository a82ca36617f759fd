"""Room inside an area: for new shapes, and for those that move into it."""

from collections.abc import Sequence

from app.domain.layout.geometry import Rect, bounds
from app.domain.scene.editing import Editing, is_free
from app.domain.scene.elements import rect_of
from app.domain.scene.reroute import follow, labels
from app.domain.scene.topology import Topology

_AREA_PADDING = 30.0


def move_inside(edit: Editing, targets: Sequence[str], area: str) -> bool:
    """One shape after the other to the end of the area; the stack that it leaves closes up."""
    moved = set()
    for target in targets:
        topology = edit.topology()
        now = rect_of(edit.draft.elements[target])
        if topology.area_of(target) == area:
            continue
        place = room_inside(edit, topology, area, now.width, now.height)
        if place is None:
            edit.remarks.append("There was no room in the group.")
            break
        behind = _stacked_below(topology, target)
        edit.move(target, place.x - now.x, place.y - now.y, topology)
        moved |= {target, *behind}
        up = now.y - min((topology.by_id[i]["y"] for i in behind), default=now.y)
        for i in behind:
            edit.move(i, 0.0, up, topology)
    follow(edit.draft, moved)
    return bool(moved)


def _stacked_below(topology: Topology, card: str) -> list[str]:
    """The cards below this one in its area, if that holds one stack of cards and no arrows."""
    area = topology.area_of(card)
    stack = topology.members(area) if area else []
    ends = {end for link in topology.connectors for end in (link.source, link.target)}
    place = rect_of(topology.by_id[card])
    if ends & set(stack) or any(abs(topology.by_id[i]["x"] - place.x) > 1 for i in stack):
        return []
    return [i for i in stack if topology.by_id[i]["y"] >= place.bottom]


def room_inside(
    edit: Editing, topology: Topology, area: str, width: float, height: float
) -> Rect | None:
    """A free place in an area, which grows downward if that is free too."""
    if area not in topology.areas:
        return None
    outer = topology.areas[area]
    inside = [rect_of(topology.by_id[i]) for i in topology.members(area)]
    x = min((rect.x for rect in inside), default=outer.x + _AREA_PADDING)
    y = max((rect.bottom for rect in inside), default=outer.y + 30) + 20
    place = Rect(x, y, width, height)
    wires = edit.wires(topology) + labels(edit.draft, topology)
    while not is_free(place, (), wires):
        place = place.moved(0, 20)
    grown = bounds([outer, place.inflated(20)])
    others = edit.obstacles(topology, area, *topology.members(area))
    others += [
        r
        for i, r in topology.areas.items()
        if i != area and not r.contains(outer) and not outer.contains(r)
    ]
    if grown is None or any(grown.overlaps(rect) for rect in others):
        return None
    if any(
        r.contains(outer) and not r.contains(grown) for i, r in topology.areas.items() if i != area
    ):
        return None
    edit.draft.elements[area] |= {"width": grown.right - outer.x, "height": grown.bottom - outer.y}
    return place
