"""New cards in the groups of a drawing: the columns of a board, quadrants, periods."""

import re

from app.domain.planning.names import Match, match
from app.domain.planning.offline.edit_phrases import PUT, names_in, order_of
from app.domain.planning.offline.target_words import bare
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Node, Operation

_CARDS = re.compile(
    rf"{PUT}\s+(?:(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:cards?|tasks?|items?|tickets?|stories|story|milestones?|events?|entry|entries|points?)\s+)?(?:called\s+|named\s+)?(?P<names>.+?)"
    r"\s+(?:to|in|into|under|at\s+the\s+(?P<end>top|bottom|end)\s+of)\s+(?P<column>.+)",
    re.IGNORECASE,
)


_OF_GROUP = re.compile(
    rf"(?:{PUT}|new)\s+(?:(?:an?|the|another|one|two|three|four|some)\s+)?(?:new\s+)?(?P<column>[^\s:\"\u201c]+(?:\s[^\s:\"\u201c]+)?)"
    r"(?:\s*:\s+|\s+(?=[\"\u201c]))(?P<names>.+)"
    rf"|{PUT}\s+(?P<new>.+?)\s+as\s+(?:an?\s+)?(?:new\s+)?(?P<other>\S+)",
    re.IGNORECASE,
)


def read_cards(command: str, targets: Targets, kind: str) -> list[Operation] | None:
    columns = order_of(targets, kind, groups=True)
    found = _OF_GROUP.fullmatch(command)
    if found and (group := _group(found["column"] or found["other"], columns, targets)):
        return cards(names_in(found["names"] or found["new"]), group, targets)
    found = _CARDS.fullmatch(command)
    if found is None:
        return None
    group = targets.known(found["column"]) or _group(found["column"], columns, targets)
    if group not in columns:
        return None
    first = (found["end"] or "").lower() == "top"
    return cards(names_in(found["names"]), str(group), targets, first=first)


def _group(name: str, columns: list[str], targets: Targets) -> str | None:
    """The one group that is called so: "a weakness" is one of the weaknesses."""
    label = {alias: targets.label(alias) for alias in columns}
    best = max((match(bare(name), label[one]) for one in columns), default=Match.NONE)
    fitting = [one for one in columns if match(bare(name), label[one]) is best]
    return fitting[0] if best > Match.NONE and len(fitting) == 1 else None


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
