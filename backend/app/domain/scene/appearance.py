"""What new parts take over from those that are there: font, lines, fill, corners, size."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.text import Font
from app.domain.planning.plan import Node
from app.domain.scene import nodes
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.looks import Look, Paint
from app.domain.scene.palette import ink_on, nearest_hue, rgb
from app.domain.scene.topology import OUTLINES, Topology

_DRAWN = ("roughness", "opacity")
_NOTE_SIDES, _NOTE_HEIGHT = 1.8, 80.0  # a sticky note is hardly longer than high


@dataclass(frozen=True)
class Appearance:
    """How a new shape is drawn; `properties` are those of the element itself."""

    look: Look
    font: Font
    paint: Paint
    least: tuple[float, float]
    properties: Mapping[str, Any]

    def size(self, edit: Editing, node: Node) -> nodes.Sized:
        return nodes.size(node, self.look, edit.tools.measure, least=self.least, font=self.font)


def appearance_of(
    edit: Editing, topology: Topology, node: Node, near: str | None
) -> Appearance | None:
    """After the neighbour, or another of the same outline; None on an empty canvas."""
    model = _model(edit, topology, node, near)
    if model is None:
        return None
    element = edit.draft.elements[model]
    text = _words(topology, model)
    font = Font(text["fontFamily"], text["fontSize"]) if text else edit.look.body
    outline = node.shape if node.shape in OUTLINES else "rectangle"
    same = element["type"] == outline and is_note(element, topology) == (node.shape == "note")
    paint = _paint(edit, node, element, text, same=same)
    properties = {name: element[name] for name in _DRAWN if name in element}
    if same:
        properties["roundness"] = element.get("roundness")
    elif outline == "rectangle" and element["type"] == "rectangle":
        properties["roundness"] = None if node.shape == "note" else element.get("roundness")
    least = (element["width"], element["height"]) if same and not node.rows else (120.0, 60.0)
    least = least if near or same else (120.0, 60.0)
    look = replace(edit.look, family=font.family, roughness=element.get("roughness", 0))
    return Appearance(look, font, paint, _bounded(least, node), properties)


def _bounded(least: tuple[float, float], node: Node) -> tuple[float, float]:
    if node.shape == "note":
        return min(least[0], 240.0), min(least[1], 240.0)
    return min(least[0], 400.0), min(least[1], 240.0)


def _paint(
    edit: Editing,
    node: Node,
    element: Mapping[str, Any],
    text: Mapping[str, Any] | None,
    *,
    same: bool,
) -> Paint:
    background, stroke = str(element["backgroundColor"]), str(element["strokeColor"])
    plain = node.color == "default" and (same or node.shape != "note")
    if not plain:
        role = "note" if node.shape == "note" else "step"
        wanted = edit.look.shape("yellow" if node.color == "default" else node.color, role)
        stroke = wanted.stroke
        if background != "transparent" or role == "note":
            background = wanted.background
    ink = str(text["strokeColor"]) if text and plain else ink_on(rgb(background))
    return Paint(
        stroke, background, ink, str(element["fillStyle"]) if plain else "solid",
        str(element["strokeStyle"]), element["strokeWidth"],
    )  # fmt: skip


def _words(topology: Topology, element_id: str) -> Mapping[str, Any] | None:
    text = topology.text_of(element_id)
    if text is None:
        texts = (topology.by_id[i] for i in topology.parts(element_id))
        text = next((e for e in texts if e["type"] == "text"), None)
    return text


def is_note(element: Mapping[str, Any], topology: Topology) -> bool:
    """A yellow rectangle that is hardly longer than high."""
    return (
        element["type"] == "rectangle"
        and nearest_hue(element["backgroundColor"]) == "yellow"
        and element["height"] >= _NOTE_HEIGHT
        and element["width"] <= _NOTE_SIDES * element["height"]
        and not topology.parts(element["id"])
    )


def _model(edit: Editing, topology: Topology, node: Node, near: str | None) -> str | None:
    """The neighbour if it is of this outline; else what is nearest and is; else the neighbour."""
    outline = node.shape if node.shape in OUTLINES else "rectangle"
    shapes = [
        i
        for i in topology.shapes
        if topology.by_id[i]["type"] in OUTLINES
        and i not in topology.areas
        and topology.owner(i) == i
        and topology.label(i)
        and not edit.draft.is_new(i)
    ]
    if not shapes:
        return None
    at = rect_of(edit.draft.elements[near]).center if near else None

    def rank(i: str) -> tuple[bool, bool, float]:
        element = topology.by_id[i]
        x, y = rect_of(element).center
        far = abs(x - at[0]) + abs(y - at[1]) if at else 0.0
        other = element["type"] != outline or is_note(element, topology) != (node.shape == "note")
        return other, i != near, far

    return min(shapes, key=rank)


def sized_like(edit: Editing, node: Node, appearance: Appearance | None) -> nodes.Sized:
    if appearance is None or node.shape == "text":
        return nodes.size(node, edit.look, edit.tools.measure)
    return appearance.size(edit, node)


def draw_like(
    edit: Editing, node: Node, place: Rect, sized: nodes.Sized, appearance: Appearance | None
) -> str:
    if appearance is None:
        return edit.draw_node(node, place, sized)
    return edit.draw_node(node, place, sized, appearance.paint, appearance.properties)


def peer(edit: Editing, topology: Topology, parent: str) -> str:
    """Whom a new child looks like: its siblings, else the children of its parent's siblings, else
    its parent."""
    below: dict[str, list[str]] = {}
    above: dict[str, str] = {}
    for link in topology.connectors:
        if link.source and link.target:
            below.setdefault(link.source, []).append(link.target)
            above.setdefault(link.target, link.source)
    cousins = [i for uncle in below.get(above.get(parent, ""), []) for i in below.get(uncle, [])]
    old = (i for i in [*below.get(parent, []), *cousins] if not edit.draft.is_new(i))
    return next((i for i in old if topology.by_id[i]["type"] in OUTLINES), parent)
