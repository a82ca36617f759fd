"""New lines below the heading of a card: the columns of an entity, the details of a task."""

from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.text import Font, block
from app.domain.scene import nodes
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.regular import regular_drawing_of
from app.domain.scene.reroute import follow
from app.domain.scene.resize_parts import fit
from app.domain.scene.space import covers, make_room

_WIDEST = 300


def set_rows(edit: Editing, target: str, rows: list[str]) -> bool:
    """The card is as high as its lines need; what stands below makes room."""
    topology = edit.topology()
    element = edit.draft.elements[target]
    regular = regular_drawing_of(edit, target)
    lines = next((p for p in topology.parts(target) if topology.by_id[p]["type"] == "text"), None)
    heading = topology.text_of(target)
    if heading is None or element["type"] != "rectangle":
        return False
    if lines is None:
        lines = _first_lines(edit, element, edit.draft.elements[heading["id"]])
        topology = edit.topology()
    text = edit.draft.elements[lines]
    font = Font(text["fontFamily"], text["fontSize"])
    words = block("\n".join(row.strip() or " " for row in rows), font, edit.tools.measure, _WIDEST)
    now = rect_of(element)
    height = text["y"] - now.y + words.height + nodes.ROW_AIR
    wide = max(now.width, words.width + 2 * (nodes.ROW_AIR + 5))
    place = Rect(now.x, now.y, wide, max(height, 40.0))
    moved = {target}
    if regular is None and covers(edit, topology, target, place):
        moved |= make_room(edit, topology, target, place)
    fit(edit, topology, target, place)
    text |= {"text": words.text, "originalText": words.source, "autoResize": True}
    text |= {"width": neat(words.width), "height": neat(words.height)}
    if regular:
        regular.touched = True
    else:
        follow(edit.draft, moved)
    return True


def _first_lines(edit: Editing, element: dict[str, Any], heading: dict[str, Any]) -> str:
    """A plain box becomes a card: its words go to the top, a rule comes below them."""
    rect = rect_of(element)
    key = edit.writer.group_id(f"rows:{element['id']}")
    heading |= {"verticalAlign": "top", "y": neat(rect.y + nodes.HEAD_AIR)}
    font = Font(heading["fontFamily"], min(heading["fontSize"], 16))
    parts = nodes.rows_below(element, heading, edit.writer, font)
    for part in (element, heading, *parts):
        part["groupIds"] = [*part["groupIds"], key]
    for part in parts:
        part["customData"] |= element.get("customData") or {}
        part["roughness"] = element["roughness"]
    edit.draft.add(parts)
    return str(parts[1]["id"])
