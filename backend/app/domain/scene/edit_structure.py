"""Edits of the graph: add, delete, connect, disconnect, insert between, notes, groups."""

from app.domain.layout.geometry import Rect, bounds
from app.domain.layout.text import block
from app.domain.planning.plan import (
    Add,
    Connect,
    Delete,
    Disconnect,
    Edge,
    GroupTogether,
    InsertBetween,
    Node,
    Note,
    Side,
)
from app.domain.scene import connectors, nodes
from app.domain.scene.editing import GAP, Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.reroute import clipped, find, follow
from app.domain.scene.topology import Topology

_AREA_PADDING = 30.0


def add(edit: Editing, operation: Add) -> bool:
    """A new node beside the one it belongs to, connected as asked."""
    start, end = edit.find(operation.connect_from), edit.find(operation.connect_to)
    near = edit.find(operation.near) if operation.near else start or end
    if near is None:
        near = next((i for i in edit.selection if i in edit.draft.elements), None)
    topology = edit.topology()
    sized = nodes.size(operation.node, edit.look, edit.tools.measure)
    area = edit.find(operation.node.group) if operation.node.group else None
    anchor = rect_of(edit.draft.elements[near]) if near else None
    taken = edit.obstacles(topology)
    if near in topology.areas and area is None:
        area = near
    place = _inside(edit, topology, area, sized.width, sized.height) if area else None
    side: Side | None = operation.side
    if place is None:
        taken += [rect for i, rect in topology.areas.items() if not _holds(rect, anchor)]
        if side is None and anchor:
            side = _onward(topology, near or "", start is not None)
        place = edit.spot(sized.width, sized.height, anchor, side, taken)
    made = edit.draw_node(operation.node, place, sized)
    if start:
        _connect(edit, start, made, operation.label)
    if end:
        _connect(edit, made, end, operation.label if not start else "")
    return True


def _holds(area: Rect, anchor: Rect | None) -> bool:
    return anchor is not None and area.contains(anchor)


def _onward(topology: Topology, near: str, forward: bool) -> Side | None:
    """The side to which the connectors around here run."""
    if not forward:
        return None
    for link in topology.connectors:
        if link.source and link.target and near in (link.source, link.target):
            (x0, y0), (x1, y1) = (
                rect_of(topology.by_id[i]).center for i in (link.source, link.target)
            )
            if abs(x1 - x0) > abs(y1 - y0):
                return "right" if x1 > x0 else "left"
            return "below" if y1 > y0 else "above"
    return "below"


def _inside(
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


def delete(edit: Editing, operation: Delete) -> bool:
    """Shapes with their text and parts, and the connectors that ended at them."""
    targets = edit.find_all(operation.targets)
    for target in targets:
        if target in edit.draft.elements:
            topology = edit.topology()
            gone = set(edit.parts(target, topology))
            for link in topology.connectors:
                if target in (link.source, link.target):
                    gone |= set(edit.parts(link.id, topology))
            _remove(edit, gone)
    return bool(targets)


def _remove(edit: Editing, gone: set[str]) -> None:
    """Takes elements out, and every reference to them."""
    for element_id in gone:
        edit.draft.remove(element_id)
    for element in edit.draft.elements.values():
        bound = element.get("boundElements") or []
        if any(entry["id"] in gone for entry in bound):
            element["boundElements"] = [entry for entry in bound if entry["id"] not in gone]
        if element.get("frameId") in gone:
            element["frameId"] = None


def connect(edit: Editing, operation: Connect) -> bool:
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    return _connect(edit, source, target, operation.label, operation.line)


def _connect(edit: Editing, source: str, target: str, label: str = "", line: str = "solid") -> bool:
    topology = edit.topology()
    if {source, target} - set(topology.shapes):
        edit.remarks.append("Only shapes can be connected.")
        return False
    if source in topology.members(target) or target in topology.members(source):
        edit.remarks.append("A shape cannot be connected with the group it lies in.")
        return False
    edge = Edge.model_validate({"source": source, "target": target, "label": label, "line": line})
    words = (
        block(label, edit.look.small, edit.tools.measure, connectors.LABEL_WIDTH)
        if label.strip()
        else None
    )
    size = (words.width + 12, words.height + 8) if words else None
    found = find(edit.draft, topology, source, target, size)
    ends = edit.draft.elements[source], edit.draft.elements[target]
    if found is not None:
        edit.draft.add(connectors.draw(found, edge, words, ends, edit.look, edit.writer))
        return True
    one, other = (rect_of(end).center for end in ends)
    if source == target:
        return False
    parts = connectors.draw_straight(
        (clipped(ends[0], other), clipped(ends[1], one)), edge, words, ends, edit.look, edit.writer
    )
    edit.draft.add(parts)
    edit.remarks.append("A connection found no clear way and runs straight.")
    return True


def disconnect(edit: Editing, operation: Disconnect) -> bool:
    """Removes what runs from source to target; if nothing does, what runs back."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    topology = edit.topology()
    between = _between(topology, source, target) or _between(topology, target, source)
    for link in between:
        _remove(edit, set(edit.parts(link, topology)))
    if not between:
        edit.remarks.append("There was no connection to remove.")
    return bool(between)


def _between(topology: Topology, source: str, target: str) -> list[str]:
    return [
        link.id for link in topology.connectors if link.source == source and link.target == target
    ]


def insert_between(edit: Editing, operation: InsertBetween) -> bool:
    """The new node takes the place of the connector; what comes after it makes room if it can."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    topology = edit.topology()
    old = _between(topology, source, target) or _between(topology, target, source)
    label = topology.label(old[0]) if old else ""
    if old and not _between(topology, source, target):
        source, target = target, source
    for link in old:
        _remove(edit, set(edit.parts(link, topology)))
    sized = nodes.size(operation.node, edit.look, edit.tools.measure)
    place = _make_room(edit, source, target, sized.width, sized.height)
    made = edit.draw_node(operation.node, place, sized)
    _connect(edit, source, made, label)
    _connect(edit, made, target)
    return True


def _make_room(edit: Editing, source: str, target: str, width: float, height: float) -> Rect:
    """A place between two shapes. If there is none, what is connected to the target and lies
    beyond it moves away, unless it would run into something; else a place beside."""
    topology = edit.topology()
    one, other = rect_of(edit.draft.elements[source]), rect_of(edit.draft.elements[target])
    (x0, y0), (x1, y1) = one.center, other.center
    middle = Rect((x0 + x1 - width) / 2, (y0 + y1 - height) / 2, width, height)
    taken = edit.obstacles(topology)
    if not any(middle.inflated(24).overlaps(rect) for rect in taken):
        return middle
    vertical = abs(y1 - y0) >= abs(x1 - x0)
    gap = (other.y - one.bottom) if vertical else (other.x - one.right)
    need = (height if vertical else width) + 2 * GAP - gap
    moved = _beyond(topology, target, source, vertical)
    shift = (0.0, need) if vertical else (need, 0.0)
    if gap < 0 or not _can_shift(edit, topology, moved, shift):
        return edit.spot(width, height, middle, None, taken)
    for i in moved:
        edit.move(i, *shift, topology)
    follow(edit.draft, set(moved))
    if vertical:
        return Rect(x1 - width / 2, one.bottom + GAP, width, height)
    return Rect(one.right + GAP, y1 - height / 2, width, height)


def _beyond(topology: Topology, target: str, source: str, vertical: bool) -> list[str]:
    """The target and all that is connected to it and not before it."""
    neighbours: dict[str, set[str]] = {}
    for link in topology.connectors:
        if link.source and link.target:
            neighbours.setdefault(link.source, set()).add(link.target)
            neighbours.setdefault(link.target, set()).add(link.source)
    axis = "y" if vertical else "x"
    line = topology.by_id[target][axis] - 1
    found, pending = {target}, [target]
    while pending:
        for i in sorted(neighbours.get(pending.pop(), ())):
            if i not in found and i != source and topology.by_id[i][axis] >= line:
                found.add(i)
                pending.append(i)
    return sorted(found)


def _can_shift(
    edit: Editing, topology: Topology, moved: list[str], shift: tuple[float, float]
) -> bool:
    inside_areas = any(topology.area_of(i) for i in moved)
    others = edit.obstacles(topology, *moved) + list(topology.areas.values())
    places = [rect_of(edit.draft.elements[i]).moved(*shift) for i in moved]
    return not inside_areas and not any(p.overlaps(rect) for p in places for rect in others)


def note(edit: Editing, operation: Note) -> bool:
    """A sticky note, beside the shape it is about."""
    near = edit.find(operation.near) if operation.near else None
    topology = edit.topology()
    node = Node(
        id=f"note:{len(edit.names)}", label=operation.text, shape="note", color=operation.color
    )
    sized = nodes.size(node, edit.look, edit.tools.measure)
    anchor = rect_of(edit.draft.elements[near]) if near else None
    taken = edit.obstacles(topology)
    taken += [rect for rect in topology.areas.values() if not _holds(rect, anchor)]
    edit.draw_node(node, edit.spot(sized.width, sized.height, anchor, None, taken), sized)
    return True


def group(edit: Editing, operation: GroupTogether) -> bool:
    """With a label: a labelled area behind the shapes. Without: they are grouped."""
    targets = [
        i for i in edit.find_all(operation.targets) if edit.draft.elements[i]["type"] != "arrow"
    ]
    if not targets:
        return False
    topology = edit.topology()
    parts = {part for target in targets for part in edit.parts(target, topology)}
    if not operation.label.strip():
        key = edit.writer.group_id("+".join(sorted(targets)))
        for part in parts:
            edit.draft.elements[part]["groupIds"] = [*edit.draft.elements[part]["groupIds"], key]
        return True
    paint = edit.look.area()
    title = block(operation.label, edit.look.small, edit.tools.measure, 300)
    inner = bounds(rect_of(edit.draft.elements[i]) for i in targets) or Rect(0, 0, 0, 0)
    others, top = edit.obstacles(topology, *targets), title.height + 8
    for padding in (_AREA_PADDING, 16.0, 8.0):  # less where the neighbours stand close
        around = inner.inflated(padding)
        width = max(around.width, title.width + 20)
        area = Rect(around.x, around.y - top, width, around.height + top)
        if not any(area.overlaps(rect) for rect in others):
            break
    else:
        edit.remarks.append("The group also surrounds shapes that were not named.")
    shape = edit.writer.shape("rectangle", area, paint)
    label = edit.writer.label(shape, title, paint.ink, vertical="top", horizontal="left")
    lowest = min(edit.draft.elements[part]["index"] for part in parts)
    edit.draft.add_below([shape, label], lowest)
    return True
