"""Edits of connections: connect, disconnect, put a node between two others."""

from app.domain.layout.geometry import Rect
from app.domain.layout.text import block
from app.domain.planning.plan import Connect, Disconnect, Edge, InsertBetween
from app.domain.scene import connectors
from app.domain.scene.appearance import appearance_of, draw_like, sized_like
from app.domain.scene.edit_regular import connect_parts, insert_part
from app.domain.scene.editing import GAP, Editing, is_free
from app.domain.scene.elements import rect_of
from app.domain.scene.regular import regular_drawing_of
from app.domain.scene.reroute import clipped, find, follow
from app.domain.scene.topology import Topology

_LABEL = 30.0
_ROOM = 40.0  # around a node that is inserted, for arrows and their labels


def connect(edit: Editing, operation: Connect) -> bool:
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    regular = regular_drawing_of(edit, source, target)
    if regular and (regular.has_messages or source != target):
        return connect_parts(edit, regular, operation)
    return join(edit, source, target, operation.label, operation.line)


def join(edit: Editing, source: str, target: str, label: str = "", line: str = "solid") -> bool:
    """An arrow between two shapes, clear of the others if there is a way."""
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
        if words and found.label is None:
            edit.remarks.append(f"There was no room for these labels: {label}.")
            words = None
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
    regular = regular_drawing_of(edit, source, target)
    topology = edit.topology()
    between = _between(topology, source, target) or _between(topology, target, source)
    if regular and between:
        regular.touched = True
    for link in between:
        edit.remove(set(edit.parts(link, topology)))
    if not between:
        edit.remarks.append("There was no connection to remove.")
    return bool(between)


def _between(topology: Topology, source: str, target: str) -> list[str]:
    """Messages run between marks; these count as what they belong to."""
    return [
        link.id
        for link in topology.connectors
        if link.source
        and link.target
        and topology.owner(link.source) == source
        and topology.owner(link.target) == target
    ]


def insert_between(edit: Editing, operation: InsertBetween) -> bool:
    """The new node takes the place of the connector; what comes after it makes room if it can."""
    source, target = edit.find(operation.source), edit.find(operation.target)
    if source is None or target is None:
        return False
    regular = regular_drawing_of(edit, source, target)
    if regular and {source, target} <= set(regular.nodes):
        return insert_part(edit, regular, operation)
    topology = edit.topology()
    old = _between(topology, source, target) or _between(topology, target, source)
    label = topology.label(old[0]) if old else ""
    if old and not _between(topology, source, target):
        source, target = target, source
    for link in old:
        edit.remove(set(edit.parts(link, topology)))
    appearance = appearance_of(edit, topology, operation.node, source)
    sized = sized_like(edit, operation.node, appearance)
    place = _make_room(edit, source, target, sized.width, sized.height, _LABEL if label else 0)
    made = draw_like(edit, operation.node, place, sized, appearance)
    join(edit, source, made, label)
    join(edit, made, target)
    return True


def _make_room(
    edit: Editing, source: str, target: str, width: float, height: float, label: float
) -> Rect:
    """A place between two shapes, with room for a label before it. If there is none, what is
    connected to the target and lies beyond it moves away, unless it would run into something;
    else a place beside."""
    topology = edit.topology()
    one, other = rect_of(edit.draft.elements[source]), rect_of(edit.draft.elements[target])
    (x0, y0), (x1, y1) = one.center, other.center
    middle = Rect((x0 + x1 - width) / 2, (y0 + y1 - height) / 2, width, height)
    taken = edit.obstacles(topology) + edit.words(topology)
    wires, areas = edit.wires(topology), topology.areas.values()
    roomy = middle.inflated(_ROOM + label)
    if is_free(middle, taken, wires, areas) and not any(roomy.overlaps(rect) for rect in taken):
        return middle
    vertical = abs(y1 - y0) >= abs(x1 - x0)
    gap = (other.y - one.bottom) if vertical else (other.x - one.right)
    need = (height if vertical else width) + 2 * GAP + label - gap
    moved = _beyond(topology, target, source, vertical)
    shift = (0.0, need) if vertical else (need, 0.0)
    if gap < 0 or not _can_shift(edit, topology, moved, shift):
        return edit.spot(width, height, middle, None, topology)
    for i in moved:
        edit.move(i, *shift, topology)
    follow(edit.draft, set(moved))
    place = Rect(one.right + GAP + label, y1 - height / 2, width, height)
    if vertical:
        place = Rect(x1 - width / 2, one.bottom + GAP + label, width, height)
    topology = edit.topology()
    taken = edit.obstacles(topology) + edit.words(topology)
    if is_free(place, taken, edit.wires(topology), topology.areas.values()):
        return place
    return edit.spot(width, height, place, None, topology)


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
    return sorted(found | {member for i in found for member in topology.members(i)})


def _can_shift(
    edit: Editing, topology: Topology, moved: list[str], shift: tuple[float, float]
) -> bool:
    inside_areas = any(topology.area_of(i) for i in moved)
    others = edit.obstacles(topology, *moved) + list(topology.areas.values())
    places = [rect_of(edit.draft.elements[i]).moved(*shift) for i in moved]
    return not inside_areas and not any(p.overlaps(rect) for p in places for rect in others)
