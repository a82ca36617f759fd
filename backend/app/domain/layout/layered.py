"""Layered layout of graphs with nested regions, by ELK; a simpler layout when ELK fails."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import hypot
from typing import Any

from app.domain.layout import titles
from app.domain.layout.even import broaden
from app.domain.layout.fallback import arrange as arrange_simply
from app.domain.layout.geometry import Point, Rect, around, crossings, simplified
from app.domain.layout.model import Arrangement, Box, Link, Region, Route, Size, Sketch
from app.domain.layout.route import label_spot
from app.domain.layout.tips import TIPPED, assign, backward
from app.domain.layout.tools import Layered, LayoutFailed

TIMEOUT_S = 12.0
TITLE_GAP = 16
_FEWEST_LINKS, _FEW_LINKS, _MANY_LINKS = 6, 60, 150
LOOP_AIR = 40  # on both sides of a loop's label together: the loop is seen beside it
_PAST_LABEL = 14  # from the label of a loop to its next corner
_DIRECTIONS = {"down": "DOWN", "up": "UP", "right": "RIGHT", "left": "LEFT"}
_OPTIONS = {
    "elk.algorithm": "layered",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.layered.cycleBreaking.strategy": "DEPTH_FIRST",
    "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.layered.edgeLabels.centerLabelPlacementStrategy": "TAIL_LAYER",
    "elk.layered.feedbackEdges": "false",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.spacing.nodeNode": "40",
    "elk.spacing.edgeNode": "26",
    "elk.spacing.edgeEdge": "12",
    "elk.spacing.edgeLabel": "4",
    "elk.spacing.nodeSelfLoop": "22",
    "elk.spacing.componentComponent": "70",
    "elk.layered.spacing.nodeNodeBetweenLayers": "44",
    "elk.layered.spacing.edgeNodeBetweenLayers": "26",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
    "elk.randomSeed": "1",
}
SPACING = {name: value for name, value in _OPTIONS.items() if ".spacing." in name}
_TIP_AT = {"NORTH": (0.5, 0.0), "SOUTH": (0.5, 1.0), "EAST": (1.0, 0.5), "WEST": (0.0, 0.5)}


def arrange(sketch: Sketch, elk: Layered, timeout_s: float = TIMEOUT_S) -> Arrangement:
    """Places without overlaps and orthogonal routes that pass through no foreign shape."""
    if not sketch.boxes and not sketch.regions:
        return Arrangement()
    try:
        found, mirrored = _clearest(sketch, elk, timeout_s)
    except LayoutFailed:
        found = arrange_simply(sketch)
        titles.place(found, sketch)
        return found
    broaden(found, sketch)
    struck = titles.place(found, sketch)
    if not struck:
        return found
    try:  # with the width of those titles kept free, and the flanks that the decisions have
        again = _read(elk.layout(_graph(sketch, struck, mirrored=mirrored), timeout_s), sketch)
    except LayoutFailed:
        return found
    return _beside_titles(sketch, struck, found, again)


def _clearest(sketch: Sketch, elk: Layered, timeout_s: float) -> tuple[Arrangement, bool]:
    """If a small graph crosses less with the decisions' other flanks, those: (layout, whether)."""
    found = _read(elk.layout(_graph(sketch), timeout_s), sketch)
    crossed = _crossings(found) if len(sketch.links) <= _FEW_LINKS else 0
    if not crossed or assign(sketch) == assign(sketch, mirrored=True):
        return found, False
    try:
        other = _read(elk.layout(_graph(sketch, mirrored=True), timeout_s), sketch)
    except LayoutFailed:
        return found, False
    return (other, True) if _crossings(other) < crossed else (found, False)


def _crossings(found: Arrangement) -> int:
    return crossings([route.points for route in found.routes.values()])


def _beside_titles(
    sketch: Sketch, struck: set[str], found: Arrangement, again: Arrangement
) -> Arrangement:
    """The second try if it has fewer titles in the way of a route; what is left is stretched."""
    broaden(again, sketch)
    still = titles.place(again, sketch)
    if len(still) < len(struck):
        found, struck = again, still
    titles.stretch(found, sketch, struck)
    return found


def _graph(
    sketch: Sketch, beside: Collection[str] = (), *, mirrored: bool = False
) -> dict[str, Any]:
    """The sketch as ELK reads it. Regions of `beside` have their title in a column of its own."""
    sides = assign(sketch, mirrored=mirrored)
    boxes = sketch.by_id
    ports: dict[tuple[str, str], str] = {}
    ends: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in sketch.links:
        for end, key in (("source", link.source), ("target", link.target)):
            if side := sides.get((link.id, end)):
                own = "" if boxes[key].outline in TIPPED else f"{end}:{link.id}:"
                ports[link.id, end] = f"p:{side}:{own}{key}"
                ends[key].append((ports[link.id, end], side))
    children: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for box in sketch.boxes:
        children[box.region].append(_node(box, ends[box.id]))
    regions = {
        region.id: _region(region, sketch, beside=region.id in beside) for region in sketch.regions
    }
    for region in sketch.regions:
        children[region.parent].append(regions[region.id])
    for key, node in regions.items():
        node["children"] = children[key]
        if not children[key]:
            node["width"], node["height"] = node["least"]
            del node["layoutOptions"]
    options = _OPTIONS | {"elk.direction": _DIRECTIONS[sketch.direction]}
    options |= _effort(len(sketch.links))
    if sketch.regions:
        options["elk.hierarchyHandling"] = "INCLUDE_CHILDREN"
    names = {box.id: f"n:{box.id}" for box in sketch.boxes}
    names |= {region.id: f"g:{region.id}" for region in sketch.regions}
    turned = _turned(sketch)
    edges = [_edge(link, ports, names, turned=link.id in turned) for link in sketch.links]
    return {"id": "root", "layoutOptions": options, "children": children[None], "edges": edges}


def _turned(sketch: Sketch) -> set[str]:
    """Links that lead back. Among regions ELK guesses another way for them than people do, and
    begins with what comes later; given the other way round, they leave it nothing to guess."""
    if not sketch.regions:
        return set()
    loops = {link.id for link in sketch.links if link.source == link.target}
    return backward(sketch) - loops


def _effort(links: int) -> dict[str, str]:
    """How hard ELK tries to avoid crossings: the time grows with it and with the links. The ways to
    draw the fewest links are so few that it finds nothing better after its own 7 tries."""
    if links <= _MANY_LINKS:
        tries = "7" if links <= _FEWEST_LINKS else "30" if links <= _FEW_LINKS else "20"
        return {"elk.layered.thoroughness": tries}
    return {
        "elk.layered.thoroughness": "1",
        "elk.layered.crossingMinimization.greedySwitch.type": "OFF",
    }


def _node(box: Box, ends: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`ends` are the ports that links need on it: (port id, side)."""
    node: dict[str, Any] = {"id": f"n:{box.id}", "width": box.width, "height": box.height}
    if not ends:
        return node
    tipped = box.outline in TIPPED
    node["layoutOptions"] = {"elk.portConstraints": "FIXED_POS" if tipped else "FIXED_SIDE"}
    node["ports"] = []
    for port, side in dict(ends).items():
        entry = {"id": port, "width": 0, "height": 0, "layoutOptions": {"elk.port.side": side}}
        if tipped:
            fx, fy = _TIP_AT[side]
            entry |= {"x": box.width * fx, "y": box.height * fy}
        node["ports"].append(entry)
    return node


def _region(region: Region, sketch: Sketch, *, beside: bool) -> dict[str, Any]:
    width, height = region.title
    left = width + 2 * TITLE_GAP if beside else 24
    least = (width + 40, height + 10 + 2 * TITLE_GAP)
    # ELK takes the least size of a region with content before it turns the drawing upright.
    turned = least if sketch.direction in ("right", "left") else least[::-1]
    return {
        "id": f"g:{region.id}",
        "layoutOptions": SPACING  # not inherited
        | {
            "elk.padding": f"[top={height + 10 + TITLE_GAP},left={left},bottom=24,right=24]",
            "elk.nodeSize.constraints": "MINIMUM_SIZE",
            "elk.nodeSize.minimum": f"({turned[0]},{turned[1]})",
        },
        "least": least,
    }


def _edge(
    link: Link, ports: Mapping[tuple[str, str], str], names: Mapping[str, str], *, turned: bool
) -> dict[str, Any]:
    """`turned`: with its ends exchanged."""
    edge: dict[str, Any] = {"id": f"e:{link.id}"}
    for end, name, key in (("source", link.source, "sources"), ("target", link.target, "targets")):
        edge[key] = [ports.get((link.id, end), names[name])]
    if turned:
        edge["sources"], edge["targets"] = edge["targets"], edge["sources"]
    if link.label:
        width, height = link.label
        loop = link.source == link.target
        width += LOOP_AIR if loop else 0
        edge["labels"] = [
            {
                "id": f"l:{link.id}",
                "text": "x",
                "width": width,
                "height": height,
                "layoutOptions": {"elk.edgeLabels.inline": str(not loop).lower()},
            }
        ]
    return edge


def _read(root: Mapping[str, Any], sketch: Sketch) -> Arrangement:
    result = Arrangement()
    _read_nodes(root, result)
    edges = {edge["id"]: edge for edge in _edges(root)}
    turned = _turned(sketch)
    for link in sketch.links:
        route = _route(link, edges[f"e:{link.id}"], turned=link.id in turned)
        if link.source == link.target and route.label and link.source in result.boxes:
            route = _through_label(route, route.label, result.boxes[link.source])
            route = _clear_label(route, link.label, result.boxes.values())
        result.routes[link.id] = route
    return result


def _through_label(route: Route, label: Point, box: Rect) -> Route:
    """A loop whose leg runs through its label, for which there is room beside the box."""
    axis = 0 if not box.x <= label[0] <= box.right else 1
    low, high = (box.x, box.right) if axis == 0 else (box.y, box.bottom)
    outside = {p[axis] for p in route.points if not low - 0.01 <= p[axis] <= high + 0.01}
    if not outside:
        return route
    leg = min(outside, key=lambda value: abs(value - label[axis]))
    points = _shifted(route.points, axis, leg, label[axis])
    other = 1 - axis
    across = [p[other] for p in points]
    if not min(across) <= label[other] <= max(across):  # beyond the corner: that moves too
        corner = min(across, key=lambda value: abs(value - label[other]))
        if corner not in (points[0][other], points[-1][other]):
            beyond = label[other] + (_PAST_LABEL if label[other] > corner else -_PAST_LABEL)
            points = _shifted(points, other, corner, beyond)
    return Route(points, route.source, route.target, label)


def _shifted(points: Sequence[Point], axis: int, old: float, new: float) -> tuple[Point, ...]:
    """The path with all that was at `old` along the axis at `new`."""
    return tuple(
        ((new, y) if axis == 0 else (x, new)) if (x, y)[axis] == old else (x, y) for x, y in points
    )


def _clear_label(route: Route, size: Size | None, boxes: Iterable[Rect]) -> Route:
    """The loop with its label on a straight where it covers no box; without, if there is none."""
    if size is None or route.label is None:
        return route
    x, y = route.label
    now = Rect(x - size[0] / 2, y - size[1] / 2, *size)
    taken = [box for box in boxes if box.overlaps(around(route.points).inflated(max(size)))]
    at_corner = any(hypot(x - px, y - py) < 1 for px, py in route.points)
    if at_corner or any(now.overlaps(box) for box in taken):
        return replace(route, label=label_spot(route.points, size, taken))
    return route


def _read_nodes(node: Mapping[str, Any], result: Arrangement) -> None:
    for child in node.get("children", ()):
        kind, _, key = child["id"].partition(":")
        rect = Rect(child["x"], child["y"], child["width"], child["height"])
        (result.boxes if kind == "n" else result.regions)[key] = rect
        _read_nodes(child, result)


def _edges(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = list(node.get("edges", ()))
    for child in node.get("children", ()):
        found += _edges(child)
    return found


def _route(link: Link, edge: Mapping[str, Any], *, turned: bool) -> Route:
    points: list[Point] = []
    for section in edge.get("sections", ()):
        bends = section.get("bendPoints", ())
        points += [(p["x"], p["y"]) for p in (section["startPoint"], *bends, section["endPoint"])]
    if len(points) < 2:
        raise LayoutFailed("an edge was left without a route")
    label = None
    for found in edge.get("labels", ()):
        label = (found["x"] + found["width"] / 2, found["y"] + found["height"] / 2)
    if turned:
        points.reverse()
    return Route(tuple(simplified(points)), link.source, link.target, label)
