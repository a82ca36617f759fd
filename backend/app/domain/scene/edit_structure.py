"""Edits of what there is: add, delete, notes, groups."""

from app.domain.layout import titles
from app.domain.layout.geometry import Rect, bounds
from app.domain.layout.text import Block, block
from app.domain.planning.plan import Add, AddGroup, Delete, GroupTogether, Node, Note, Side
from app.domain.scene import edit_regular
from app.domain.scene.appearance import appearance_of, draw_like, peer, sized_like
from app.domain.scene.edit_inside import room_inside
from app.domain.scene.edit_links import join
from app.domain.scene.edit_regular import add_part
from app.domain.scene.edit_relayout import gather
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.regular import RegularDrawing, regular_drawing_of
from app.domain.scene.reroute import labels, untangle
from app.domain.scene.siblings import attach, hang
from app.domain.scene.topology import Topology

_AREA_PADDING, _AREA_AIR = 30.0, 8.0  # to what lies in it, and to what does not


def add(edit: Editing, operation: Add) -> bool:
    """A new node beside the one it belongs to, connected as asked."""
    start, end = edit.find(operation.connect_from), edit.find(operation.connect_to)
    near = edit.find(operation.near) if operation.near else start or end
    if near is None:
        near = next((i for i in edit.selection if i in edit.draft.elements), None)
    regular = regular_drawing_of(edit, near, start, end) if near or start or end else None
    if regular and not _is_aside(operation, regular):
        return add_part(edit, regular, operation)
    topology = edit.topology()
    model = peer(edit, topology, start) if start and near == start else near
    appearance = appearance_of(edit, topology, operation.node, model)
    sized = sized_like(edit, operation.node, appearance)
    area = edit.find(operation.node.group) if operation.node.group else None
    alone = not (end or area or operation.label) and operation.side in (None, "right", "below")
    hung = hang(edit, start, sized.width, sized.height) if start and alone else None
    if hung:
        attach(edit, hung[1], draw_like(edit, operation.node, hung[0], sized, appearance))
        return True
    anchor = rect_of(edit.draft.elements[near]) if near else None
    if near in topology.areas and area is None:
        area = near
    place = room_inside(edit, topology, area, sized.width, sized.height) if area else None
    side: Side | None = operation.side
    if place is None:
        if side is None and anchor:
            side = _onward(topology, near or "", start is not None)
        place = edit.spot(sized.width, sized.height, anchor, side, topology)
    made = draw_like(edit, operation.node, place, sized, appearance)
    if start:
        join(edit, start, made, operation.label)
    if end:
        join(edit, made, end, operation.label if not start else "")
    return True


def _is_aside(operation: Add, regular: RegularDrawing) -> bool:
    """A text beside a drawing is none of its parts."""
    loose = not (operation.connect_from or operation.connect_to)
    return operation.node.shape == "text" and loose and bool(regular.nodes)


def add_group(edit: Editing, operation: AddGroup) -> bool:
    """A group beside another one of its drawing."""
    near = edit.find(operation.near)
    regular = regular_drawing_of(edit, near) if near else None
    if regular is None or not regular.groups:
        edit.remarks.append(f'"{operation.group.label}" cannot be added to a drawing like this.')
        return False
    return edit_regular.add_group(edit, operation, regular)


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


def delete(edit: Editing, operation: Delete) -> bool:
    """Shapes with their text and parts, and the connectors that ended at them."""
    targets = edit.find_all(operation.targets)
    unnamed: list[str] = []
    for target in targets:
        if target in edit.draft.elements:
            regular = regular_drawing_of(edit, target)
            topology = edit.topology()
            gone = set(edit.parts(target, topology))
            if regular:
                regular.touched = True
                inside = [i for i, area in regular.group_of.items() if area == target]
                gone |= {part for i in inside for part in edit.parts(i, topology)}
                unnamed += [topology.label(i) for i in inside if i not in targets]
            marks = {i: owner for i in topology.shapes if (owner := topology.owner(i)) in gone}
            gone |= marks.keys()
            for link in topology.connectors:
                if gone & {link.source, link.target}:
                    gone |= set(edit.parts(link.id, topology))
            edit.remove(gone)
    if unnamed:
        names = ", ".join(f'"{label}"' for label in unnamed)
        edit.remarks.append(f"Deleted along with it: {names}.")
    return bool(targets)


def note(edit: Editing, operation: Note) -> bool:
    """A sticky note, beside the shape it is about."""
    near = edit.find(operation.near) if operation.near else None
    topology = edit.topology()
    node = Node(
        id=f"note:{len(edit.names)}", label=operation.text, shape="note", color=operation.color
    )
    appearance = appearance_of(edit, topology, node, near)
    sized = sized_like(edit, node, appearance)
    anchor = rect_of(edit.draft.elements[near]) if near else None
    place = edit.spot(sized.width, sized.height, anchor, None, topology)
    draw_like(edit, node, place, sized, appearance)
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
    title = block(operation.label, edit.look.small, edit.tools.measure, 300)
    area = _area(edit, topology, targets, title)
    if area is None and gather(edit, targets, _AREA_PADDING + title.height):
        topology = edit.topology()
        area = _area(edit, topology, targets, title)
    if area is None:
        edit.remarks.append("The shapes stand too far apart for a group around them.")
        return False
    _surround(edit, area, title, parts)
    return True


def _area(edit: Editing, topology: Topology, targets: list[str], title: Block) -> Rect | None:
    """A rectangle around the shapes and nothing else, with room for its title; less room where
    the neighbours stand close."""
    inner = bounds(rect_of(edit.draft.elements[i]) for i in targets) or Rect(0, 0, 0, 0)
    inside = {member for i in targets for member in topology.members(i)}
    others = edit.obstacles(topology, *targets, *inside)
    areas = [rect for i, rect in topology.areas.items() if i not in targets and i not in inside]
    top = title.height + 8
    for air in (_AREA_AIR, 0.0):
        for padding in (_AREA_PADDING, 16.0, 8.0):
            around = inner.inflated(padding)
            width = max(around.width, title.width + 20)
            area = Rect(around.x, around.y - top, width, around.height + top)
            wide = area.inflated(air)
            if not any(wide.overlaps(rect) for rect in others) and not any(
                wide.overlaps(rect) and not rect.contains(area, 0) for rect in areas
            ):
                return area
    return None


def _surround(edit: Editing, area: Rect, title: Block, parts: set[str]) -> None:
    """Draws the area behind the shapes, its title where no connector runs."""
    topology = edit.topology()
    wires = edit.wires(topology) + labels(edit.draft, topology)
    paint = edit.look.area()
    shape = edit.writer.shape("rectangle", area, paint)
    side = next(
        (
            side
            for side in titles.SIDES
            if not any(
                titles.rect(area, (title.width, title.height), side).overlaps(wire)
                for wire in wires
            )
        ),
        "left",
    )
    label = edit.writer.label(shape, title, paint.ink, vertical="top", horizontal=side)
    lowest = min(edit.draft.elements[part]["index"] for part in parts)
    edit.draft.add_below([shape, label], lowest)
    untangle(edit.draft, rect_of(label))
