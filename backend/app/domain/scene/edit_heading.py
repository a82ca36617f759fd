"""New words for the heading of a card or the title of an area."""

from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.sizing import PADDING, room
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.reroute import follow, untangle
from app.domain.scene.space import covers, make_room, open_space
from app.domain.scene.topology import Topology
from app.domain.scene.wording import wrapped, write_words


def refit_heading(
    edit: Editing,
    topology: Topology,
    element: dict[str, Any],
    text: dict[str, Any],
    words: str,
) -> None:
    """What is below the heading moves down with its height."""
    label = wrapped(edit, text, words, room("rectangle", rect_of(element)).width)
    more = label.height - text["height"]
    if element["id"] in topology.areas:
        if more > 0:
            _deepen(edit, topology, element, label.height)
        write_words(text, label, element)
        untangle(edit.draft, rect_of(text))
        return
    if more > 0:
        before = rect_of(element)
        place = Rect(before.x, before.y, before.width, before.height + more)
        moved = {element["id"]}
        if covers(edit, topology, element["id"], place):
            moved |= make_room(edit, topology, element["id"], place)
        element["height"] = neat(place.height)
        for part in topology.parts(element["id"]):
            edit.draft.elements[part]["y"] = neat(edit.draft.elements[part]["y"] + more)
        follow(edit.draft, moved)
    write_words(text, label, element)


def _deepen(edit: Editing, topology: Topology, area: dict[str, Any], title: float) -> None:
    """Room for a title of this height above what lies in the area, or in it if it is empty."""
    outer = rect_of(area)
    needed = outer.y + title + 2 * PADDING
    inside = [rect_of(edit.draft.elements[i]).y for i in topology.members(area["id"])]
    line = min(inside, default=outer.bottom)
    if line < needed:
        follow(edit.draft, open_space(edit, topology, "y", line, needed - line, ()))
