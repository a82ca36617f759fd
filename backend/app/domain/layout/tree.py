"""Tidy trees: parents centred over children, subtrees as close as their outlines allow.

A node that only has leaves below it may stack them in a column beside a spine; wide trees
(organisation charts) do so.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from app.domain.layout.geometry import Point, Rect, simplified
from app.domain.layout.links import route_links
from app.domain.layout.model import Arrangement, Box, Link, Route, Sketch
from app.domain.layout.tips import TIPPED
from app.domain.planning.plan import Direction

GAP, LEVEL_GAP, TREE_GAP = 40.0, 64.0, 70.0
_SPINE, _INDENT, _STACK_GAP = 20.0, 34.0, 20.0
_STEP = 24.0  # to the side: less than that is no step
_WIDE = 2.2  # wider than this times its height, a tree stacks its leaves
_LEAVES = 3


@dataclass
class Twig:
    """A node with its subtree. `x` is relative to its parent's centre until placed."""

    box: Box
    link: Link | None = None
    children: list["Twig"] = field(default_factory=list)
    x: float = 0.0
    stacked: bool = False

    @property
    def reach(self) -> float:
        """Room needed across, the label of the link above it included."""
        return max(self.box.width, self.link.label[0] if self.link and self.link.label else 0)


def arrange(sketch: Sketch) -> Arrangement:
    """Links that are not part of the tree (second parents, cycles) are routed around it."""
    across = sketch.direction in ("right", "left")
    trees, extra = forest(sketch)
    result = Arrangement()
    y = 0.0
    for root in trees:
        part = grow(root, sketch.direction)
        area = part.bounds()
        part = part.moved(-area.x, y - area.y) if across else part.moved(y - area.x, -area.y)
        y += (area.height if across else area.width) + TREE_GAP
        result.boxes |= part.boxes
        result.routes |= part.routes
    route_links(result, sketch, extra)
    return result


def forest(sketch: Sketch) -> tuple[list[Twig], list[Link]]:
    """Roots in the given order, and the links that the trees do not contain. A node belongs to
    the first that points to it, unless that would close a cycle."""
    parent: dict[str, str] = {}
    twigs = {box.id: Twig(box) for box in sketch.boxes}
    extra = []
    for link in sketch.links:
        source, target = twigs.get(link.source), twigs.get(link.target)
        fits = link.target not in parent and not _leads(link.source, link.target, parent)
        if source and target and fits:
            parent[link.target] = link.source
            target.link = link
            source.children.append(target)
        else:
            extra.append(link)
    return [twig for key, twig in twigs.items() if key not in parent], extra


def _leads(node: str, ancestor: str, parent: dict[str, str]) -> bool:
    while node != ancestor and node in parent:
        node = parent[node]
    return node == ancestor


def grow(root: Twig, direction: Direction) -> Arrangement:
    """One tree, in any direction; routes run from parent to child."""
    if direction in ("right", "left"):
        result = _turned(_grow_down(_transposed(root), stack=False))
        return result if direction == "right" else _flipped(result, horizontal=True)
    result = _grow_down(root, stack=False)
    area = result.bounds()
    if area.width > _WIDE * max(area.height, 200):
        result = _grow_down(root, stack=True)
    return result if direction == "down" else _flipped(result, horizontal=False)


def _grow_down(root: Twig, *, stack: bool) -> Arrangement:
    levels: dict[int, float] = defaultdict(float)
    labels: dict[int, float] = defaultdict(float)
    _measure(root, 0, levels, labels, stack)
    _spread(root, len(levels) + 1)
    tops, y = {}, 0.0
    for level in sorted(levels):
        y += labels[level]
        tops[level] = y
        y += levels[level] + LEVEL_GAP
    result = Arrangement()
    _place(root, 0, 0.0, tops, labels, result)
    return result


def _measure(
    twig: Twig, level: int, levels: dict[int, float], labels: dict[int, float], stack: bool
) -> None:
    pending = [(twig, level)]
    while pending:
        node, at = pending.pop()
        levels[at] = max(levels[at], node.box.height)
        if node.link and node.link.label:
            labels[at] = max(labels[at], node.link.label[1])
        node.stacked = (
            stack
            and len(node.children) >= _LEAVES
            and not any(child.children for child in node.children)
            and not any(child.link and child.link.label for child in node.children)
        )
        if not node.stacked:
            pending += [(child, at + 1) for child in node.children]


Contour = list[tuple[float, float]]  # left and right edge by level, relative to a node's centre


def _spread(root: Twig, depth: int) -> None:
    """Sets every node's `x` bottom up, without recursion: trees may be long chains."""
    order, pending = [], [root]
    while pending:
        node = pending.pop()
        order.append(node)
        pending += [] if node.stacked else node.children
    contours: dict[int, Contour] = {}
    for node in reversed(order):
        contours[id(node)] = _contour(node, contours, depth)


def _contour(node: Twig, contours: dict[int, Contour], depth: int) -> Contour:
    half = node.reach / 2
    if node.stacked:
        left = -node.box.width / 2
        right = left + _INDENT + _SPINE + max(child.box.width for child in node.children)
        return [(-half, half)] + [(left, max(right, half))] * depth
    if not node.children:
        return [(-half, half)]
    merged: Contour = []
    for child in node.children:
        own = contours.pop(id(child))
        child.x = max(
            (right - left + GAP for (_, right), (left, _) in zip(merged, own, strict=False)),
            default=0.0,
        )
        moved = [(left + child.x, right + child.x) for left, right in own]
        shared = [(a[0], b[1]) for a, b in zip(merged, moved, strict=False)]
        merged = shared + merged[len(shared) :] + moved[len(shared) :]
    middle = (node.children[0].x + node.children[-1].x) / 2
    for child in node.children:
        child.x -= middle
    return [(-half, half), *((left - middle, right - middle) for left, right in merged)]


def _place(
    root: Twig,
    level: int,
    x: float,
    tops: dict[int, float],
    labels: dict[int, float],
    result: Arrangement,
) -> None:
    pending = [(root, level, x)]
    while pending:
        node, at, center = pending.pop()
        rect = Rect(center - node.box.width / 2, tops[at], node.box.width, node.box.height)
        result.boxes[node.box.id] = rect
        if node.stacked:
            _place_stack(node, rect, tops[at + 1] if at + 1 in tops else rect.bottom + 40, result)
            continue
        for child in node.children:
            here = center + child.x
            bus = tops[at + 1] - labels[at + 1] - LEVEL_GAP / 2
            down = center if _nearly_below(child.box, here - center) else here
            points = [(center, rect.bottom), (center, bus), (down, bus), (down, tops[at + 1])]
            _add_route(node, child, points, (down, (bus + tops[at + 1]) / 2), result)
            pending.append((child, at + 1, here))


def _nearly_below(box: Box, offset: float) -> bool:
    """Whether a straight arrow looks better than one with a small step: it ends off the middle."""
    return box.outline not in TIPPED and abs(offset) <= min(_STEP, box.width / 2 - _SPINE)


def _place_stack(node: Twig, rect: Rect, below: float, result: Arrangement) -> None:
    y = min(below, rect.bottom + LEVEL_GAP)
    y = max(y, rect.bottom + _STACK_GAP)
    spine = rect.x + _SPINE
    for child in node.children:
        place = Rect(spine + _INDENT, y, child.box.width, child.box.height)
        result.boxes[child.box.id] = place
        middle = place.center[1]
        points = [(spine, rect.bottom), (spine, middle), (place.x, middle)]
        _add_route(node, child, points, None, result)
        y = place.bottom + _STACK_GAP


def _add_route(
    node: Twig, child: Twig, points: list[Point], label: Point | None, result: Arrangement
) -> None:
    if child.link is None:
        return
    label = label if child.link.label else None
    path = tuple(simplified(points))
    result.routes[child.link.id] = Route(path, node.box.id, child.box.id, label)


def _transposed(root: Twig) -> Twig:
    """The tree with width and height of everything exchanged."""
    link = root.link
    if link and link.label:
        link = replace(link, label=(link.label[1], link.label[0]))
    box = replace(root.box, width=root.box.height, height=root.box.width)
    return Twig(box, link, [_transposed(child) for child in root.children])


def _turned(result: Arrangement) -> Arrangement:
    def turn(point: Point) -> Point:
        return point[1], point[0]

    boxes = {k: Rect(r.y, r.x, r.height, r.width) for k, r in result.boxes.items()}
    routes = {
        k: Route(tuple(map(turn, r.points)), r.source, r.target, r.label and turn(r.label))
        for k, r in result.routes.items()
    }
    return Arrangement(boxes, routes)


def _flipped(result: Arrangement, *, horizontal: bool) -> Arrangement:
    def flip(point: Point) -> Point:
        return (-point[0], point[1]) if horizontal else (point[0], -point[1])

    boxes = {
        k: Rect(-r.right, r.y, r.width, r.height)
        if horizontal
        else Rect(r.x, -r.bottom, r.width, r.height)
        for k, r in result.boxes.items()
    }
    routes = {
        k: Route(tuple(map(flip, r.points)), r.source, r.target, r.label and flip(r.label))
        for k, r in result.routes.items()
    }
    return Arrangement(boxes, routes)
