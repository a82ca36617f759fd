"""New cards in the groups of a drawing: the columns of a board, quadrants, periods."""

import re

from app.domain.planning.offline.edit_terms import PUT, names_in, order_of
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Node, Operation

_CARDS = re.compile(
    rf"{PUT}\s+(?:(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:cards?|tasks?|items?|tickets?|stories|story|milestones?|events?|entry|entries|points?)\s+)?(?:called\s+|named\s+)?(?P<names>.+?)"
    r"\s+(?:to|in|into|under|at\s+the\s+(?P<end>top|bottom|end)\s+of)\s+(?P<column>.+)",
    re.IGNORECASE,
)


def read_cards(command: str, targets: Targets, kind: str) -> list[Operation] | None:
    found = _CARDS.fullmatch(command)
    if found is None:
        return None
    group = targets.known(found["column"])
    if group not in order_of(targets, kind, groups=True):
        return None
    first = (found["end"] or "").lower() == "top"
    return cards(names_in(found["names"]), str(group), targets, first=first)


def cards(
    names: list[str], column: str, targets: Targets, *, first: bool = False
) -> list[Operation]:
    """Below the last card of a group, or above its first."""
    top = next((n.alias for n in targets.context.nodes if n.group == column), None)
    made: list[Operation] = []
    for name in names:
        node = Node(id=targets.add(name), label=name[:400], group=column)
        if first and top:
            made.append(Add(node=node, near=top, side="above"))
        else:
            made.append(Add(node=node, near=column))
    return made
