"""Which side of a box each link uses, where that must not be left to ELK.

Diamonds and ellipses are met at their four tips only. Links that lead back leave and enter at a
flank, as people draw loops, instead of running against the flow.
"""

from collections import defaultdict
from collections.abc import Iterable

from app.domain.layout.model import Link, Sketch
from app.domain.planning.plan import Direction

# Sides in the order: where the flow enters, where it leaves, the two flanks.
SIDES: dict[Direction, tuple[str, str, str, str]] = {
    "down": ("NORTH", "SOUTH", "EAST", "WEST"),
    "up": ("SOUTH", "NORTH", "EAST", "WEST"),
    "right": ("WEST", "EAST", "SOUTH", "NORTH"),
    "left": ("EAST", "WEST", "SOUTH", "NORTH"),
}
_AFFIRMATIVE = {"yes", "y", "true", "ok", "success", "pass", "valid", "approved", "ja", "oui", "si"}
TIPPED = frozenset({"diamond", "ellipse"})


def backward(sketch: Sketch) -> set[str]:
    """Ids of links that close a cycle, seen depth first from the sources in the given order."""
    out: dict[str, list[Link]] = defaultdict(list)
    entered: set[str] = set()
    for link in sketch.links:
        out[link.source].append(link)
        if link.source != link.target:
            entered.add(link.target)
    ids = [box.id for box in sketch.boxes]
    state: dict[str, int] = {}
    back: set[str] = set()
    for root in [i for i in ids if i not in entered] + ids:
        if root not in state:
            _visit(root, out, state, back)
    return back


def _visit(root: str, out: dict[str, list[Link]], state: dict[str, int], back: set[str]) -> None:
    """Depth first without recursion. State 1: on the path, 2: done."""
    state[root] = 1
    stack = [(root, iter(out[root]))]
    while stack:
        node, links = stack[-1]
        for link in links:
            if state.get(link.target) == 1:
                back.add(link.id)
            elif link.target not in state:
                state[link.target] = 1
                stack.append((link.target, iter(out[link.target])))
                break
        else:
            state[node] = 2
            stack.pop()


def assign(sketch: Sketch, *, mirrored: bool = False) -> dict[tuple[str, str], str]:
    """The side for each (link id, "source" | "target") whose box has tips only or a link back.
    `mirrored`: shapes with tips use their other flank first."""
    back = backward(sketch)
    looped = {end for link in sketch.links if link.id in back for end in (link.source, link.target)}
    sides = SIDES[sketch.direction]
    chosen: dict[tuple[str, str], str] = {}
    depth = _depths(sketch, back)
    # Tips first: a box can take a link back at the flank at which its other end has to be.
    for box in sorted(sketch.boxes, key=lambda box: box.outline not in TIPPED):
        tipped = box.outline in TIPPED
        if not tipped and box.id not in looped:
            continue
        incoming = [link for link in sketch.links if link.target == box.id]
        outgoing = [link for link in sketch.links if link.source == box.id]
        if tipped:
            enter, leave, flank, other = sides
            tips = (enter, leave, other, flank) if mirrored else sides
            _assign_tips(incoming, outgoing, back, tips, depth, chosen)
        else:
            _assign_sides(incoming, outgoing, back, sides, chosen)
    return chosen


def _assign_sides(
    incoming: list[Link],
    outgoing: list[Link],
    back: set[str],
    sides: tuple[str, str, str, str],
    chosen: dict[tuple[str, str], str],
) -> None:
    enter, leave, flank, other = sides
    for link in outgoing:
        there = chosen.get((link.id, "target"))
        turned = other if there == other else flank
        chosen[link.id, "source"] = turned if link.id in back else leave
    for link in incoming:
        there = chosen.get((link.id, "source"))
        turned = other if there == other else flank
        chosen[link.id, "target"] = turned if link.id in back else enter
    for link in outgoing:
        if link.source == link.target:  # away from what leads back
            chosen[link.id, "source"] = chosen[link.id, "target"] = other


def _assign_tips(
    incoming: list[Link],
    outgoing: list[Link],
    back: set[str],
    sides: tuple[str, str, str, str],
    depth: dict[str, int],
    chosen: dict[tuple[str, str], str],
) -> None:
    enter, leave, *flanks = sides
    used: list[str] = []
    forward = [link for link in outgoing if link.id not in back]
    forward.sort(key=lambda link: _straightness(link, depth), reverse=True)
    for link, side in zip(forward, _cycle([leave, *flanks]), strict=False):
        chosen[link.id, "source"] = side
        used.append(side)
    for link in (link for link in outgoing if link.id in back):
        side = next((s for s in [*reversed(flanks), leave] if s not in used), flanks[-1])
        chosen[link.id, "source"] = side
        used.append(side)
    for link in incoming:
        side = enter
        if link.id in back:
            side = next((s for s in flanks if s not in used), enter)
            used.append(side)
        chosen[link.id, "target"] = side


def _cycle(sides: list[str]) -> Iterable[str]:
    while True:
        yield from sides


def _straightness(link: Link, depth: dict[str, int]) -> tuple[bool, int]:
    return link.word.strip().lower().rstrip(".!") in _AFFIRMATIVE, depth.get(link.target, 0)


def _depths(sketch: Sketch, back: set[str]) -> dict[str, int]:
    """Length of the longest way onward from each box, cycles cut."""
    out: dict[str, list[str]] = defaultdict(list)
    for link in sketch.links:
        if link.id not in back and link.source != link.target:
            out[link.source].append(link.target)
    depth: dict[str, int] = {}
    for box in sketch.boxes:
        stack = [box.id]
        while stack:
            node = stack[-1]
            waiting = [target for target in out[node] if target not in depth]
            if node in depth or not waiting:
                depth.setdefault(node, 1 + max((depth[t] for t in out[node]), default=0))
                stack.pop()
            else:
                stack += waiting
    return depth
