"""What all edit operations share: the draft, names for elements, free places, moving shapes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from app.domain.layout.geometry import Point, Rect, around, bounds
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Node, Side
from app.domain.scene import nodes
from app.domain.scene.draft import Draft
from app.domain.scene.elements import Writer, neat, points_of, rect_of
from app.domain.scene.kinds import Kinds
from app.domain.scene.looks import Look, Paint
from app.domain.scene.topology import Topology

GAP = 60.0
_TIGHT = 24.0
_STEPS = 60


@dataclass
class Editing:
    """One plan being carried out on a draft. `names` maps ids of the plan's new nodes to
    elements; `start` is the middle of the first of them; `remarks` collects sentences about what
    could not be done."""

    draft: Draft
    look: Look
    writer: Writer
    tools: Tools
    aliases: Mapping[str, str]
    selection: Sequence[str]
    kinds: Kinds
    names: dict[str, str] = field(default_factory=dict)
    start: Point | None = None
    remarks: list[str] = field(default_factory=list)
    regular_drawings: dict[str, Any] = field(default_factory=dict)

    def topology(self) -> Topology:
        """The draft as it is now."""
        return Topology(self.draft.elements.values())

    def find(self, ref: str | None) -> str | None:
        """The element meant by an alias, an id of this plan, an element id or a label. A
        part or a bound text stands for its shape. Unknown: None, with a remark."""
        if ref is None:
            return None
        topology = self.topology()
        for known in (self.names.get(ref), self.aliases.get(ref), ref):
            if known in self.draft.elements:
                container = self.draft.elements[known].get("containerId")
                return container if container in self.draft.elements else known
        wanted = _folded(ref)
        pool = [*topology.shapes, *(c.id for c in topology.connectors)]
        exact = [i for i in pool if _folded(topology.label(i)) == wanted]
        if not exact:
            exact = [i for i in pool if wanted and wanted in _folded(topology.label(i))]
            exact = exact if len(exact) == 1 else []
        if exact:
            return exact[0]
        # A name that planners were given means nothing to people.
        what = "shape that was meant" if ref in self.aliases else f'"{ref}"'
        self.remarks.append(f"There is no {what} on the canvas.")
        return None

    def find_all(self, refs: Iterable[str]) -> list[str]:
        found = (self.find(ref) for ref in refs)
        return list(dict.fromkeys(i for i in found if i is not None))

    def shapes_or_selection(self, refs: Sequence[str]) -> list[str]:
        """The shapes named; none named: the selected ones, else all. Areas are left out."""
        topology = self.topology()
        if refs:
            ids = self.find_all(refs)
        else:
            chosen = set(self.selection)
            chosen |= {
                str(self.draft.elements[i].get("containerId"))
                for i in chosen & self.draft.elements.keys()
            }
            ids = [i for i in topology.shapes if i in chosen] or list(topology.shapes)
        expanded: list[str] = []
        for i in ids:
            expanded += topology.members(i) if i in topology.areas else [i]
        shapes = set(topology.shapes) - topology.areas.keys()
        return [i for i in dict.fromkeys(expanded) if i in shapes]

    def move(self, element_id: str, dx: float, dy: float, topology: Topology) -> None:
        """Moves a shape with its text and what is grouped with it. Connectors do not follow
        until `reroute.follow`."""
        for part in self.parts(element_id, topology):
            element = self.draft.elements[part]
            element |= {"x": neat(element["x"] + dx), "y": neat(element["y"] + dy)}

    def parts(self, element_id: str, topology: Topology) -> list[str]:
        """The shape, its text, and what is drawn on it."""
        text = topology.text_of(element_id)
        own = [element_id, *topology.parts(element_id)]
        return [i for i in own + ([text["id"]] if text else []) if i in self.draft.elements]

    def obstacles(self, topology: Topology, *without: str) -> list[Rect]:
        return [
            rect_of(self.draft.elements[i])
            for i in topology.shapes
            if i not in without and i not in topology.areas
        ]

    def words(self, topology: Topology, *without: str) -> list[Rect]:
        """Titles of areas and labels of connectors, but those of `without` and what ends there."""
        texts = [topology.text_of(i) for i in topology.titles if i not in without]
        texts += [
            topology.text_of(link.id)
            for link in topology.connectors
            if not {link.source, link.target} & set(without)
        ]
        found = (self.draft.elements.get(text["id"]) for text in texts if text)
        return [rect_of(element) for element in found if element]

    def wires(self, topology: Topology, *without: str) -> list[Rect]:
        """The pieces of all connectors as thin rectangles, but of those that end at `without`."""
        return [
            around(piece).inflated(1)
            for link in topology.connectors
            if not {link.source, link.target} & set(without)
            for piece in pairwise(points_of(self.draft.elements[link.id]))
        ]

    def spot(
        self,
        width: float,
        height: float,
        anchor: Rect | None,
        side: Side | None,
        topology: Topology,
        *without: str,
    ) -> Rect:
        """A free place of this size beside the anchor: at the side if one is given, else where
        it is nearest; further away as long as shapes, connectors or an area's border are in the
        way. `without` are shapes that do not count."""
        taken = self.obstacles(topology, *without)
        taken += self.words(topology, *without)
        wires = self.wires(topology, *without)
        areas = [rect for i, rect in topology.areas.items() if i not in without]
        if anchor is None:
            whole = bounds([*taken, *areas])
            if whole is None:
                return Rect(0, 0, width, height)
            anchor, side = whole, side or "right"
        sides: Sequence[Side] = (side,) if side else ("right", "below", "left", "above")
        for step in range(_STEPS):
            for one in sides:
                place = beside(anchor, width, height, one, GAP + step * 40)
                if is_free(place, taken, wires, areas):
                    return place
        return beside(bounds([anchor, *taken, *areas]) or anchor, width, height, sides[0], GAP)

    def remove(self, gone: Collection[str]) -> None:
        """Takes elements out, and every reference to them."""
        for element_id in gone:
            self.draft.remove(element_id)
        for regular in self.regular_drawings.values():
            if regular is not None:
                regular.forget(gone)
        for element in self.draft.elements.values():
            bound = element.get("boundElements") or []
            if any(entry["id"] in gone for entry in bound):
                element["boundElements"] = [entry for entry in bound if entry["id"] not in gone]
            if element.get("frameId") in gone:
                element["frameId"] = None

    def draw_node(
        self,
        node: Node,
        place: Rect,
        sized: nodes.Sized,
        paint: Paint | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> str:
        """Draws a new node and remembers its id; returns its element's id. `properties` are the
        element's own (see `appearance`)."""
        bare = sized.outline == "text"
        if bare or paint is None:
            paint = self.look.line(node.color) if bare else self.look.shape(node.color, sized.role)
            properties = None
        parts = nodes.draw(sized, place, self.writer, paint)
        own = dict(properties or {})
        parts[0] |= own
        if "roughness" in own:
            for part in parts:
                part["roughness"] = own["roughness"]
        self.draft.add(parts)
        self.names[node.id] = parts[0]["id"]
        return str(parts[0]["id"])


def is_free(
    place: Rect, taken: Iterable[Rect], wires: Iterable[Rect], areas: Iterable[Rect] = ()
) -> bool:
    """Whether a shape there keeps clear of shapes and connectors, and on one side of borders."""
    close, wide = place.inflated(_TIGHT / 3), place.inflated(_TIGHT)
    return not (
        any(wide.overlaps(rect) for rect in taken)
        or any(close.overlaps(rect) for rect in wires)
        or any(close.overlaps(rect) and not rect.contains(close) for rect in areas)
    )


def beside(anchor: Rect, width: float, height: float, side: Side, gap: float) -> Rect:
    """A rectangle of this size at one side of the anchor, centred on it."""
    x, y = anchor.center[0] - width / 2, anchor.center[1] - height / 2
    if side == "right":
        x = anchor.right + gap
    elif side == "left":
        x = anchor.x - gap - width
    elif side == "below":
        y = anchor.bottom + gap
    else:
        y = anchor.y - gap - height
    return Rect(round(x), round(y), width, height)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
