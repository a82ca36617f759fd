"""Lines of a drawing that is laid out again: its rules, marks and connections, kept where they
stay the same, brought along where they do not, drawn where they are new."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from app.domain.layout.geometry import Point, Rect
from app.domain.layout.model import Arrangement, Bar
from app.domain.scene.editing import Editing
from app.domain.scene.elements import linear_props, points_of, rect_of, refer
from app.domain.scene.looks import Paint
from app.domain.scene.regular import RegularDrawing
from app.domain.scene.reroute import follow_route, refresh
from app.domain.scene.resize_parts import fit
from app.domain.scene.structure import Structure
from app.domain.scene.topology import Topology

_NEAR = 2.0
_APART = 4.0


def _alike(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    return len(one) == len(other) and all(
        abs(x0 - x1) < _NEAR and abs(y0 - y1) < _NEAR
        for (x0, y0), (x1, y1) in zip(one, other, strict=True)
    )


def lay_rules(edit: Editing, now: Structure, before: Arrangement, after: Arrangement) -> None:
    """Lines that stay the same are not touched; others become the new ones, in turn."""
    there = {i: tuple(points_of(edit.draft.elements[i])) for i in now.rules}
    if before.rules == after.rules:
        return
    waiting = []
    for points, dashed in after.rules:
        same = next((i for i, known in there.items() if _alike(known, points)), None)
        if same is None:
            waiting.append((points, dashed))
        else:
            del there[same]
    for points, dashed in waiting:
        if there:
            nearest = min(there, key=lambda i: _distance(there[i], points))
            del there[nearest]
            edit.draft.elements[nearest] |= linear_props(points)
        else:
            _new_rule(edit, now, points, dashed=dashed)
    edit.remove(set(there))


def _distance(one: tuple[Point, ...], other: tuple[Point, ...]) -> float:
    (x0, y0), (x1, y1) = one[0], other[0]
    return abs(x1 - x0) + abs(y1 - y0)


def _new_rule(edit: Editing, now: Structure, points: tuple[Point, ...], *, dashed: bool) -> None:
    model = edit.draft.elements[now.rules[0]] if now.rules else None
    paint = edit.look.line(style="dashed" if dashed else "solid")
    if model:
        paint = Paint(
            model["strokeColor"], "transparent", "", "solid", model["strokeStyle"],
            model["strokeWidth"],
        )  # fmt: skip
    line = edit.writer.line(points, paint)
    line["customData"] |= {"kind": now.kind, "drawing": now.drawing}
    if model:
        line["roughness"] = model["roughness"]
    parts = [edit.draft.elements.get(i, {}) for i in (*now.marks, *now.nodes)]
    lowest = min((part["index"] for part in parts if part.get("index")), default=None)
    if lowest is None:
        edit.draft.add([line])
    else:
        edit.draft.add_below([line], lowest)


def lay_marks(edit: Editing, now: Structure, after: Arrangement) -> dict[str, str]:
    """The element of each mark of the layout. Each owner's marks keep their order."""
    topology = edit.topology()
    waiting: dict[str, list[str]] = defaultdict(list)
    for i, owner in sorted(now.marks.items(), key=lambda item: _corner(topology, item[0])):
        waiting[owner].append(i)
    found = {}
    for key, bar in sorted(after.bars.items(), key=lambda item: (item[1].rect.y, item[1].rect.x)):
        known = waiting[bar.owner]
        if known:
            found[key] = known.pop(0)
            fit(edit, topology, found[key], bar.rect)
        else:
            found[key] = _new_mark(edit, now, bar)
    left = {i for known in waiting.values() for i in known}
    found |= {f"left:{i}": i for i in left}
    return found


def _corner(topology: Topology, element_id: str) -> Point:
    rect = rect_of(topology.by_id[element_id])
    return rect.y, rect.x


def _new_mark(edit: Editing, now: Structure, bar: Bar) -> str:
    elements = edit.draft.elements
    model = next((elements[i] for i in now.marks if i in elements), None)
    paint = edit.look.shape(role="marker")
    if model:
        paint = Paint(
            model["strokeColor"], model["backgroundColor"], "", model["fillStyle"],
            model["strokeStyle"], model["strokeWidth"],
        )  # fmt: skip
    shape = edit.writer.shape(bar.outline, bar.rect, paint)
    shape["customData"] = dict(elements[bar.owner].get("customData") or {})
    if model:
        shape |= {"roughness": model["roughness"], "roundness": model["roundness"]}
    edit.draft.add([shape])
    return str(shape["id"])


def lay_links(
    edit: Editing, regular: RegularDrawing, now: Structure, before: Arrangement, after: Arrangement,
    marks: Mapping[str, str],
) -> None:  # fmt: skip
    """Connections follow the layout where both of their ends stand as it has them, else they
    find their own way."""
    boxes = after.boxes | after.regions
    for arrow, source, target in now.links:
        path = after.routes.get(arrow)
        if path is None:
            continue
        ends = [marks.get(end, end) for end in (path.source, path.target)]
        placed = all(end not in boxes or _stands(edit, end, boxes[end]) for end in (source, target))
        if not placed and not regular.has_messages:
            refresh(edit.draft, edit.topology(), arrow)
            continue
        known = before.routes.get(arrow)
        same = known is not None and _alike(known.points, path.points)
        bound = [
            (edit.draft.elements[arrow].get(side) or {}).get("elementId")
            for side in ("startBinding", "endBinding")
        ]
        if same and bound == ends and arrow not in regular.new:
            continue
        _rebind(edit, arrow, bound, ends)
        follow_route(
            edit.draft, edit.topology(), arrow, replace(path, source=ends[0], target=ends[1])
        )
    edit.remove({i for key, i in marks.items() if key.startswith("left:")})


def _stands(edit: Editing, element_id: str, place: Rect) -> bool:
    now = rect_of(edit.draft.elements[element_id])
    return abs(now.x - place.x) < _APART and abs(now.y - place.y) < _APART


def _rebind(edit: Editing, arrow: str, old: list[str | None], new: list[str]) -> None:
    elements = edit.draft.elements
    for end in set(old) - set(new):
        if end in elements:
            bound = elements[end].get("boundElements") or []
            elements[end]["boundElements"] = [one for one in bound if one["id"] != arrow]
    for end in new:
        refer(elements[end], elements[arrow])
