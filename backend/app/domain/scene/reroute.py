"""Connectors that follow their shapes: new routes, new bindings, labels moved along."""

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from app.domain.layout.geometry import Point, Rect, around, path_crosses
from app.domain.layout.model import Route
from app.domain.layout.route import label_spot, loop, route
from app.domain.layout.through import through_label
from app.domain.scene.connectors import with_label_in_the_middle
from app.domain.scene.draft import Draft
from app.domain.scene.elements import (
    binding,
    label_center,
    linear_props,
    neat,
    points_of,
    rect_of,
    with_gaps,
)
from app.domain.scene.nudge import nudged
from app.domain.scene.topology import Topology

_GAP = 6.0


def walls(draft: Draft, topology: Topology, ends: Sequence[str]) -> list[Rect]:
    """What a connector between these shapes must go around: all shapes but areas, the two
    themselves and what lies inside them; and the titles of all areas."""
    inside = {member for end in ends for member in topology.members(end)}
    shapes = [
        rect_of(draft.elements[i])
        for i in topology.shapes
        if i not in ends and i not in topology.areas and i not in inside and i in draft.elements
    ]
    texts = [topology.text_of(i) for i in topology.titles]
    return shapes + [rect_of(draft.elements[t["id"]]) for t in texts if t]


def labels(draft: Draft, topology: Topology, without: Collection[str] = ()) -> list[Rect]:
    """Where the words on connectors are, but on the ones that do not count."""
    texts = [topology.text_of(link.id) for link in topology.connectors if link.id not in without]
    return [rect_of(draft.elements[t["id"]]) for t in texts if t and t["id"] in draft.elements]


def find(
    draft: Draft,
    topology: Topology,
    source: str,
    target: str,
    label: tuple[float, float] | None,
    ignored: Collection[str] = (),
) -> Route | None:
    """A route between two shapes as they stand, clear of all others and apart from the other
    connectors (but the ignored ones)."""
    obstacles = walls(draft, topology, (source, target))
    one, other = (rect_of(draft.elements[i]) for i in (source, target))
    wires = [
        around(piece).inflated(1)
        for link in topology.connectors
        if link.id not in ignored and link.id in draft.elements
        for piece in pairwise(points_of(draft.elements[link.id]))
    ]
    words = labels(draft, topology, ignored)
    if source == target:
        points = loop(one, [*obstacles, *words], label) or loop(one, obstacles) or loop(one, [])
    else:
        points = route(one, other, [*obstacles, *words], wires)
        points = points or route(one, other, obstacles, wires)
    if points is None:
        return None
    if label is None:
        return Route(points, source, target)
    spot = label_spot(points, label, [*obstacles, one, other, *words])
    if spot is None and source != target:
        points, spot = through_label(one, other, label, [*obstacles, *words], wires) or (
            points,
            None,
        )
    return Route(points, source, target, spot)


def follow(draft: Draft, moved: set[str]) -> list[str]:
    """Re-routes every connector of the moved shapes, and those that the shapes came to lie on;
    returns ids of those that stayed crossed."""
    topology = Topology(draft.elements.values())
    places = [
        rect_of(draft.elements[i])
        for i in sorted(moved & draft.elements.keys())
        if i not in topology.areas
    ]
    waiting = [
        element["id"]
        for element in draft.elements.values()
        if element["type"] == "arrow"
        and (moved & _ends(element) or _covered(element, topology, places))
    ]
    crossed = []
    while waiting:
        if not refresh(draft, topology, waiting[0], waiting):
            crossed.append(waiting[0])
        del waiting[0]
    return crossed


def untangle(draft: Draft, place: Rect) -> None:
    """Lays the connectors anew that run under a text that came here, or whose label does."""
    topology = Topology(draft.elements.values())
    for element in list(draft.elements.values()):
        if element["type"] == "arrow" and _covered(element, topology, [place]):
            refresh(draft, topology, element["id"])


def _ends(arrow: Mapping[str, Any]) -> set[str | None]:
    return {(arrow.get(side) or {}).get("elementId") for side in _SIDES}


def _covered(arrow: Mapping[str, Any], topology: Topology, places: Sequence[Rect]) -> bool:
    """Whether an elbow arrow, or its label, runs under one of the places."""
    if not arrow.get("elbowed") or None in _ends(arrow):
        return False
    text = topology.text_of(arrow["id"])
    points = points_of(arrow)
    return any(
        path_crosses(points, place) or (text is not None and rect_of(text).overlaps(place))
        for place in places
    )


_SIDES = ("startBinding", "endBinding")


def refresh(draft: Draft, topology: Topology, arrow_id: str, ignored: Collection[str] = ()) -> bool:
    """Lays one connector anew. False: no clear way was found and it runs straight."""
    arrow = draft.elements[arrow_id]
    ends = [(arrow.get(side) or {}).get("elementId") for side in _SIDES]
    text = topology.text_of(arrow_id)
    size = (text["width"] + 12, text["height"] + 8) if text else None
    source, target = (end if end in draft.elements else None for end in ends)
    if arrow.get("elbowed") and source and target:
        kept = _kept(draft, topology, arrow_id, (source, target), size, ignored)
        found = kept or find(draft, topology, source, target, size, {arrow_id, *ignored})
        if found:
            follow_route(draft, topology, arrow_id, found)
            return True
    _straighten(draft, arrow, source, target)
    _move_label(draft, topology, arrow_id)
    return not (source and target and arrow.get("elbowed"))


def _kept(
    draft: Draft,
    topology: Topology,
    arrow_id: str,
    ends: tuple[str, str],
    size: tuple[float, float] | None,
    ignored: Collection[str],
) -> Route | None:
    """The way that it has, brought along with its shapes, if that is still clear."""
    arrow = draft.elements[arrow_id]
    obstacles = walls(draft, topology, ends)
    points = nudged(arrow, draft.elements[ends[0]], draft.elements[ends[1]], obstacles)
    if points is None or size is None:
        return Route(points, *ends) if points else None
    taken = [*obstacles, *(rect_of(draft.elements[end]) for end in ends)]
    taken += labels(draft, topology, {arrow_id, *ignored})
    spot = label_spot(points, size, taken)
    return Route(points, *ends, spot) if spot else None


def follow_route(draft: Draft, topology: Topology, arrow_id: str, path: Route) -> None:
    """Makes the arrow an elbow arrow along the route, bound at both ends."""
    arrow = draft.elements[arrow_id]
    points = with_gaps(path.points)
    if topology.text_of(arrow_id):
        points = with_label_in_the_middle(points, path.label)
    arrow |= linear_props(points)
    for side, shape, point in (
        ("startBinding", path.source, points[0]),
        ("endBinding", path.target, points[-1]),
    ):
        arrow[side] = binding(draft.elements[shape], point)
    arrow |= {"elbowed": True, "roundness": None, "fixedSegments": None}
    arrow |= {"startIsSpecial": None, "endIsSpecial": None}
    _move_label(draft, topology, arrow_id)


def _straighten(
    draft: Draft, arrow: dict[str, Any], source: str | None, target: str | None
) -> None:
    """Straight bindings aim at the centre; an elbow arrow without a way becomes straight."""
    points = points_of(arrow)
    if arrow.get("elbowed") or len(points) < 2:
        points = [points[0], points[-1]]
    elements = draft.elements
    if source:
        aim = rect_of(elements[target]).center if target and len(points) == 2 else points[1]
        points[0] = clipped(elements[source], aim)
        arrow["startBinding"] = {"elementId": source, "focus": 0, "gap": _GAP}
    if target:
        aim = rect_of(elements[source]).center if source and len(points) == 2 else points[-2]
        points[-1] = clipped(elements[target], aim)
        arrow["endBinding"] = {"elementId": target, "focus": 0, "gap": _GAP}
    arrow |= linear_props(points) | {"elbowed": False}


def clipped(shape: Mapping[str, Any], aim: Point) -> Point:
    """Where the line from the shape's centre towards `aim` leaves its outline, plus a gap."""
    rect = rect_of(shape)
    cx, cy = rect.center
    dx, dy = aim[0] - cx, aim[1] - cy
    length = hypot(dx, dy)
    if length < 0.01:
        return cx, rect.bottom + _GAP
    a, b = rect.width / 2 or 1, rect.height / 2 or 1
    if shape["type"] == "ellipse":
        share = 1 / hypot(dx / a, dy / b)
    elif shape["type"] == "diamond":
        share = 1 / (abs(dx) / a + abs(dy) / b)
    else:
        share = 1 / max(abs(dx) / a, abs(dy) / b)
    share += _GAP / length
    return cx + dx * share, cy + dy * share


def _move_label(draft: Draft, topology: Topology, arrow_id: str) -> None:
    text = topology.text_of(arrow_id)
    if text is None or text["id"] not in draft.elements:
        return
    x, y = label_center(draft.elements[arrow_id])
    draft.elements[text["id"]] |= {
        "x": neat(x - text["width"] / 2),
        "y": neat(y - text["height"] / 2),
    }
