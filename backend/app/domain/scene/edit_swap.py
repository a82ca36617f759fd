"""Two shapes exchange their places."""

from collections.abc import Sequence

from app.domain.layout.geometry import Rect, bounds
from app.domain.planning.plan import Swap
from app.domain.scene.edit_arrange import Surroundings, shift
from app.domain.scene.editing import Editing
from app.domain.scene.elements import rect_of
from app.domain.scene.reroute import follow
from app.domain.scene.space import make_room
from app.domain.scene.topology import Topology

_SPARE = (0.0, 20.0, 40.0, 60.0, 80.0, 120.0, 160.0)  # further apart, where they do not fit
_ENDS = ("startBinding", "endBinding")


def swap(edit: Editing, operation: Swap) -> bool:
    """Nothing but the places, and with `stay` the ends of the arrows, is exchanged; what stands
    between the two moves by the difference of their sizes."""
    one, other = edit.find(operation.one), edit.find(operation.other)
    if one is None or other is None:
        return False
    topology = edit.topology()
    if one == other or not {one, other} <= set(topology.shapes):
        edit.remarks.append("Two different shapes are needed to exchange places.")
        return False
    stay = operation.arrows == "stay"
    first, second = (_block(topology, i, alone=stay) for i in (one, other))
    if not stay and set(first) & set(second):  # one hangs below the other: it cannot take it along
        stay = True
        first, second = (_block(topology, i, alone=True) for i in (one, other))
    if set(first) & set(second):
        edit.remarks.append("A shape cannot exchange places with what lies in it.")
        return False
    if stay:
        _exchange_ends(edit, one, other)
    _exchange_frames(edit, one, other)
    if _beside(edit, first, second):
        return True
    if len(first) + len(second) > 2 or topology.areas.keys() & {one, other}:
        edit.remarks.append("There was no room to exchange these places.")
        return False
    _into_slots(edit, one, other)
    return True


def _block(topology: Topology, shape: str, *, alone: bool) -> list[str]:
    """The shape with what lies in it and, unless it goes alone, what hangs below it in a tree."""
    block = [shape, *topology.members(shape)]
    links = [(c.source, c.target) for c in topology.connectors if c.source and c.target]
    sources, ends = {s for s, _ in links}, {t for _, t in links}
    if alone or len(ends) < len(links) or len(sources) == len(links):
        return block  # no tree, or one without branches
    for i in block:  # grows while it is read
        block += [str(t) for s, t in links if s == i and t not in block]
    return block


def _beside(edit: Editing, first: Sequence[str], second: Sequence[str]) -> bool:
    """Exchanges two blocks that stand beside or below each other. False if they overlap along
    both axes, or something would be covered."""
    topology = edit.topology()
    for across in (True, False):
        near, far = sorted((first, second), key=lambda ids: _low(_bounds(edit, ids), across))
        at, to = _bounds(edit, near), _bounds(edit, far)
        if _high(at, across) > _low(to, across):
            continue
        level = _level(edit, near[0], far[0], across)
        more = _size(to, across) - _size(at, across)
        same = not more and _size(at, not across) == _size(to, not across)
        between = _between(edit, topology, near, far, across) if more else []
        for spare in (0.0,) if same else _SPARE:
            there = _high(to, across) - _high(at, across) + spare
            back = _low(at, across) - _low(to, across)
            by = dict.fromkeys(between, _step(more + spare / 2, 0.0, across))
            by |= dict.fromkeys(near, _step(there, level, across))
            by |= dict.fromkeys(far, _step(back, -level, across))
            if same or _is_free(edit, topology, by):
                shift(edit, topology, by)
                return True
    return False


def _between(
    edit: Editing, topology: Topology, near: Sequence[str], far: Sequence[str], across: bool
) -> list[str]:
    """What stands between two blocks, and in a tree what hangs between them."""
    at, to = _bounds(edit, near), _bounds(edit, far)
    whole = bounds([at, to]) or at
    low, high = _high(at, across), _low(to, across)
    rects = {i: rect_of(edit.draft.elements[i]) for i in topology.shapes}
    found = [
        i
        for i, rect in rects.items()
        if low <= _low(rect, across) and _high(rect, across) <= high and whole.overlaps(rect)
    ]
    parents = {c.target: c.source for c in topology.connectors}
    parent, axis = parents.get(near[0]), 0 if across else 1
    first, last = rects[near[0]].center[axis], rects[far[0]].center[axis]
    for i, rect in rects.items():
        if parent and parents.get(i) == parent and first < rect.center[axis] < last:
            found += _block(topology, i, alone=len(near) == 1)
    return [i for i in dict.fromkeys(found) if i not in near and i not in far]


def _is_free(edit: Editing, topology: Topology, by: dict[str, tuple[float, float]]) -> bool:
    """Whether the shapes, moved by these distances, cover nothing that stays nor each other."""
    around = Surroundings(edit, topology, list(by))
    places = {i: rect_of(edit.draft.elements[i]).moved(*d) for i, d in by.items()}
    solid = [(i, place) for i, place in places.items() if i not in topology.areas]
    return all(around.free(place, ()) for place in places.values()) and not any(
        one.overlaps(other) for k, (_, one) in enumerate(solid) for _, other in solid[k + 1 :]
    )


def _into_slots(edit: Editing, one: str, other: str) -> None:
    """Makes both places large enough for either shape, then exchanges the shapes."""
    rects = [rect_of(edit.draft.elements[i]) for i in (one, other)]
    most = max(r.width for r in rects), max(r.height for r in rects)
    moved: set[str] = set()
    for i in (one, other):
        slot = rect_of(edit.draft.elements[i])
        moved |= make_room(edit, edit.topology(), i, Rect(slot.x, slot.y, *most))
    a, b = (rect_of(edit.draft.elements[i]) for i in (one, other))
    topology = edit.topology()
    shift(edit, topology, {one: (b.x - a.x, b.y - a.y), other: (a.x - b.x, a.y - b.y)})
    follow(edit.draft, moved)


def _exchange_ends(edit: Editing, one: str, other: str) -> None:
    """Every arrow of one becomes the other's, at the same point of the outline."""
    partner = {one: other, other: one}
    for element in edit.draft.elements.values():
        for end in _ENDS:
            bound = element.get(end)
            if bound and bound["elementId"] in partner:
                element[end] = {**bound, "elementId": partner[bound["elementId"]]}
    shapes = [edit.draft.elements[i] for i in (one, other)]
    arrows = [[e for e in s.get("boundElements") or [] if e["type"] == "arrow"] for s in shapes]
    texts = [[e for e in s.get("boundElements") or [] if e["type"] != "arrow"] for s in shapes]
    for shape, own, taken in zip(shapes, texts, reversed(arrows), strict=True):
        shape["boundElements"] = [*own, *taken]


def _exchange_frames(edit: Editing, one: str, other: str) -> None:
    topology = edit.topology()
    frames = [edit.draft.elements[i].get("frameId") for i in (one, other)]
    if frames[0] != frames[1]:
        for shape, frame in zip((one, other), reversed(frames), strict=True):
            for part in edit.parts(shape, topology):
                edit.draft.elements[part]["frameId"] = frame


def _bounds(edit: Editing, ids: Sequence[str]) -> Rect:
    return bounds(rect_of(edit.draft.elements[i]) for i in ids) or Rect(0, 0, 0, 0)


def _level(edit: Editing, near: str, far: str, across: bool) -> float:
    """How far apart the two stand across the axis of their exchange; 0 if their sides align."""
    a, b = (rect_of(edit.draft.elements[i]) for i in (near, far))
    if abs(_low(a, not across) - _low(b, not across)) < 1:
        return 0.0
    return b.center[1 if across else 0] - a.center[1 if across else 0]


def _low(rect: Rect, across: bool) -> float:
    return rect.x if across else rect.y


def _high(rect: Rect, across: bool) -> float:
    return rect.right if across else rect.bottom


def _size(rect: Rect, across: bool) -> float:
    return rect.width if across else rect.height


def _step(along: float, level: float, across: bool) -> tuple[float, float]:
    return (along, level) if across else (level, along)
