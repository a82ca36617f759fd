"""Edits of what a drawing says whose layout follows from that: a part in its turn, a message
between others, a card in another column. Places come afterwards (`lay_out_again`)."""

from collections.abc import Sequence

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Route
from app.domain.layout.text import Font, block
from app.domain.planning.plan import Add, AddGroup, Connect, Edge, InsertBetween, Node, Side
from app.domain.scene import connectors, nodes
from app.domain.scene.appearance import appearance_of, peer
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.looks import Paint
from app.domain.scene.palette import nearest_hue
from app.domain.scene.regular import BEFORE, RegularDrawing
from app.domain.scene.topology import Topology

_TITLE = 300


def add_part(edit: Editing, regular: RegularDrawing, operation: Add) -> bool:
    """A new node in its turn: in the group asked for, after (or before) its neighbour."""
    start, end = edit.find(operation.connect_from), edit.find(operation.connect_to)
    near = edit.find(operation.near) if operation.near else None
    area = edit.find(operation.node.group) if operation.node.group else None
    area = area or (near if near in regular.groups else regular.group_of.get(near or ""))
    siblings = _children(edit, regular, start) if start else _cards(regular, area)
    behind = near if near in regular.nodes and near != start else None
    behind = behind or (siblings[-1] if siblings else start)
    model = behind or (regular.nodes[-1] if regular.nodes else None)
    model = peer(edit, edit.topology(), start) if start else model
    made = _draw(edit, regular, operation.node, model if model in regular.nodes else None, area)
    regular.put(regular.nodes, made, behind, before=operation.side in BEFORE)
    if area:
        regular.group_of[made] = area
    if start:
        _link(edit, regular, start, made, operation.label)
    if end:
        _link(edit, regular, made, end, operation.label if not start else "")
    return True


def _children(edit: Editing, regular: RegularDrawing, parent: str) -> list[str]:
    found = {link.target for link in edit.topology().connectors if link.source == parent}
    return [i for i in regular.nodes if i in found]


def _cards(regular: RegularDrawing, area: str | None) -> list[str]:
    return [i for i in regular.nodes if area and regular.group_of.get(i) == area]


def _draw(
    edit: Editing, regular: RegularDrawing, node: Node, model: str | None, area: str | None
) -> str:
    """Anywhere for now; it belongs to the drawing, and looks like what stands beside it."""
    topology = edit.topology()
    appearance = appearance_of(edit, topology, node, model)
    if appearance is None:
        sized = nodes.size(node, edit.look, edit.tools.measure, least=regular.kind.least)
    else:
        sized = appearance.size(edit, node)
    beside = rect_of(edit.draft.elements[model or area or next(iter(regular.structure.parts))])
    place = Rect(beside.x, beside.y, sized.width, sized.height)
    paint = appearance.paint if appearance else None
    if (
        appearance
        and area
        and regular.group_of.get(model or "") != area
        and node.color == "default"
    ):
        paint = _paint_of_group(edit, area, appearance.paint)
    made = edit.draw_node(node, place, sized, paint, appearance.properties if appearance else None)
    _stamp(edit, regular, made)
    return made


def _paint_of_group(edit: Editing, area: str, paint: Paint) -> Paint:
    """A card in the colors of its group, which has none yet to look like."""
    hue = nearest_hue(edit.draft.elements[area]["strokeColor"])
    wanted = edit.look.shape(hue, "card")
    if hue == "default" or paint.background == "transparent":
        return paint
    return Paint(
        wanted.stroke, paint.background, paint.ink, paint.fill_style, paint.stroke_style,
        paint.stroke_width,
    )  # fmt: skip


def _stamp(edit: Editing, regular: RegularDrawing, made: str) -> None:
    topology = edit.topology()
    mark = {"kind": regular.kind.id, "drawing": regular.structure.drawing}
    for part in edit.parts(made, topology):
        edit.draft.elements[part]["customData"] |= mark
    regular.new.add(made)


def _link(
    edit: Editing,
    regular: RegularDrawing,
    source: str,
    target: str,
    label: str = "",
    line: str = "solid",
) -> str:
    """A connection like the others of the drawing; it gets its way afterwards."""
    topology = edit.topology()
    known = [i for i in regular.links if i in edit.draft.elements and i not in regular.new]
    edge = Edge.model_validate({"source": source, "target": target, "label": label, "line": line})
    model = edit.draft.elements[known[-1]] if known else None
    words = topology.text_of(known[-1]) if known else None
    for other in reversed(known):
        words = words or topology.text_of(other)
    font = Font(words["fontFamily"], words["fontSize"]) if words else edit.look.small
    text = block(label, font, edit.tools.measure, connectors.LABEL_WIDTH) if label.strip() else None
    ends = edit.draft.elements[source], edit.draft.elements[target]
    (x0, y0), (x1, y1) = rect_of(ends[0]).center, rect_of(ends[1]).center
    path = Route(((x0, y0), (x0, y1), (x1, y1)), source, target, ((x0 + x1) / 2, y1))
    parts = connectors.draw(path, edge, text, ends, edit.look, edit.writer)
    if model:
        names = ("strokeColor", "strokeWidth", "roughness", "startArrowhead", "endArrowhead")
        parts[0] |= {name: model[name] for name in names}
        if words and len(parts) > 1:
            parts[1] |= {"strokeColor": words["strokeColor"], "roughness": words["roughness"]}
    edit.draft.add(parts)
    for part in parts:
        part["customData"] |= {"kind": regular.kind.id, "drawing": regular.structure.drawing}
    made = str(parts[0]["id"])
    regular.put(regular.links, made, None)
    regular.new.add(made)
    return made


def connect_parts(edit: Editing, regular: RegularDrawing, operation: Connect) -> bool:
    """A connection; as a message, in its turn among the others."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    made = _link(edit, regular, source, target, operation.label, operation.line)
    near = edit.find(operation.after or operation.before or None)
    if near in regular.links:
        regular.put(regular.links, made, near, before=operation.after is None)
    return True


def insert_part(edit: Editing, regular: RegularDrawing, operation: InsertBetween) -> bool:
    """Between neighbours of a row, or in the place of the connection between two."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    area = regular.group_of.get(source)
    turned = regular.nodes.index(source) > regular.nodes.index(target)
    made = _draw(edit, regular, operation.node, source, area)
    if area:
        regular.group_of[made] = area
    regular.put(regular.nodes, made, source, before=turned)
    topology = edit.topology()
    old = [
        link
        for link in topology.connectors
        if {link.source, link.target} == {source, target} and link.id in regular.links
    ]
    if not regular.has_messages and old:
        label = old[0].label
        start, end = old[0].source or source, old[0].target or target
        for link in old:
            edit.remove(set(edit.parts(link.id, topology)))
        _link(edit, regular, start, made, label)
        _link(edit, regular, made, end)
    return True


def move_parts(
    regular: RegularDrawing, targets: Sequence[str], anchor: str, side: Side | str
) -> bool:
    """Into another group, or beside another part."""
    movable = [i for i in targets if i in regular.nodes or i in regular.groups]
    if anchor in regular.groups and side != "inside" and set(movable) & set(regular.nodes):
        if side in ("left", "right"):
            return False  # a card is no column
        side = "inside"  # under a heading
    before = side in BEFORE
    for i in movable if before else reversed(movable):
        if i in regular.groups:
            regular.put(regular.groups, i, anchor, before=before)
            continue
        if side == "inside":
            continue
        regular.put(regular.nodes, i, anchor, before=before)
        if anchor in regular.group_of:
            regular.group_of[i] = regular.group_of[anchor]
    if side == "inside":
        for i in movable:
            if regular.group_of.get(i) != anchor:
                regular.put(regular.nodes, i, None)
                regular.group_of[i] = anchor
    return bool(movable)


def add_group(edit: Editing, operation: AddGroup, regular: RegularDrawing) -> bool:
    """A column, a period, a quadrant: like its neighbour, in its turn."""
    near = edit.find(operation.near) if operation.near else None
    model = near if near in regular.groups else regular.groups[-1]
    element = edit.draft.elements[model]
    topology = edit.topology()
    words = topology.text_of(model)
    font = Font(words["fontFamily"], words["fontSize"]) if words else edit.look.body
    title = block(operation.group.label or " ", font, edit.tools.measure, _TITLE)
    paint = _group_paint(edit, regular, operation, topology)
    rect = rect_of(element)
    shape = edit.writer.shape("rectangle", rect, paint, operation.group.id)
    label = edit.writer.label(shape, title, paint.ink, vertical="top", horizontal="left")
    for part in (shape, label):
        part["customData"] |= {"kind": regular.kind.id, "drawing": regular.structure.drawing}
        part["roughness"] = element["roughness"]
    shape |= {"roundness": element.get("roundness"), "opacity": element["opacity"]}
    edit.draft.add_below([shape, label], _lowest(edit, regular))
    edit.names[operation.group.id] = shape["id"]
    regular.put(regular.groups, shape["id"], near, before=operation.side in BEFORE)
    regular.new.add(shape["id"])
    return True


def _lowest(edit: Editing, regular: RegularDrawing) -> str:
    parts = [edit.draft.elements[i] for i in (*regular.groups, *regular.nodes)]
    return str(min(part["index"] for part in parts if part.get("index")))


def _group_paint(
    edit: Editing, regular: RegularDrawing, operation: AddGroup, topology: Topology
) -> Paint:
    """As the others; where each has its own color, the next one of the scheme."""
    old = [edit.draft.elements[i] for i in regular.groups]
    hues = [nearest_hue(one["strokeColor"]) for one in old]
    words = topology.text_of(regular.groups[-1])
    ink = words["strokeColor"] if words else edit.look.area().ink
    last = old[-1]
    stroke, background = last["strokeColor"], last["backgroundColor"]
    hue: str = operation.group.color
    if hue == "default" and len(set(hues)) > 1:
        cycle = edit.look.scheme.cycle
        hue = next((one for one in cycle if one not in hues), cycle[len(old) % len(cycle)])
    if hue != "default":
        wanted = edit.look.area(hue)
        stroke, ink = wanted.stroke, wanted.ink
        background = "transparent" if background == "transparent" else wanted.background
    return Paint(
        stroke, background, ink, last["fillStyle"], last["strokeStyle"], last["strokeWidth"]
    )
