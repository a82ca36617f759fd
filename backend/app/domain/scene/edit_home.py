"""Edits of what a drawing says whose layout follows from that: a part in its turn, a message
between others, a card in another column. Places come afterwards (`resettle`)."""

from collections.abc import Sequence

from app.domain.layout.geometry import Rect
from app.domain.layout.model import Route
from app.domain.layout.text import Font, block
from app.domain.planning.plan import Add, AddGroup, Connect, Edge, InsertBetween, Node, Side
from app.domain.scene import connectors, nodes
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.homes import BEFORE, Home
from app.domain.scene.likeness import like, peer
from app.domain.scene.looks import Paint
from app.domain.scene.palette import nearest_hue
from app.domain.scene.topology import Topology

_TITLE = 300


def add_part(edit: Editing, home: Home, operation: Add) -> bool:
    """A new node in its turn: in the group asked for, after (or before) its neighbour."""
    start, end = edit.find(operation.connect_from), edit.find(operation.connect_to)
    near = edit.find(operation.near) if operation.near else None
    area = edit.find(operation.node.group) if operation.node.group else None
    area = area or (near if near in home.groups else home.homes.get(near or ""))
    siblings = _children(edit, home, start) if start else _cards(home, area)
    behind = near if near in home.nodes and near != start else None
    behind = behind or (siblings[-1] if siblings else start)
    model = behind or (home.nodes[-1] if home.nodes else None)
    model = peer(edit, edit.topology(), start) if start else model
    made = _draw(edit, home, operation.node, model if model in home.nodes else None, area)
    home.put(home.nodes, made, behind, before=operation.side in BEFORE)
    if area:
        home.homes[made] = area
    if start:
        _link(edit, home, start, made, operation.label)
    if end:
        _link(edit, home, made, end, operation.label if not start else "")
    return True


def _children(edit: Editing, home: Home, parent: str) -> list[str]:
    found = {link.target for link in edit.topology().connectors if link.source == parent}
    return [i for i in home.nodes if i in found]


def _cards(home: Home, area: str | None) -> list[str]:
    return [i for i in home.nodes if area and home.homes.get(i) == area]


def _draw(edit: Editing, home: Home, node: Node, model: str | None, area: str | None) -> str:
    """Anywhere for now; it belongs to the drawing, and looks like what stands beside it."""
    topology = edit.topology()
    likeness = like(edit, topology, node, model)
    if likeness is None:
        sized = nodes.size(node, edit.look, edit.tools.measure, least=home.kind.least)
    else:
        sized = likeness.size(edit, node)
    beside = rect_of(edit.draft.elements[model or area or next(iter(home.structure.parts))])
    place = Rect(beside.x, beside.y, sized.width, sized.height)
    paint = likeness.paint if likeness else None
    if likeness and area and home.homes.get(model or "") != area and node.color == "default":
        paint = _paint_of_group(edit, area, likeness.paint)
    made = edit.draw_node(node, place, sized, paint, likeness.properties if likeness else None)
    _stamp(edit, home, made)
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


def _stamp(edit: Editing, home: Home, made: str) -> None:
    topology = edit.topology()
    mark = {"kind": home.kind.id, "drawing": home.structure.drawing}
    for part in edit.parts(made, topology):
        edit.draft.elements[part]["customData"] |= mark
    home.new.add(made)


def _link(
    edit: Editing, home: Home, source: str, target: str, label: str = "", line: str = "solid"
) -> str:
    """A connection like the others of the drawing; it gets its way afterwards."""
    topology = edit.topology()
    known = [i for i in home.links if i in edit.draft.elements and i not in home.new]
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
        part["customData"] |= {"kind": home.kind.id, "drawing": home.structure.drawing}
    made = str(parts[0]["id"])
    home.put(home.links, made, None)
    home.new.add(made)
    return made


def connect_parts(edit: Editing, home: Home, operation: Connect) -> bool:
    """A connection; as a message, in its turn among the others."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    made = _link(edit, home, source, target, operation.label, operation.line)
    near = edit.find(operation.after or operation.before or None)
    if near in home.links:
        home.put(home.links, made, near, before=operation.after is None)
    return True


def insert_part(edit: Editing, home: Home, operation: InsertBetween) -> bool:
    """Between neighbours of a row, or in the place of the connection between two."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    area = home.homes.get(source)
    turned = home.nodes.index(source) > home.nodes.index(target)
    made = _draw(edit, home, operation.node, source, area)
    if area:
        home.homes[made] = area
    home.put(home.nodes, made, source, before=turned)
    topology = edit.topology()
    old = [
        link
        for link in topology.connectors
        if {link.source, link.target} == {source, target} and link.id in home.links
    ]
    if not home.has_messages and old:
        label = old[0].label
        start, end = old[0].source or source, old[0].target or target
        for link in old:
            edit.remove(set(edit.parts(link.id, topology)))
        _link(edit, home, start, made, label)
        _link(edit, home, made, end)
    return True


def move_parts(home: Home, targets: Sequence[str], anchor: str, side: Side | str) -> bool:
    """Into another group, or beside another part."""
    movable = [i for i in targets if i in home.nodes or i in home.groups]
    if anchor in home.groups and side != "inside" and set(movable) & set(home.nodes):
        if side in ("left", "right"):
            return False  # a card is no column
        side = "inside"  # under a heading
    before = side in BEFORE
    for i in movable if before else reversed(movable):
        if i in home.groups:
            home.put(home.groups, i, anchor, before=before)
            continue
        if side == "inside":
            continue
        home.put(home.nodes, i, anchor, before=before)
        if anchor in home.homes:
            home.homes[i] = home.homes[anchor]
    if side == "inside":
        for i in movable:
            if home.homes.get(i) != anchor:
                home.put(home.nodes, i, None)
                home.homes[i] = anchor
    return bool(movable)


def add_group(edit: Editing, operation: AddGroup, home: Home) -> bool:
    """A column, a period, a quadrant: like its neighbour, in its turn."""
    near = edit.find(operation.near) if operation.near else None
    model = near if near in home.groups else home.groups[-1]
    element = edit.draft.elements[model]
    topology = edit.topology()
    words = topology.text_of(model)
    font = Font(words["fontFamily"], words["fontSize"]) if words else edit.look.body
    title = block(operation.group.label or " ", font, edit.tools.measure, _TITLE)
    paint = _group_paint(edit, home, operation, topology)
    rect = rect_of(element)
    shape = edit.writer.shape("rectangle", rect, paint, operation.group.id)
    label = edit.writer.label(shape, title, paint.ink, vertical="top", horizontal="left")
    for part in (shape, label):
        part["customData"] |= {"kind": home.kind.id, "drawing": home.structure.drawing}
        part["roughness"] = element["roughness"]
    shape |= {"roundness": element.get("roundness"), "opacity": element["opacity"]}
    edit.draft.add_below([shape, label], _lowest(edit, home))
    edit.names[operation.group.id] = shape["id"]
    home.put(home.groups, shape["id"], near, before=operation.side in BEFORE)
    home.new.add(shape["id"])
    return True


def _lowest(edit: Editing, home: Home) -> str:
    parts = [edit.draft.elements[i] for i in (*home.groups, *home.nodes)]
    return str(min(part["index"] for part in parts if part.get("index")))


def _group_paint(edit: Editing, home: Home, operation: AddGroup, topology: Topology) -> Paint:
    """As the others; where each has its own color, the next one of the scheme."""
    old = [edit.draft.elements[i] for i in home.groups]
    hues = [nearest_hue(one["strokeColor"]) for one in old]
    words = topology.text_of(home.groups[-1])
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
