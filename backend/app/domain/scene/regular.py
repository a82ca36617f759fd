"""Drawings whose layout follows from what they say, while a plan edits them.

An edit changes what such a drawing says: its parts, their order, what is in what. Where things
then go, `lay_out_again` asks the kind's own layout.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.layout.geometry import Point, Rect
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.planning.plan import Direction, Side
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.kinds import Kind, Kinds
from app.domain.scene.structure import (
    Structure,
    flow_of,
    mark_of,
    read_structure,
    sketch_of,
    structure_of,
)
from app.domain.scene.topology import Topology

_CLOSE = 2.0
_MOST_IN_PLACE = 0.5  # of the shapes, for a drawing that people have moved parts of
BEFORE: tuple[Side, ...] = ("left", "above")


class _NoEngine(Exception):
    """A layout asked for the engine for graphs: its drawing does not follow from what it says."""


class _Refusing:
    def layout(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        raise _NoEngine(graph, timeout_s)


@dataclass
class RegularDrawing:
    """One drawing: as it was found, and the order of its parts as the plan changes it.
    `group_of` is the group of each node."""

    structure: Structure
    kind: Kind
    direction: Direction
    before: Arrangement
    offset: Point
    places: dict[str, Rect]
    nodes: list[str]
    groups: list[str]
    links: list[str]
    group_of: dict[str, str]
    touched: bool = False
    new: set[str] = field(default_factory=set)

    @property
    def has_messages(self) -> bool:
        """Whether connections run between life lines, in order of time."""
        return self.kind.repeats

    def forget(self, gone: Collection[str]) -> None:
        """What was deleted stands beside nothing any more."""
        for order in (self.nodes, self.groups, self.links):
            order[:] = [i for i in order if i not in gone]
        for i in [i for i, area in self.group_of.items() if i in gone or area in gone]:
            del self.group_of[i]

    def put(self, order: list[str], part: str, near: str | None, *, before: bool = False) -> None:
        """A part to its turn: before or after another, else at the end."""
        if part in order:
            order.remove(part)
        at = order.index(near) + (not before) if near in order else len(order)
        order.insert(at, part)
        self.touched = True


def regular_drawing_of(edit: Editing, *elements: str | None) -> RegularDrawing | None:
    """The drawing that all of these belong to, if its layout follows from what it says."""
    found = {
        id(regular): regular
        for i in elements
        if i is not None
        for regular in [_regular_drawing(edit, i)]
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _regular_drawing(edit: Editing, element_id: str) -> RegularDrawing | None:
    known_drawings: dict[str, RegularDrawing | None] = edit.regular_drawings
    for known in known_drawings.values():
        if known and element_id in {*known.nodes, *known.groups, *known.links}:
            return known
    if edit.draft.is_new(element_id) or element_id not in edit.draft.elements:
        return None
    topology = edit.topology()
    structure = structure_of(topology, element_id) or recognised(topology, element_id, edit.kinds)
    if structure is None or element_id not in {*structure.parts, *(k[0] for k in structure.links)}:
        return None
    if structure.drawing not in known_drawings:
        known_drawings[structure.drawing] = opened(
            structure, topology, edit.kinds, edit.tools.layered
        )
    return known_drawings[structure.drawing]


def opened(
    structure: Structure,
    topology: Topology,
    kinds: Kinds,
    engine: Layered,
    share: float = _MOST_IN_PLACE,
) -> RegularDrawing | None:
    """The drawing, if its kind's layout makes at least this share of it as it stands."""
    if structure.kind not in kinds or not kinds[structure.kind].regular:
        return None
    kind = kinds[structure.kind]
    direction = kind.direction
    if structure.links and not kind.repeats:
        direction = flow_of(topology, [link[1:] for link in structure.links])
    sketch: Sketch = sketch_of(structure, topology, direction)
    before = kind.arrange(sketch, engine)
    parts = [*structure.nodes, *structure.groups]
    laid = before.boxes | before.regions
    if not laid.keys() >= set(parts):
        return None
    places = {i: rect_of(topology.by_id[i]) for i in parts}
    offset, fitting = _offset([(laid[i], places[i]) for i in parts])
    if fitting < share * len(parts) or len(before.bars) != len(structure.marks):
        return None
    return RegularDrawing(
        structure, kind, direction, before, offset, places, list(structure.nodes),
        list(structure.groups), [link[0] for link in structure.links], dict(structure.group_of),
    )  # fmt: skip


def _offset(pairs: Sequence[tuple[Rect, Rect]]) -> tuple[Point, int]:
    """Where most of the laid out shapes are found, and how many these are."""
    apart = [(now.x - laid.x, now.y - laid.y) for laid, now in pairs]
    votes = Counter((round(x), round(y)) for x, y in apart)
    most, _ = votes.most_common(1)[0]
    near = [(x, y) for x, y in apart if abs(x - most[0]) <= _CLOSE and abs(y - most[1]) <= _CLOSE]
    return near[0], len(near)


def recognised(topology: Topology, element_id: str, kinds: Kinds) -> Structure | None:
    """A drawing from before kinds were stored: the kind that would lay out all that the same job
    drew just as it stands."""
    mark = mark_of(topology.by_id[element_id])
    job = mark.get("job")
    if not job or "kind" in mark:
        return None
    own = [i for i, e in topology.by_id.items() if mark_of(e).get("job") == job]
    for kind in kinds:
        found = read_structure(topology, own, kind.id, str(job)) if kind.regular else None
        if found and len(found.parts) > 1 and _is_drawn_so(found, topology, kinds):
            return found
    return None


def _is_drawn_so(structure: Structure, topology: Topology, kinds: Kinds) -> bool:
    try:
        regular = opened(structure, topology, kinds, _Refusing(), 1.0)
    except _NoEngine:
        return False
    if regular is None:
        return False
    return len(regular.before.rules) == len(structure.rules)


def drawings(
    topology: Topology, shapes: Iterable[str], kinds: Kinds | None
) -> dict[str, tuple[str, str]]:
    """The kind and the name of the drawing that each of the shapes is a part of."""
    found: dict[str, tuple[str, str]] = {}
    jobs: dict[str, Structure | None] = {}
    for i in shapes:
        mark = mark_of(topology.by_id[i])
        if "drawing" not in mark and (area := topology.area_of(i)):
            mark = mark_of(topology.by_id[area])
        if "kind" in mark and "drawing" in mark:
            found[i] = str(mark["kind"]), str(mark["drawing"])
        elif kinds is not None and (job := mark.get("job")):
            if job not in jobs:
                jobs[job] = recognised(topology, i, kinds)
            structure = jobs[job]
            if structure and i in structure.parts:
                found[i] = structure.kind, structure.drawing
    return found
