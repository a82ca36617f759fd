"""The canvas in words for a planner: shapes, labels and, always, who is connected to whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.layout.geometry import Rect, bounds
from app.domain.planning.request import SceneContext, SceneEdge, SceneNode
from app.domain.scene.appearance import is_note
from app.domain.scene.elements import rect_of
from app.domain.scene.kinds import Kinds
from app.domain.scene.palette import nearest_hue
from app.domain.scene.place import Viewport
from app.domain.scene.regular import drawings
from app.domain.scene.topology import Topology, in_reading_order

MAX_NODES = 200
MAX_EDGES = 400
MAX_LABEL = 200


def describe(
    elements: Sequence[Mapping[str, Any]],
    selection: Collection[str] = (),
    viewport: Viewport | None = None,
    kinds: Kinds | None = None,
) -> tuple[SceneContext, dict[str, str]]:
    """(context, element id by alias). What is selected comes first, then what is in view; what
    does not fit is counted. Selecting a label or a part counts as selecting its shape. With
    `kinds`, drawings from before kinds were stored are recognised."""
    topology = Topology(e for e in elements if not e.get("isDeleted"))
    ids = in_reading_order([i for i in topology.shapes if not _is_marker(i, topology)], topology)
    chosen = _selected(selection, topology)
    view = viewport.rect if viewport else None
    visible = {i for i in ids if view is None or view.overlaps(rect_of(topology.by_id[i]))}
    ranked = sorted(ids, key=lambda i: (i not in chosen, i not in visible))
    shown = ranked[:MAX_NODES]
    alias = {element_id: f"n{k}" for k, element_id in enumerate(shown, 1)}
    marks = drawings(topology, shown, kinds)
    nodes = tuple(
        replace(_node(i, alias, topology, marks), selected=i in chosen, visible=i in visible)
        for i in shown
    )
    nodes = _placed(nodes, [rect_of(topology.by_id[i]) for i in shown])
    edges, edge_alias, dropped = _edges(alias, topology, chosen)
    hidden = len(ranked) - len(shown)
    context = SceneContext(nodes, edges, hidden, hidden > 0 or dropped)
    return context, {name: i for i, name in (alias | edge_alias).items()}


def _selected(selection: Collection[str], topology: Topology) -> set[str]:
    chosen = {i for i in selection if i in topology.by_id}
    chosen |= {str(topology.by_id[i].get("containerId")) for i in chosen}
    owners = {part: i for i in topology.shapes for part in topology.parts(i)}
    return chosen | {owners[i] for i in chosen if i in owners}


def _is_marker(element_id: str, topology: Topology) -> bool:
    """A small shape without words that belongs to a node: an activation, a milestone's dot."""
    return topology.owner(element_id) != element_id


def _node(
    element_id: str,
    alias: Mapping[str, str],
    topology: Topology,
    marks: Mapping[str, tuple[str, str]],
) -> SceneNode:
    element = topology.by_id[element_id]
    area = topology.area_of(element_id)
    shape = "group" if element_id in topology.areas else element["type"]
    fill = nearest_hue(element["backgroundColor"])
    color = fill if fill != "default" else nearest_hue(element["strokeColor"])
    label = topology.label(element_id)[:MAX_LABEL]
    group = alias.get(area) if area else None
    kind, drawing = marks.get(element_id, ("", ""))
    return SceneNode(
        alias[element_id], label, shape, color, group,
        rows=topology.rows(element_id), kind=kind, drawing=drawing,
        note=is_note(topology.by_id[element_id], topology),
    )  # fmt: skip


def _placed(nodes: Sequence[SceneNode], rects: Sequence[Rect]) -> tuple[SceneNode, ...]:
    """The nodes with the ninth of the drawing in which each lies, if they lie in several."""
    whole = bounds(rects)
    if whole is None or len(nodes) < 2:
        return tuple(nodes)
    places = [_ninth(rect, whole) for rect in rects]
    return tuple(replace(node, place=place) for node, place in zip(nodes, places, strict=True))


def _ninth(rect: Rect, whole: Rect) -> str:
    x, y = rect.center
    column = _third(x, whole.x, whole.width, ("left", "", "right"))
    row = _third(y, whole.y, whole.height, ("top", "", "bottom"))
    return " ".join(part for part in (row, column) if part) or "center"


def _third(value: float, start: float, size: float, names: tuple[str, str, str]) -> str:
    return names[min(2, max(0, int(3 * (value - start) / size)))] if size > 0 else ""


def _edges(
    alias: Mapping[str, str], topology: Topology, chosen: set[str]
) -> tuple[tuple[SceneEdge, ...], dict[str, str], bool]:
    edges: list[SceneEdge] = []
    names: dict[str, str] = {}
    dropped = False
    for connector in topology.connectors:
        source, target = (
            alias.get(topology.owner(end)) if end else None
            for end in (connector.source, connector.target)
        )
        if (connector.source and not source) or (connector.target and not target):
            dropped = True
            continue
        if len(edges) == MAX_EDGES:
            return tuple(edges), names, True
        name = names[connector.id] = f"e{len(edges) + 1}"
        picked = connector.id in chosen
        edges.append(SceneEdge(name, source, target, connector.label[:MAX_LABEL], picked))
    return tuple(edges), names, dropped
