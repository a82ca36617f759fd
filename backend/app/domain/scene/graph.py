"""Draws a plan's graph: sizes from text, places from the layout, elements from the writer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Arrangement, Box, Link, Region, Sketch
from app.domain.layout.text import Block, block
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Graph
from app.domain.scene import connectors, nodes
from app.domain.scene.diagram import Diagram, consistent
from app.domain.scene.elements import Element, Writer
from app.domain.scene.kinds import Kind
from app.domain.scene.looks import Look
from app.domain.scene.nodes import Sized

TITLE_GAP = 40
_AREA_TITLE_WIDTH = 300


@dataclass
class GraphDrawing:
    """A drawing before it has a place: elements by plan id, and what surrounds them."""

    kind: Kind
    diagram: Diagram
    sized: dict[str, Sized]
    areas: dict[str, Block]
    labels: dict[str, Block]
    arrangement: Arrangement
    title: Block | None
    remarks: list[str] = field(default_factory=list)

    @property
    def bounds(self) -> Rect:
        """What the drawing covers, its title included."""
        inner = self.arrangement.bounds()
        if self.title is None:
            return inner
        top = self.title.height + TITLE_GAP
        width = max(inner.width, self.title.width)
        left = inner.x + (inner.width - width) / 2
        return Rect(left, inner.y - top, width, inner.height + top)

    def moved(self, dx: float, dy: float) -> "GraphDrawing":
        return GraphDrawing(
            self.kind, self.diagram, self.sized, self.areas, self.labels,
            self.arrangement.moved(dx, dy), self.title, self.remarks,
        )  # fmt: skip


def drawing_of(graph: Graph, kind: Kind, look: Look, tools: Tools) -> GraphDrawing:
    """Measures and arranges; nothing has a final place yet."""
    diagram = consistent(graph, repeats=kind.repeats)
    role = kind.roles(diagram)
    sized = {
        node.id: nodes.size(node, look, tools.measure, role=role.get(node.id), least=kind.least)
        for node in diagram.nodes
    }
    heading = look.body if kind.has_headings else look.small
    areas = {
        group.id: block(group.label or " ", heading, tools.measure, _AREA_TITLE_WIDTH)
        for group in diagram.groups
    }
    labels = {
        f"e{i}": block(edge.label, look.small, tools.measure, connectors.LABEL_WIDTH)
        for i, edge in enumerate(diagram.edges)
        if edge.label.strip()
    }
    sketch = _sketch(diagram, sized, areas, labels)
    title = block(graph.title, look.title, tools.measure, 900) if graph.title.strip() else None
    found = kind.arrange(sketch, tools.layered)
    diagram.remarks += _left_out(kind, diagram, found)
    return GraphDrawing(kind, diagram, sized, areas, labels, found, title, diagram.remarks)


def _left_out(kind: Kind, diagram: Diagram, found: Arrangement) -> list[str]:
    remarks = []
    groups = [group.label for group in diagram.groups if group.id not in found.regions]
    if groups:
        remarks.append(f"A {kind.id} cannot show these groups: {', '.join(groups[:5])}.")
    missing = sum(f"e{i}" not in found.routes for i in range(len(diagram.edges)))
    if missing and not kind.shows_order:
        remarks.append(f"{missing} connections found no way around the shapes and were left out.")
    bare = [
        edge.label
        for i, edge in enumerate(diagram.edges)
        if edge.label.strip() and (route := found.routes.get(f"e{i}")) and route.label is None
    ]
    if bare:
        remarks.append(f"There was no room for these labels: {', '.join(bare[:5])}.")
    return remarks


def _sketch(
    diagram: Diagram, sized: dict[str, Sized], areas: dict[str, Block], labels: dict[str, Block]
) -> Sketch:
    boxes = tuple(
        Box(node.id, s.width, s.height, s.outline, node.group, node.column, node.row, node.days)
        for node in diagram.nodes
        for s in (sized[node.id],)
    )
    links = []
    for i, edge in enumerate(diagram.edges):
        label = labels.get(f"e{i}")
        room = (label.width + 12, label.height + 8) if label else None
        links.append(Link(f"e{i}", edge.source, edge.target, room, edge.label))
    regions = tuple(
        Region(group.id, group.parent, _size(areas[group.id]), group.room, group.lane, group.days)
        for group in diagram.groups
    )
    return Sketch(boxes, tuple(links), regions, diagram.graph.direction)


def _size(text: Block) -> tuple[float, float]:
    return text.width, text.height


def elements(
    drawn: GraphDrawing, look: Look, writer: Writer
) -> tuple[list[Element], dict[str, str]]:
    """All elements, back to front: title, regions, rules, shapes, connectors; and the element
    id of each node and group."""
    result: list[Element] = []
    ends: dict[str, Element] = {}
    if drawn.title is not None:
        whole = drawn.bounds
        place = Rect(whole.x + (whole.width - drawn.title.width) / 2, whole.y, 0, 0)
        result.append(writer.text(place, drawn.title, look.line().ink))
    node_colors, group_colors = drawn.kind.colors(drawn.diagram, look.scheme.cycle)
    result += _areas(drawn, look, writer, ends, group_colors)
    for points, dashed in drawn.arrangement.rules:
        paint = look.line(style="dashed" if dashed else "solid")
        result.append(writer.line(points, paint))
    for key, bar in drawn.arrangement.bars.items():
        ends[key] = writer.shape(bar.outline, bar.rect, look.shape(role="marker"), bar.owner)
        result.append(ends[key])
    for node in drawn.diagram.nodes:
        sized, color = drawn.sized[node.id], node_colors[node.id]
        bare = sized.outline == "text"
        paint = look.line(color) if bare else look.shape(color, sized.role)
        parts = nodes.draw(sized, drawn.arrangement.boxes[node.id], writer, paint)
        if not drawn.kind.rounded:
            parts[0]["roundness"] = None
        ends[node.id] = parts[0]
        result += parts
    for i, edge in enumerate(drawn.diagram.edges):
        route = drawn.arrangement.routes.get(f"e{i}")
        if route is not None:
            pair = ends[route.source], ends[route.target]
            label = drawn.labels.get(f"e{i}") if route.label else None
            result += connectors.draw(route, edge, label, pair, look, writer)
    return result, {key: end["id"] for key, end in ends.items()}


def _areas(
    drawn: GraphDrawing,
    look: Look,
    writer: Writer,
    ends: dict[str, Element],
    group_colors: Mapping[str, str],
) -> list[Element]:
    """Regions, outer ones first so that inner ones lie on top."""
    parents = {group.id: group.parent for group in drawn.diagram.groups}

    def depth(key: str) -> int:
        parent = parents[key]
        return 0 if parent is None else 1 + depth(parent)

    result: list[Element] = []
    shown = [group for group in drawn.diagram.groups if group.id in drawn.arrangement.regions]
    for group in sorted(shown, key=lambda g: depth(g.id)):
        paint = look.area(group_colors[group.id], depth(group.id))
        shape = writer.shape("rectangle", drawn.arrangement.regions[group.id], paint, group.id)
        ends[group.id] = shape
        result.append(shape)
        title = drawn.areas[group.id]
        if title.text.strip():
            side = drawn.arrangement.titles.get(group.id, "left")
            result.append(writer.label(shape, title, paint.ink, vertical="top", horizontal=side))
    return result
