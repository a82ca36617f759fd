"""Opening space in a drawing: what lies beyond a line moves away, areas across it grow."""

from collections.abc import Collection
from typing import Literal

from app.domain.layout.geometry import Rect
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of
from app.domain.scene.topology import Topology

Axis = Literal["x", "y"]
NEAR, ARROW = 9.0, 34.0  # to others, and to those that a shape is connected with
_LINE = 0.5


def open_space(
    edit: Editing, topology: Topology, axis: Axis, line: float, by: float, stay: Collection[str]
) -> set[str]:
    """Moves every shape that begins beyond the line (`x` or `y` at least that) by this much, so
    that none can come to lie on another; returns what moved. Connectors do not follow yet."""
    moved: set[str] = set()
    if by <= 0:
        return moved
    size = "width" if axis == "x" else "height"
    loose = [e["id"] for e in topology.by_id.values() if e["type"] in ("line", "freedraw")]
    owned = {part for i in topology.shapes for part in topology.parts(i)}
    for i in [*topology.shapes, *(i for i in loose if i not in owned)]:
        rect = rect_of(edit.draft.elements[i])
        low = rect.x if axis == "x" else rect.y
        high = rect.right if axis == "x" else rect.bottom
        if i in stay:
            continue
        if low >= line - _LINE:
            edit.move(i, by if axis == "x" else 0.0, by if axis == "y" else 0.0, topology)
            moved.add(i)
        elif i in topology.areas and high >= line - _LINE:
            element = edit.draft.elements[i]
            element[size] = neat(element[size] + by)
            moved.add(i)
    return moved


def make_room(edit: Editing, topology: Topology, target: str, place: Rect) -> set[str]:
    """Room for a shape that grows to the right and down to `place`. In a table, its row and its
    column grow with it. Returns what moved or grew; the shape itself is left as it is."""
    before = rect_of(edit.draft.elements[target])
    touched: set[str] = set()
    axes: tuple[tuple[Axis, float, float], ...] = (
        ("x", before.right, place.width - before.width),
        ("y", before.bottom, place.height - before.height),
    )
    for axis, line, by in axes:
        if by > 0:
            mates = _mates(edit, topology, target, axis)
            touched |= open_space(edit, topology, axis, line, by, {target, *mates})
            for mate in mates:
                _grow(edit, topology, mate, axis, by)
            touched |= set(mates)
    return touched


def _mates(edit: Editing, topology: Topology, target: str, axis: Axis) -> list[str]:
    """The other cells of the shape's column (`x`) or row (`y`), if it is a cell: its sides touch
    its neighbours'."""
    rect = rect_of(edit.draft.elements[target])
    cells = {
        i: rect_of(edit.draft.elements[i])
        for i in topology.shapes
        if i != target and i not in topology.areas and topology.by_id[i]["type"] == "rectangle"
    }
    touching = [other for other in cells.values() if rect.inflated(1).overlaps(other)]
    if not touching:
        return []

    def alike(other: Rect) -> bool:
        if axis == "x":
            return abs(other.x - rect.x) < 1 and abs(other.width - rect.width) < 1
        return abs(other.y - rect.y) < 1 and abs(other.height - rect.height) < 1

    return [i for i, other in cells.items() if alike(other)]


def _grow(edit: Editing, topology: Topology, cell: str, axis: Axis, by: float) -> None:
    """A wider or higher cell, its words in the middle again."""
    size = "width" if axis == "x" else "height"
    element = edit.draft.elements[cell]
    element[size] = neat(element[size] + by)
    text = topology.text_of(cell)
    if text and text["textAlign" if axis == "x" else "verticalAlign"] in ("center", "middle"):
        words = edit.draft.elements[text["id"]]
        words[axis] = neat(words[axis] + by / 2)


def covers(edit: Editing, topology: Topology, target: str, place: Rect) -> bool:
    """Whether the shape would cover others there, or a border."""
    before = rect_of(edit.draft.elements[target])
    areas = [rect for i, rect in topology.areas.items() if i != target]
    return (
        any(place.overlaps(rect) for rect in edit.obstacles(topology, target))
        or any(place.overlaps(rect) for rect in areas if not rect.overlaps(before))
        or any(not rect.contains(place) for rect in areas if rect.contains(before))
    )


def meets(place: Rect, before: Rect, other: Rect, near: float) -> bool:
    """Whether a shape comes near another that it kept its distance from, or covers it."""
    wide = other.inflated(near)
    return place.overlaps(wide) and (place.overlaps(other) or not before.overlaps(wide))
