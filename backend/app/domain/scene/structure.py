"""What a drawing says, read back from its elements: its kind, its parts in order, what is in what.

Only the kind is stored (`customData`). The rest is read from how things stand and are connected,
so that it is in step with whatever people did to the drawing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Box, Link, Region, Sketch
from app.domain.planning.plan import Direction
from app.domain.scene.elements import points_of, rect_of
from app.domain.scene.topology import OUTLINES, Topology

_PADDING = 20.0  # a group keeps the width that it has


@dataclass(frozen=True)
class Structure:
    """Ids of elements, each kind of part in its order. `group_of` is the group of each node;
    `marks` are small shapes that belong to one (by id), `rules` plain lines."""

    kind: str
    drawing: str
    nodes: tuple[str, ...]
    groups: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    group_of: Mapping[str, str]
    marks: Mapping[str, str]
    rules: tuple[str, ...]

    @property
    def parts(self) -> frozenset[str]:
        return frozenset([*self.nodes, *self.groups])


def mark_of(element: Mapping[str, Any]) -> Mapping[str, Any]:
    return element.get("customData") or {}


def structure_of(topology: Topology, element_id: str) -> Structure | None:
    """The drawing that an element belongs to, as it is now; None if its kind is not stored."""
    mark: Mapping[str, Any] | None = mark_of(topology.by_id[element_id])
    if not mark or "drawing" not in mark or "kind" not in mark:
        mark = _joined_mark(topology, element_id)
    if mark is None:
        return None
    own = [i for i, e in topology.by_id.items() if mark_of(e).get("drawing") == mark["drawing"]]
    return read_structure(topology, own, str(mark["kind"]), str(mark["drawing"]))


def _joined_mark(topology: Topology, element_id: str) -> Mapping[str, Any] | None:
    """A shape that people put into a group of a drawing belongs to it."""
    area = topology.area_of(element_id) if element_id in topology.shapes else None
    mark = mark_of(topology.by_id[area]) if area else {}
    return mark if "drawing" in mark and "kind" in mark else None


def read_structure(
    topology: Topology, own: Collection[str], kind: str, drawing: str
) -> Structure | None:
    """The structure of these elements; None if there is not one shape among them."""
    shapes = [i for i in topology.shapes if i in set(own)]
    groups = [i for i in shapes if i in topology.areas]
    marks = {i: owner for i in shapes if (owner := topology.owner(i)) != i}
    nodes = [
        i
        for i in shapes
        if i not in marks and i not in topology.areas and "node" in mark_of(topology.by_id[i])
    ]
    nodes += [
        i
        for group in groups
        for i in topology.members(group)
        if i not in nodes and i not in marks and i not in topology.areas
        and topology.by_id[i]["type"] in OUTLINES and not mark_of(topology.by_id[i]).get("drawing")
    ]  # fmt: skip
    if not nodes and not groups:
        return None
    links = _links(topology, {*nodes, *groups}, marks)
    group_of = {i: area for i in nodes if (area := topology.area_of(i)) in groups}
    lines = {part for i in shapes for part in topology.parts(i)}
    rules = [i for i in own if topology.by_id[i]["type"] == "line" and i not in lines]
    places = {owner: rect_of(topology.by_id[i]) for i, owner in reversed(marks.items())}
    places = {i: places.get(i, rect_of(topology.by_id[i])) for i in [*nodes, *groups]}
    if any(end in marks for link in links for end in _ends(topology, link[0])):
        places |= {i: rect_of(topology.by_id[i]) for i in [*nodes, *groups]}
    ordered = in_rows(nodes, places)
    rank = {i: k for k, i in enumerate(ordered)}
    return Structure(
        kind,
        drawing,
        tuple(ordered),
        tuple(in_rows(groups, places)),
        tuple(sorted(links, key=lambda link: _turn(topology, link, marks, rank))),
        {i: str(area) for i, area in group_of.items()},
        marks,
        tuple(rules),
    )


def _ends(topology: Topology, arrow: str) -> list[str]:
    element = topology.by_id[arrow]
    found = (element.get(side) or {} for side in ("startBinding", "endBinding"))
    return [str(end.get("elementId")) for end in found]


def _links(
    topology: Topology, known: set[str], marks: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    found = []
    for link in topology.connectors:
        if link.source and link.target:
            source = marks.get(link.source, link.source)
            target = marks.get(link.target, link.target)
            if source in known and target in known:
                found.append((link.id, source, target))
    return found


def _turn(
    topology: Topology,
    link: tuple[str, str, str],
    marks: Mapping[str, str],
    rank: Mapping[str, int],
) -> tuple[float, float]:
    """Connections between marks (messages) are in order of their height, others in that of
    the shapes that they lead to."""
    if any(end in marks for end in _ends(topology, link[0])):
        return points_of(topology.by_id[link[0]])[0][1], 0
    return rank.get(link[1], 0), rank.get(link[2], 0)


def in_rows(ids: Iterable[str], places: Mapping[str, Rect]) -> list[str]:
    """Row by row, each from the left: what overlaps half in height stands in one row."""
    waiting = sorted(ids, key=lambda i: (places[i].center[1], places[i].x, i))
    rows: list[list[str]] = []
    for i in waiting:
        last = places[rows[-1][0]] if rows else None
        reach = min(last.height, places[i].height) / 2 if last else 0.0
        if last and places[i].center[1] - last.center[1] < reach:
            rows[-1].append(i)
        else:
            rows.append([i])
    return [i for row in rows for i in sorted(row, key=lambda i: (places[i].x, i))]


def sketch_of(structure: Structure, topology: Topology, direction: Direction) -> Sketch:
    """What a layout is given of it, with the sizes that things have."""
    boxes = []
    for i in structure.nodes:
        element = topology.by_id[i]
        outline = element["type"] if element["type"] in ("ellipse", "diamond") else "rectangle"
        regular = structure.group_of.get(i)
        boxes.append(Box(i, element["width"], element["height"], outline, regular))
    links = []
    for arrow, source, target in structure.links:
        text = topology.text_of(arrow)
        size = (text["width"] + 12, text["height"] + 8) if text else None
        links.append(Link(arrow, source, target, size, topology.label(arrow)))
    regions = []
    for i in structure.groups:
        text, width = topology.text_of(i), topology.by_id[i]["width"] - 2 * _PADDING
        regions.append(Region(i, None, (width, text["height"] if text else 10.0)))
    return Sketch(tuple(boxes), tuple(links), tuple(regions), direction)


def flow_of(topology: Topology, ends: Iterable[tuple[str | None, str | None]]) -> Direction:
    """The way most of these connections run."""
    totals: dict[Direction, float] = {"down": 0.0, "right": 0.0, "up": 0.0, "left": 0.0}
    for source, target in ends:
        (x0, y0), (x1, y1) = (rect_of(topology.by_id[i or ""]).center for i in (source, target))
        totals["right" if x1 > x0 else "left"] += abs(x1 - x0)
        totals["down" if y1 > y0 else "up"] += abs(y1 - y0)
    return max(totals, key=lambda direction: totals[direction])
