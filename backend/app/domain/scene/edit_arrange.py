"""Edits of places: move beside, align, distribute."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.domain.layout.geometry import Rect, bounds
from app.domain.planning.plan import (
    Align,
    Distribute,
    MoveAside,
    MoveRelative,
)
from app.domain.scene.edit_inside import move_inside
from app.domain.scene.edit_regular import move_parts
from app.domain.scene.editing import GAP, Editing, beside
from app.domain.scene.elements import rect_of
from app.domain.scene.regular import regular_drawing_of
from app.domain.scene.reroute import follow
from app.domain.scene.topology import Topology

_LEAST = 20.0
_HOPS = 50


def move_relative(edit: Editing, operation: MoveRelative) -> bool:
    """The named shapes, as they stand to each other, beside the anchor and clear of the rest."""
    anchor = edit.find(operation.anchor)
    if anchor is None:
        return False
    targets = [i for i in edit.shapes_or_selection(operation.targets) if i != anchor]
    if set(operation.targets) and regular_drawing_of(
        edit, anchor, *edit.find_all(operation.targets)
    ):
        targets = [i for i in edit.find_all(operation.targets) if i != anchor]
    block = bounds(rect_of(edit.draft.elements[i]) for i in targets)
    if block is None:
        return False
    topology = edit.topology()
    regular = regular_drawing_of(edit, anchor, *targets)
    if regular and (anchor in regular.groups or anchor in regular.nodes):
        return move_parts(regular, targets, anchor, operation.side)
    if operation.side == "inside":
        return anchor in topology.areas and move_inside(edit, targets, anchor)
    at = rect_of(edit.draft.elements[anchor])
    place = edit.spot(block.width, block.height, at, operation.side, topology, *targets)
    shift(edit, topology, dict.fromkeys(targets, (place.x - block.x, place.y - block.y)))
    return True


def move_aside(edit: Editing, operation: MoveAside) -> bool:
    """The named shapes, as they stand to each other, beside all that is there."""
    topology = edit.topology()
    targets = [i for i in edit.find_all(operation.targets) if i in topology.shapes]
    regular = regular_drawing_of(edit, *targets)
    if regular and regular.has_messages:  # to one end of the row, with its life line
        others = [i for i in regular.nodes if i not in targets]
        if not others or operation.side not in ("left", "right"):
            edit.remarks.append("Participants can be moved to the left or to the right only.")
            return False
        end = others[0 if operation.side == "left" else -1]
        return move_parts(regular, targets, end, operation.side)
    inside = [member for i in targets for member in topology.members(i)]
    moving = list(dict.fromkeys([*targets, *inside]))
    block = bounds(rect_of(edit.draft.elements[i]) for i in moving)
    rest = bounds(
        rect_of(element)
        for i, element in edit.draft.elements.items()
        if i not in {part for one in moving for part in edit.parts(one, topology)}
        and not (element["type"] == "arrow" and _ends_at(topology, i, moving))
    )
    if block is None or rest is None:
        return False
    place = beside(rest, block.width, block.height, operation.side, GAP)
    if operation.side in ("left", "right") and not _beyond(block, rest):
        place = Rect(place.x, block.y, block.width, block.height)
    by = (place.x - block.x, place.y - block.y)
    shift(edit, topology, dict.fromkeys(moving, by))
    return True


def _ends_at(topology: Topology, arrow: str, shapes: Sequence[str]) -> bool:
    return any(
        link.id == arrow and {link.source, link.target} & set(shapes)
        for link in topology.connectors
    )


def _beyond(block: Rect, rest: Rect) -> bool:
    """Whether the shapes stand above or below all the rest: then they come to its middle."""
    return block.bottom < rest.y or block.y > rest.bottom


def shift(edit: Editing, topology: Topology, by: dict[str, tuple[float, float]]) -> None:
    """Moves shapes, each by its own (dx, dy); their connectors follow."""
    moved = {i: d for i, d in by.items() if abs(d[0]) > 0.01 or abs(d[1]) > 0.01}
    for element_id, (dx, dy) in moved.items():
        edit.move(element_id, dx, dy, topology)
    follow(edit.draft, set(moved))


_EDGES: dict[str, Callable[[Rect, Rect], tuple[float, float]]] = {
    "left": lambda r, all_: (all_.x - r.x, 0.0),
    "right": lambda r, all_: (all_.right - r.right, 0.0),
    "center": lambda r, all_: (all_.center[0] - r.center[0], 0.0),
    "top": lambda r, all_: (0.0, all_.y - r.y),
    "bottom": lambda r, all_: (0.0, all_.bottom - r.bottom),
    "middle": lambda r, all_: (0.0, all_.center[1] - r.center[1]),
}


def align(edit: Editing, operation: Align) -> bool:
    """Shapes that would come to lie on each other are spread along the other axis."""
    targets = edit.shapes_or_selection(operation.targets)
    if _stand_on_life_lines(edit, targets):
        return False
    rects = {i: rect_of(edit.draft.elements[i]) for i in targets}
    whole = bounds(rects.values())
    if whole is None or len(rects) < 2:
        return False
    edge = _EDGES[operation.edge]
    wished = {i: rect.moved(*edge(rect, whole)) for i, rect in rects.items()}
    topology = edit.topology()
    around = Surroundings(edit, topology, targets)
    placed: dict[str, Rect] = {}
    down = operation.edge in ("left", "right", "center")
    for i in sorted(wished, key=lambda i: wished[i].y if down else wished[i].x):
        placed[i] = around.hop(wished[i], placed.values(), down=down) or rects[i]
    if not all(around.free(r, [o for k, o in placed.items() if k != i]) for i, r in placed.items()):
        edit.remarks.append("The shapes cannot be aligned without covering others.")
        return False
    shift(edit, topology, {i: (placed[i].x - r.x, placed[i].y - r.y) for i, r in rects.items()})
    return True


def _stand_on_life_lines(edit: Editing, targets: Sequence[str]) -> bool:
    """Where participants stand follows from their order: away from it they lose their messages."""
    drawings = [regular_drawing_of(edit, i) for i in targets]
    if not any(regular and regular.has_messages for regular in drawings):
        return False
    edit.remarks.append("Participants keep their places: move one before or after another.")
    return True


class Surroundings:
    """What stays where it is while some shapes move: other shapes, and borders of areas."""

    def __init__(self, edit: Editing, topology: Topology, moving: Sequence[str]) -> None:
        self._shapes = edit.obstacles(topology, *moving) + edit.words(topology, *moving)
        self._areas = [rect for i, rect in topology.areas.items() if i not in moving]

    def free(self, place: Rect, others: Iterable[Rect]) -> bool:
        return next(self._blockers(place, others), None) is None

    def hop(self, place: Rect, others: Iterable[Rect], *, down: bool) -> Rect | None:
        """The first free place from here on, down or to the right; None if it is far away."""
        others = list(others)
        for _ in range(_HOPS):
            blocker = next(self._blockers(place, others), None)
            if blocker is None:
                return place
            dx, dy = blocker.right + _LEAST - place.x, blocker.bottom + _LEAST - place.y
            place = place.moved(0.0, dy) if down else place.moved(dx, 0.0)
        return None

    def _blockers(self, place: Rect, others: Iterable[Rect]) -> Iterator[Rect]:
        close = place.inflated(_LEAST / 2 - 1)
        yield from (rect for rect in (*self._shapes, *others) if close.overlaps(rect))
        yield from (a for a in self._areas if close.overlaps(a) and not a.contains(place))


def distribute(edit: Editing, operation: Distribute) -> bool:
    """Equal gaps between the first and the last; at least a small one."""
    targets = edit.shapes_or_selection(operation.targets)
    if _stand_on_life_lines(edit, targets):
        return False
    across = operation.axis == "horizontal"
    rects = [(rect_of(edit.draft.elements[i]), i) for i in targets]
    rects.sort(key=lambda item: (item[0].x if across else item[0].y, item[1]))
    if len(rects) < 3:
        return False
    first, last = (
        rects[0][0],
        max((r for r, _ in rects), key=lambda r: r.right if across else r.bottom),
    )
    room = (last.right - first.x) if across else (last.bottom - first.y)
    used = sum(r.width if across else r.height for r, _ in rects)
    gap = max((room - used) / (len(rects) - 1), _LEAST)
    at = first.x if across else first.y
    by = {}
    for rect, i in rects:
        by[i] = (at - rect.x, 0.0) if across else (0.0, at - rect.y)
        at += (rect.width if across else rect.height) + gap
    topology = edit.topology()
    around = Surroundings(edit, topology, targets)
    if not all(around.free(rect.moved(*by[i]), ()) for rect, i in rects):
        edit.remarks.append("The shapes cannot be spread evenly without covering others.")
        return False
    shift(edit, topology, by)
    return True
