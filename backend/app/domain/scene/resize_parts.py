"""A shape brought to a place and a size, with its words and what is drawn on it."""

from app.domain.layout.geometry import Rect
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.topology import Topology

_SAME = 0.01


def fit(edit: Editing, topology: Topology, element_id: str, place: Rect) -> bool:
    """Whether anything changed."""
    element = edit.draft.elements[element_id]
    now = rect_of(element)
    dx, dy = place.x - now.x, place.y - now.y
    wider, higher = place.width - now.width, place.height - now.height
    if max(abs(dx), abs(dy), abs(wider), abs(higher)) < _SAME:
        return False
    if max(abs(dx), abs(dy)) >= _SAME:
        edit.move(element_id, dx, dy, topology)
    if max(abs(wider), abs(higher)) < _SAME:
        return True
    element |= {"width": neat(place.width), "height": neat(place.height)}
    shares = {"center": 0.5, "middle": 0.5, "right": 1.0, "bottom": 1.0}
    text = topology.text_of(element_id)
    if text and text["id"] in edit.draft.elements:
        words = edit.draft.elements[text["id"]]
        across = shares.get(words["textAlign"], 0.0)
        down = shares.get(words["verticalAlign"], 0.0)
        words |= {"x": neat(words["x"] + wider * across), "y": neat(words["y"] + higher * down)}
    for part in topology.parts(element_id):
        line = edit.draft.elements[part]
        if line["type"] == "line" and abs(line["width"] - now.width) < 1:
            (x0, y0), *_, (x1, y1) = line["points"]
            points = [[x0, y0], [neat(x1 + wider), y1]]
            line |= {"points": points, "width": neat(line["width"] + wider)}
    return True
