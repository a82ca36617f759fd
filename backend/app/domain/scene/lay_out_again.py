"""Lays a drawing out again after an edit: each part goes as far as its kind's layout moves it, so
that what people have moved stays where they put it, beside the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain.layout.geometry import Point, Rect, around, bounds
from app.domain.layout.model import Arrangement
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.lay_out_again_lines import lay_links, lay_marks, lay_rules
from app.domain.scene.regular import RegularDrawing
from app.domain.scene.resize_parts import fit
from app.domain.scene.structure import Structure, mark_of, sketch_of
from app.domain.scene.topology import Topology

_NEAR = 4.0  # a part that is this far from its place was moved by somebody
_AIR = 12.0


def lay_out_changed(edit: Editing) -> None:
    """Every drawing that the plan has changed and whose layout follows from what it says."""
    for regular in edit.regular_drawings.values():
        if regular is not None and regular.touched:
            lay_out_again(edit, regular)


def lay_out_again(edit: Editing, regular: RegularDrawing, *, keep: bool = True) -> None:
    """Without `keep`, what people have moved goes where the layout has it."""
    topology = edit.topology()
    now = _as_changed(regular, topology)
    if not now.parts:
        return
    after = regular.kind.arrange(sketch_of(now, topology, regular.direction), edit.tools.layered)
    after = after.moved(*_least_moving(regular, after))
    places = _places(regular, after, now) if keep else _shifted(regular, after, now, keep=False)
    lines = _pieces(after.moved(*regular.offset))
    dx, dy = _clear_of_others(edit, topology, regular, now, places, lines)
    places = {i: rect.moved(dx, dy) for i, rect in places.items()}
    offset = regular.offset[0] + dx, regular.offset[1] + dy
    for i, rect in places.items():
        fit(edit, topology, i, rect)
    if (dx, dy) != (0.0, 0.0):
        _move_title(edit, topology, regular, (dx, dy))
    before = regular.before.moved(*regular.offset)
    after = after.moved(*offset)
    lay_rules(edit, now, before, after)
    marks = lay_marks(edit, now, after)
    lay_links(edit, regular, now, before, after, marks)


def _as_changed(regular: RegularDrawing, topology: Topology) -> Structure:
    """What the drawing says now; the order of its parts is the plan's."""
    nodes = [i for i in regular.nodes if i in topology.by_id]
    groups = [i for i in regular.groups if i in topology.by_id]
    known = {*nodes, *groups}
    marks = {i: o for i, o in regular.structure.marks.items() if i in topology.by_id}
    ends = {link.id: (link.source, link.target) for link in topology.connectors}
    links = []
    for arrow in regular.links:
        source, target = (marks.get(end or "", end) for end in ends.get(arrow, (None, None)))
        if source in known and target in known:
            links.append((arrow, str(source), str(target)))
    if not regular.has_messages:
        rank = {i: k for k, i in enumerate([*nodes, *groups])}
        links.sort(key=lambda link: (rank[link[1]], rank[link[2]]))
    group_of = {i: area for i, area in regular.group_of.items() if i in known and area in known}
    rules = tuple(i for i in regular.structure.rules if i in topology.by_id)
    return replace(
        regular.structure, nodes=tuple(nodes), groups=tuple(groups), links=tuple(links),
        group_of=group_of, marks=marks, rules=rules,
    )  # fmt: skip


def _least_moving(regular: RegularDrawing, after: Arrangement) -> Point:
    """The shift of the new layout with which most of the old parts stay where they are."""
    old, new = regular.before.boxes | regular.before.regions, after.boxes | after.regions
    votes = Counter(
        (round(old[i].x - new[i].x, 1), round(old[i].y - new[i].y, 1)) for i in new if i in old
    )
    return votes.most_common(1)[0][0] if votes else (0.0, 0.0)


def _places(regular: RegularDrawing, after: Arrangement, now: Structure) -> dict[str, Rect]:
    """Where each part goes: as far from its place as the layout moved it. Where that would bring
    parts together, all go where the layout has them."""
    kept = _shifted(regular, after, now, keep=True)
    nodes = [i for i in now.nodes if i in kept]
    if _touching([kept[i] for i in nodes]) or _lost(kept, now):
        return _shifted(regular, after, now, keep=False)
    return kept


def _shifted(
    regular: RegularDrawing, after: Arrangement, now: Structure, *, keep: bool
) -> dict[str, Rect]:
    old, new = regular.before.boxes | regular.before.regions, after.boxes | after.regions
    result = {}
    parents = {target: source for _, source, target in now.links}
    for i in [*now.groups, *now.nodes]:
        if i not in new:
            continue
        anchor = i if i in old else now.group_of.get(i) or parents.get(i)
        dx, dy = regular.offset
        if keep and anchor in old and anchor in regular.places:
            dx, dy = (
                regular.places[anchor].x - old[anchor].x,
                regular.places[anchor].y - old[anchor].y,
            )
        rect = new[i]
        was = regular.places.get(i)
        if was and i in old and was.width < old[i].width and was.height <= old[i].height:
            # Words alone stand in the middle of the room that they are given.
            aside = (rect.width - was.width) / 2, (rect.height - was.height) / 2
            x, y = (0.0, 0.0) if keep else aside
            rect = Rect(rect.x + x, rect.y + y, was.width, was.height)
        elif was and i in old:
            wide = rect.width + was.width - old[i].width
            high = rect.height + was.height - old[i].height
            high = max(high, was.height) if i in now.groups else high
            rect = Rect(rect.x, rect.y, max(wide, rect.width), max(high, rect.height))
        result[i] = rect.moved(dx, dy)
    return result


def _touching(rects: list[Rect]) -> bool:
    return any(a.overlaps(b) for k, a in enumerate(rects) for b in rects[:k])


def _lost(places: Mapping[str, Rect], now: Structure) -> bool:
    """Whether a part would leave its group."""
    return any(
        not places[area].contains(places[i])
        for i, area in now.group_of.items()
        if i in places and area in places
    )


def _clear_of_others(
    edit: Editing, topology: Topology, regular: RegularDrawing, now: Structure,
    places: Mapping[str, Rect], lines: Sequence[Rect],
) -> Point:  # fmt: skip
    """How far the whole has to go so that what it grew by covers nothing else."""
    own = {*now.parts, *now.marks}
    inside = {member for i in now.groups for member in topology.members(i)}
    texts = {i for i in topology.shapes if _is_title(topology, i, now)}
    others = [
        rect_of(topology.by_id[i])
        for i in topology.shapes
        if i not in own | inside | texts and i not in _around(topology, now)
    ]
    before, whole = bounds(regular.places.values()), bounds(places.values())
    if before is None or whole is None or not others:
        return 0.0, 0.0
    old = [*regular.places.values(), *_pieces(regular.before.moved(*regular.offset))]
    was = [rect for rect in others if _meets(rect, old)]

    def free(dx: float, dy: float) -> bool:
        moved = [rect.moved(dx, dy) for rect in (*places.values(), *lines)]
        return not any(_meets(rect, moved) for rect in others if rect not in was)

    grown = before.right - whole.right, before.bottom - whole.bottom
    ways: Iterable[Point] = ((0.0, 0.0), (grown[0], 0.0), (0.0, grown[1]), grown)
    for dx, dy in ways:
        if free(dx, dy):
            return dx, dy
    spot = edit.spot(whole.width, whole.height, whole, None, topology, *own, *inside, *texts)
    return spot.x - whole.x, spot.y - whole.y


def _pieces(laid: Arrangement) -> list[Rect]:
    """The pieces of all connections as thin rectangles."""
    return [around(piece) for path in laid.routes.values() for piece in pairwise(path.points)]


def _meets(rect: Rect, parts: Iterable[Rect]) -> bool:
    return any(part.inflated(_AIR).overlaps(rect) for part in parts)


def _around(topology: Topology, now: Structure) -> set[str]:
    """Areas that the drawing lies in."""
    return {
        area
        for area in topology.areas
        if area not in now.parts and now.parts & set(topology.members(area))
    }


def _is_title(topology: Topology, element_id: str, now: Structure) -> bool:
    element = topology.by_id[element_id]
    mark = mark_of(element)
    return element["type"] == "text" and mark.get("drawing") == now.drawing and "node" not in mark


def _move_title(edit: Editing, topology: Topology, regular: RegularDrawing, by: Point) -> None:
    for i in topology.shapes:
        if _is_title(topology, i, regular.structure):
            edit.move(i, *by, topology)
