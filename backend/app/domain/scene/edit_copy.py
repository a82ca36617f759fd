"""Copies of what is there, with new ids and everything else the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.layout.geometry import Rect, bounds
from app.domain.planning.plan import MAX_NODES, Duplicate, SetText
from app.domain.scene.edit_inside import room_inside
from app.domain.scene.edit_links import join
from app.domain.scene.edit_text import set_text
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.topology import Topology

_MOST = 4 * MAX_NODES  # new elements of one plan


def duplicate(edit: Editing, operation: Duplicate) -> bool:
    """The copies stand to each other as the originals do."""
    topology = edit.topology()
    named = [i for i in edit.find_all(operation.targets) if i in topology.shapes]
    inside = [member for i in named for member in topology.members(i)]
    shapes = list(dict.fromkeys([*named, *inside]))
    parts = _parts(edit, topology, shapes)
    if not parts:
        edit.remarks.append("Only shapes can be copied.")
        return False
    if len(edit.draft.new()) + len(parts) > _MOST:
        edit.remarks.append("One job may not make so many copies.")
        return False
    block = bounds(rect_of(edit.draft.elements[i]) for i in parts) or Rect(0, 0, 0, 0)
    place = _place(edit, topology, operation, shapes, block)
    names = _copy(edit, parts, place.x - block.x, place.y - block.y)
    edit.names |= dict(zip(operation.ids, (names[i] for i in named), strict=False))
    if operation.connected:
        _connect(edit, topology, names)
    if operation.label.strip() and len(named) == 1:
        set_text(edit, SetText(target=names[named[0]], text=operation.label))
    return True


def _parts(edit: Editing, topology: Topology, shapes: Sequence[str]) -> list[str]:
    """Ids of all that is copied, lowest first: shapes, what is on them, what connects them."""
    found = {part for i in shapes for part in edit.parts(i, topology)}
    for link in topology.connectors:
        if {link.source, link.target} <= set(shapes):
            found |= set(edit.parts(link.id, topology))
    elements = edit.draft.elements
    return sorted(found, key=lambda i: (elements[i].get("index") or "", i))


def _place(
    edit: Editing, topology: Topology, operation: Duplicate, shapes: Sequence[str], block: Rect
) -> Rect:
    """Below the last card of its column, else beside the originals."""
    area = topology.area_of(shapes[0]) if len(shapes) == 1 else None
    if area and operation.side is None:
        place = room_inside(edit, topology, area, block.width, block.height)
        if place:
            return place
    return edit.spot(block.width, block.height, block, operation.side, topology)


def _copy(edit: Editing, parts: Sequence[str], dx: float, dy: float) -> dict[str, str]:
    """Draws the copies, this far away, above everything; ids of copies by their originals'."""
    copies = {i: edit.writer.copy(edit.draft.elements[i]) for i in parts}
    names = {i: str(copy["id"]) for i, copy in copies.items()}
    for copy in copies.values():
        copy |= {"x": neat(copy["x"] + dx), "y": neat(copy["y"] + dy)}
        copy["groupIds"] = [
            edit.writer.group_id(f"{names[parts[0]]}:{group}") for group in copy["groupIds"]
        ]
        copy["boundElements"] = [
            {**entry, "id": names[entry["id"]]}
            for entry in copy.get("boundElements") or []
            if entry["id"] in names
        ]
        if copy.get("containerId"):
            copy["containerId"] = names.get(copy["containerId"])
        for end in ("startBinding", "endBinding"):
            if copy.get(end):
                copy[end] = {**copy[end], "elementId": names[copy[end]["elementId"]]}
        copy["frameId"] = _frame(edit, copy, names)
    edit.draft.add(list(copies.values()))
    return names


def _frame(edit: Editing, copy: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """The copied frame, or the original's if the copy lies in it."""
    frame = copy.get("frameId")
    if frame not in edit.draft.elements:
        return None
    if frame in names:
        return names[frame]
    return frame if rect_of(edit.draft.elements[frame]).contains(rect_of(copy)) else None


def _connect(edit: Editing, topology: Topology, names: Mapping[str, str]) -> None:
    """Connects the copies with what their originals are connected with."""
    for link in topology.connectors:
        if link.source and link.target and (link.source in names) != (link.target in names):
            ends = names.get(link.source, link.source), names.get(link.target, link.target)
            line = str(edit.draft.elements[link.id]["strokeStyle"])
            join(edit, *ends, link.label, line)
