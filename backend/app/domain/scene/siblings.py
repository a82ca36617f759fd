"""A new child in a drawn tree: beside its siblings, on the branch that they hang on."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.domain.layout.geometry import Point, Rect, around, simplified
from app.domain.layout.model import Route
from app.domain.layout.route import clear
from app.domain.planning.plan import Edge
from app.domain.scene import connectors
from app.domain.scene.editing import Editing, is_free
from app.domain.scene.elements import points_of, rect_of
from app.domain.scene.reroute import follow
from app.domain.scene.space import Axis, open_space
from app.domain.scene.topology import Connector, Topology

_GAP = 40.0
_BELOW = 26.0  # between siblings that stand below each other
_ENTER = 30.0  # from the branch to the child
_STRAIGHT = 3  # points of a way without a branch


def hang(edit: Editing, parent: str, width: float, height: float) -> tuple[Rect, Route] | None:
    """Where the child goes and how it is connected (the route's target is left empty), without
    crossing anything; others move aside if they must. None if this is no tree, or has no
    children there yet."""
    topology = edit.topology()
    branch = _branch(topology, parent)
    if not branch:
        return None
    for attempt in ("beside", "after making room"):
        for place, points in _places(edit, topology, parent, branch, (width, height)):
            if _fits(edit, topology, parent, place, points):
                return place, Route(tuple(points), parent, "")
        if attempt == "beside":
            _make_room(edit, topology, branch, (width, height))
            topology = edit.topology()
    return None


def attach(edit: Editing, route: Route, child: str) -> None:
    """Draws the connector to the child that now is there."""
    found = Route(route.points, route.source, child)
    ends = edit.draft.elements[route.source], edit.draft.elements[child]
    edge = Edge(source=route.source, target=child)
    edit.draft.add(connectors.draw(found, edge, None, ends, edit.look, edit.writer))


def _branch(topology: Topology, parent: str) -> list[Connector]:
    """The parent's connectors on the side of the last one, if the drawing is a tree."""
    links = [link for link in topology.connectors if link.source and link.target]
    entered = Counter(link.target for link in links)
    leaving = Counter(link.source for link in links)
    own = [link for link in links if link.source == parent]
    if not own or max(entered.values()) > 1 or max(leaving.values()) < 2:
        return []
    if any(link.label for link in links) or parent in topology.areas:
        return []
    sides = [_side(topology, link) for link in own]
    if sides[-1] is None:
        return []
    return [link for link, side in zip(own, sides, strict=True) if side == sides[-1]]


def _side(topology: Topology, link: Connector) -> str | None:
    """Where the connector leaves, if it runs away from the parent as the branches of trees do."""
    rect = rect_of(topology.by_id[link.source or ""])
    child = rect_of(topology.by_id[link.target or ""])
    x, y = points_of(topology.by_id[link.id])[0]
    if y >= rect.bottom and child.y > rect.bottom:
        return "below"
    if y <= rect.y and child.bottom < rect.y:
        return "above"
    if x >= rect.right and child.x > rect.right:
        return "right"
    return "left" if x <= rect.x and child.right < rect.x else None


def _places(
    edit: Editing,
    topology: Topology,
    parent: str,
    branch: Sequence[Connector],
    size: tuple[float, float],
) -> list[tuple[Rect, list[Point]]]:
    """The places at both ends of the row (or column) of siblings, each with its way."""
    side = _side(topology, branch[0]) or "below"
    flat = side in ("below", "above")  # siblings stand side by side
    forth = side in ("below", "right")
    rects = [rect_of(edit.draft.elements[link.target or ""]) for link in branch]
    above = rect_of(edit.draft.elements[parent])
    near = (min if forth else max)(_edge(rect, flat=flat, first=forth) for rect in rects)
    path = simplified(points_of(edit.draft.elements[branch[-1].id]))
    bus = near - _ENTER if forth else near + _ENTER
    if len(path) > _STRAIGHT:
        bus = path[1][1] if flat else path[1][0]
    width, height = size
    depth = near if forth else near - (height if flat else width)
    first, last = (_edge(above, flat=flat, first=not forth), path[0][0 if flat else 1])
    found = []
    for place in _ends(rects, size, depth, flat=flat):
        middle = place.center[0 if flat else 1]
        way = [(last, first), (last, bus), (middle, bus), (middle, near)]
        found.append((place, simplified(way if flat else [(y, x) for x, y in way])))
    return found


def _edge(rect: Rect, *, flat: bool, first: bool) -> float:
    """The near (`first`) or far side of a rectangle, across or along the siblings."""
    if flat:
        return rect.y if first else rect.bottom
    return rect.x if first else rect.right


def _ends(
    rects: Sequence[Rect], size: tuple[float, float], depth: float, *, flat: bool
) -> list[Rect]:
    """After the last sibling, and before the first."""
    width, height = size
    if flat:
        right, left = max(r.right for r in rects), min(r.x for r in rects)
        return [Rect(x, depth, *size) for x in (right + _GAP, left - _GAP - width)]
    low, high = max(r.bottom for r in rects), min(r.y for r in rects)
    return [Rect(depth, y, *size) for y in (low + _BELOW, high - _BELOW - height)]


def _fits(
    edit: Editing, topology: Topology, parent: str, place: Rect, points: Sequence[Point]
) -> bool:
    """Whether place and way are free: of shapes, words, and connectors but the parent's own."""
    taken = edit.obstacles(topology) + edit.words(topology)
    others = edit.obstacles(topology, parent) + edit.words(topology)
    wires = [
        around(piece).inflated(1)
        for link in topology.connectors
        if link.source != parent
        for piece in pairwise(points_of(edit.draft.elements[link.id]))
    ]
    away = [wire for wire in wires if not wire.overlaps(rect_of(edit.draft.elements[parent]))]
    return (
        is_free(place, taken, wires, topology.areas.values())
        and clear(points, others)
        and clear(points, away)
    )


def _make_room(
    edit: Editing, topology: Topology, branch: Sequence[Connector], size: tuple[float, float]
) -> None:
    """Moves what stands after the last sibling, so that one more fits in between."""
    rects = [rect_of(edit.draft.elements[link.target or ""]) for link in branch]
    axis: Axis = "x" if _side(topology, branch[0]) in ("below", "above") else "y"
    line = max(r.right if axis == "x" else r.bottom for r in rects) + 1
    by = (size[0] if axis == "x" else size[1]) + _GAP
    follow(edit.draft, open_space(edit, topology, axis, line, by, ()))
