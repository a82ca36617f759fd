"""Tidying up: what stands in rows, columns and groups stays there, in its order; it is aligned,
spaced evenly, and its connectors are laid anew."""

from collections.abc import Mapping, Sequence

from app.domain.layout.aligning import aligned
from app.domain.layout.geometry import Rect, bounds
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.lay_out_again import lay_out_again
from app.domain.scene.regular import RegularDrawing, regular_drawing_of
from app.domain.scene.reroute import follow
from app.domain.scene.resize_parts import fit
from app.domain.scene.structure import mark_of
from app.domain.scene.topology import Topology

_PADDING = 20.0
_ARROW = 34.0  # room for an arrow without words
_ALIKE = 0.15


def tidy(edit: Editing, targets: Sequence[str]) -> bool:
    """The named shapes with their groups, none other; False if all are in line already."""
    whole = _whole_drawings(edit, targets)
    for drawing in whole.values():
        lay_out_again(edit, drawing[0], keep=False)
    topology = edit.topology()
    blocks = {
        key: [i for i in members if i in topology.by_id] for key, (_, members) in whole.items()
    }  # settling takes away what belonged to parts that an earlier edit deleted
    inside = {i for members in blocks.values() for i in members}
    areas = _areas(topology, set(targets))
    loose = [i for i in targets if i not in inside and i in topology.by_id]
    places = _Places(edit, topology, [*loose, *(a for a in areas if a not in inside)], blocks)
    return places.carry_out() or bool(whole)


def _whole_drawings(
    edit: Editing, targets: Sequence[str]
) -> dict[str, tuple[RegularDrawing, list[str]]]:
    """Drawings that the targets contain wholly, each with all that belongs to it."""
    found: dict[str, tuple[RegularDrawing, list[str]]] = {}
    for i in targets:
        regular = regular_drawing_of(edit, i)
        if (
            regular
            and regular.structure.drawing not in found
            and set(regular.nodes) <= set(targets)
        ):
            topology = edit.topology()
            own = [
                e["id"]
                for e in edit.draft.elements.values()
                if mark_of(e).get("drawing") == regular.structure.drawing
            ]
            members = [
                *regular.nodes,
                *regular.groups,
                *regular.structure.marks,
                *regular.structure.rules,
            ]
            title = [
                k for k in own if k in topology.shapes and "node" not in mark_of(topology.by_id[k])
            ]
            found[regular.structure.drawing] = regular, list(dict.fromkeys([*members, *title]))
    return found


def _areas(topology: Topology, targets: set[str]) -> list[str]:
    """Areas all of whose shapes are tidied."""
    return [
        area
        for area in topology.areas
        if (members := topology.members(area))
        and all(i in targets or i in topology.areas for i in members)
    ] + [area for area in topology.areas if not topology.members(area) and area in targets]


class _Places:
    """Where everything goes; groups are filled first, then placed like boxes."""

    def __init__(
        self,
        edit: Editing,
        topology: Topology,
        items: Sequence[str],
        blocks: Mapping[str, list[str]],
    ) -> None:
        self._edit, self._topology, self._blocks = edit, topology, blocks
        self._items = list(dict.fromkeys(items))
        self._parent = {i: topology.area_of(i) for i in self._items}
        self._rects: dict[str, Rect] = {}

    def carry_out(self) -> bool:
        before = {i: rect_of(self._topology.by_id[i]) for i in self._items}
        self._rects = dict(before)
        for key, members in self._blocks.items():
            area = bounds(rect_of(self._edit.draft.elements[i]) for i in members)
            if area is not None:
                self._rects[key] = before[key] = area
                self._parent[key] = self._topology.area_of(members[0])
        known = set(self._rects)
        self._parent = {i: p if p in known and p != i else None for i, p in self._parent.items()}
        self._arrange(None)
        if self._clashes(before):
            return False
        return self._move(before)

    def _children(self, area: str | None) -> list[str]:
        return [i for i, parent in self._parent.items() if parent == area]

    def _arrange(self, area: str | None) -> None:
        children = self._children(area)
        for child in children:
            self._arrange(child)
        if len(children) > 1:
            self._level(children)
            placed = aligned({i: self._rects[i] for i in children}, self._rooms(children))
            for i, rect in placed.items():
                self._shift(i, rect.x - self._rects[i].x, rect.y - self._rects[i].y)
        if area is not None and children:
            self._surround(area, children)

    def _level(self, children: Sequence[str]) -> None:
        """Groups beside each other that are about as high become just as high."""
        groups = [i for i in children if self._children(i) or i in self._topology.areas]
        for i in groups:
            rect = self._rects[i]
            alike = [
                self._rects[j]
                for j in groups
                if abs(self._rects[j].height - rect.height) <= _ALIKE * rect.height
                and abs(self._rects[j].center[1] - rect.center[1]) <= rect.height / 4
            ]
            self._rects[i] = Rect(rect.x, rect.y, rect.width, max(r.height for r in alike))

    def _shift(self, item: str, dx: float, dy: float) -> None:
        self._rects[item] = self._rects[item].moved(dx, dy)
        for child in self._children(item):
            self._shift(child, dx, dy)

    def _surround(self, area: str, children: Sequence[str]) -> None:
        """The group is as large as before, or as its content needs."""
        rect = self._rects[area]
        inner = bounds(self._rects[i] for i in children) or rect
        text = self._topology.text_of(area)
        top = _PADDING + (text["height"] if text else 0.0)
        x, y = max(inner.x, rect.x + _PADDING), max(inner.y, rect.y + top)
        for i in children:
            self._shift(i, x - inner.x, y - inner.y)
        inner = inner.moved(x - inner.x, y - inner.y)
        width = max(rect.width, inner.right + _PADDING - rect.x)
        height = max(rect.height, inner.bottom + _PADDING - rect.y)
        self._rects[area] = Rect(rect.x, rect.y, width, height)

    def _rooms(self, children: Sequence[str]) -> dict[tuple[str, str], tuple[float, float]]:
        """What connections between two of these need between them."""
        owner = {i: self._outermost(i, children) for i in self._rects}
        rooms: dict[tuple[str, str], tuple[float, float]] = {}
        for link in self._topology.connectors:
            source, target = owner.get(link.source or ""), owner.get(link.target or "")
            if source and target and source != target:
                text = self._topology.text_of(link.id)
                size = (text["width"], text["height"]) if text else (0.0, 0.0)
                room = (size[0] + _ARROW, size[1] + _ARROW)
                known = rooms.get((source, target), (0.0, 0.0))
                rooms[source, target] = max(known[0], room[0]), max(known[1], room[1])
        return rooms

    def _outermost(self, item: str, children: Sequence[str]) -> str | None:
        at: str | None = item
        while at is not None and at not in children:
            at = self._parent[at]
        return at

    def _clashes(self, before: Mapping[str, Rect]) -> bool:
        """Whether something that is not tidied would be covered."""
        moving = {*self._items, *(i for members in self._blocks.values() for i in members)}
        ours = bounds(self._rects.values())
        others = [
            rect_of(self._topology.by_id[i])
            for i in self._topology.shapes
            if i not in moving and i not in self._topology.areas
        ]
        was = bounds(before.values())
        new = [r for r in others if ours and ours.overlaps(r) and not (was and was.overlaps(r))]
        hit = any(r.overlaps(self._rects[i]) and not r.overlaps(before[i])
                  for r in [*new, *others] for i in self._rects)  # fmt: skip
        if hit:
            self._edit.remarks.append("There was no room to tidy this without covering others.")
        return hit

    def _move(self, before: Mapping[str, Rect]) -> bool:
        moved: set[str] = set()
        for i, rect in self._rects.items():
            was = before[i]
            if i in self._blocks:
                dx, dy = rect.x - was.x, rect.y - was.y
                if abs(dx) + abs(dy) > 0.01:
                    for member in self._blocks[i]:
                        self._edit.move(member, dx, dy, self._topology)
                        moved.add(member)
            elif fit(self._edit, self._topology, i, rect):
                moved.add(i)
        follow(self._edit.draft, moved)
        return bool(moved)
