"""Edit commands about places: align, distribute, tidy up, move beside something."""

import re
from typing import Literal

from app.domain.planning.names import Match, resolve
from app.domain.planning.offline.edit_structure import side_of
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import (
    Align,
    Connect,
    Direction,
    Disconnect,
    Distribute,
    MoveAside,
    MoveRelative,
    Operation,
    Relayout,
)

EdgeName = Literal["left", "right", "top", "bottom", "center", "middle"]
_EDGE = (
    r"(?:(?:to|at|on|along)\s+the\s+)?(?P<edge>left|right|top|bottom|cent(?:er|re)s?|middle"
    r"|horizontally|vertically)(?:\s+(?:edges?|sides?))?"
)
_ALIGN = (
    re.compile(rf"align\s+{_EDGE}(?:\s+(?P<what>.+))?", re.IGNORECASE),
    re.compile(rf"align\s+(?P<what>.+?)\s+{_EDGE}", re.IGNORECASE),
    re.compile(
        r"(?P<edge>left|right|top|bottom|cent(?:er|re)|middle)[\s-]align(?:\s+(?P<what>.+))?", re.I
    ),
    re.compile(r"cent(?:er|re)\s+(?P<what>.+)", re.IGNORECASE),
)
_SPREAD = re.compile(
    r"(?:distribute|spread|space)(?:\s+out)?(?:\s+(?P<what>.+?))??"
    r"(?:\s+(?:out\s+)?(?:evenly|equally))?(?:\s+(?P<axis>horizontally|vertically|in\s+a\s+row|in\s+a\s+column))?"
    r"(?:\s+(?:evenly|equally))?",
    re.IGNORECASE,
)
_TIDY = re.compile(
    r"(?:please\s+)?(?:tidy|clean|straighten)(?:\s+(?P<a>.+?))?\s*(?:up)(?:\s+(?P<b>.+?))?"
    r"|(?:re-?layout|re-?arrange|arrange|auto[\s-]?layout|lay\s+(?:it|this|everything|them)\s+out|lay\s*out|organi[sz]e|straighten|tidy|sort\s+out)"
    r"(?:\s+(?P<c>.+?))??(?:\s+(?:again|nicely|neatly|automatically|better))?",
    re.IGNORECASE,
)
_ANEW = re.compile(
    r"(?:please\s+)?(?:re-?layout|re-?arrange|auto[\s-]?layout|lay\b)|.+\bagain$", re.IGNORECASE
)
_DIRECTION = re.compile(
    r"\s*,?\s*(?:from\s+)?\b(?P<way>left[\s-]to[\s-]right|right[\s-]to[\s-]left|top[\s-](?:to[\s-]bottom|down)"
    r"|bottom[\s-](?:to[\s-]top|up)|horizontally|vertically)$",
    re.IGNORECASE,
)
_MOVE = re.compile(
    r"(?:move|put|place|drag|shift|position)\s+(?P<what>.+?)\s+(?P<side>(?:to\s+the\s+|on\s+the\s+)?(?:left|right)(?:\s+side)?\s+of"
    r"|below|under|underneath|beneath|above|over|on\s+top\s+of|next\s+to|beside|after|behind|before)\s+(?P<anchor>.+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:move|put|place|drag|shift|bring|push)\s+(?P<what>.+?)\s+(?:(?:over\s+)?(?:to|on|at|onto)\s+the\s+)?(?:far\s+|very\s+)?"
    r"(?P<side>right|left|top|bottom|below|above|underneath)(?:[\s-]+(?:hand\s+)?(?:side|end|edge))?"
    r"(?:\s+of\s+(?:everything(?:\s+else)?|all(?:\s+the)?(?:\s+rest|\s+others)?|the\s+(?:rest|others|drawing|diagram|board|canvas)))?",
    re.IGNORECASE,
)
_EDGES: dict[str, EdgeName] = {
    "left": "left", "right": "right", "top": "top", "bottom": "bottom", "center": "center",
    "centre": "center", "centers": "center", "centres": "center", "middle": "middle",
    "horizontally": "middle", "vertically": "center",
}  # fmt: skip
_EVERYTHING = ("everything", "all", "it", "this", "them", "these", "the diagram", "the drawing")
_INTO = re.compile(
    r"(?:move|put|drag|shift|place)\s+(?P<what>.+?)\s+(?:(?:in)?to|in(?:side)?)\s+(?:the\s+)?(?P<group>.+?)(?:\s+(?:column|group|lane))?"
    r"|mark\s+(?P<marked>.+?)\s+as\s+(?P<status>.+)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"(?P<what>.+?)\s+(?:(?:should|must|will)\s+)?(?:now\s+)?(?:reports?|moves?)\s+(?:in)?to\s+(?P<boss>.+?)"
    r"(?:['\u2019]s\s+(?:team|group|department))?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:the\s+layout(?:\s+of\s+(?:the\s+\w+|everything|it))?|a\s+bit|the\s+mess|this\s+mess)", re.I
)


def read_arrangement(command: str, targets: Targets) -> list[Operation] | None:
    """Operations for a command about places, or None if it is none."""
    return (
        _align(command, targets)
        or _distribute(command, targets)
        or _tidy(command, targets)
        or _move(command, targets)
        or _aside(command, targets)
        or _into(command, targets)
        or _reports(command, targets)
    )


def _chosen(what: str | None, targets: Targets) -> list[str]:
    """No targets mean the selection, or everything if nothing is selected."""
    if not what or _FILLER.fullmatch(what.strip()):
        return []
    if what.strip().lower() in _EVERYTHING:
        return [] if not targets.context.selected else targets.many(what)
    return targets.many(what)


def _align(command: str, targets: Targets) -> list[Operation] | None:
    for pattern in _ALIGN:
        match = pattern.fullmatch(command)
        if match:
            found = match.groupdict()
            edge = _EDGES[(found.get("edge") or "center").lower()]
            return [Align(targets=_chosen(found.get("what"), targets), edge=edge)]
    return None


def _distribute(command: str, targets: Targets) -> list[Operation] | None:
    match = _SPREAD.fullmatch(command)
    if not match:
        return None
    axis = (match["axis"] or "").lower()
    vertical = axis in ("vertically", "in a column")
    chosen = _chosen(match["what"], targets)
    if not axis and not chosen and not targets.context.selected:
        return [Relayout()]  # which way depends on the whole drawing
    return [Distribute(targets=chosen, axis="vertical" if vertical else "horizontal")]


def _tidy(command: str, targets: Targets) -> list[Operation] | None:
    direction: Direction | None = None
    way = _DIRECTION.search(command)
    if way:
        direction = _direction(way["way"].lower())
        command = command[: way.start()]
    match = _TIDY.fullmatch(command)
    if not match:
        return None
    what = match["a"] or match["b"] or match["c"]
    anew = _ANEW.match(command) is not None
    return [Relayout(targets=_chosen(what, targets), direction=direction, anew=anew)]


def _direction(way: str) -> Direction:
    plain = way.replace("-", " ")
    if plain in ("left to right", "horizontally"):
        return "right"
    if plain == "right to left":
        return "left"
    return "up" if plain.startswith("bottom") else "down"


def _move(command: str, targets: Targets) -> list[Operation] | None:
    match = _MOVE.fullmatch(command)
    if not match:
        return None
    side = side_of(match["side"])
    moved, anchor = targets.many(match["what"]), targets.one(match["anchor"])
    if side is None or anchor in moved:
        return None
    if match["side"].lower() in ("under", "below") and targets.is_hierarchy(anchor):
        return _rehung(moved, anchor, targets)
    return [MoveRelative(targets=moved, side=side, anchor=anchor)]


def _aside(command: str, targets: Targets) -> list[Operation] | None:
    """ "put the notes on the right": beside all the rest."""
    match = _ASIDE.fullmatch(command)
    if not match:
        return None
    side = side_of(match["side"].replace("bottom", "below"))
    moved = targets.many(match["what"])
    if side is None:
        return None
    row = targets.row_of(moved)
    if row:  # a column to the left is the first column
        end = row[0] if side in ("left", "above") else row[-1]
        return [MoveRelative(targets=moved, side=side, anchor=end)] if end not in moved else None
    return [MoveAside(targets=moved, side=side)]


def _into(command: str, targets: Targets) -> list[Operation] | None:
    """ "move design to Doing" on a board: into the column."""
    match = _INTO.fullmatch(command)
    if not match:
        return None
    groups = [node for node in targets.nodes if node.shape == "group"]
    index = resolve(match["group"] or match["status"], [node.label for node in groups], Match.PART)
    if index is None:
        return None
    what = match["what"] or match["marked"]
    if command.lower().startswith(("put", "place")) and not targets.any_known(what):
        return None  # it is new
    return [MoveRelative(targets=targets.many(what), side="inside", anchor=groups[index].alias)]


def _reports(command: str, targets: Targets) -> list[Operation] | None:
    match = _REPORTS.fullmatch(command)
    one = (targets.known(match["boss"]) or targets.known(match["what"])) if match else None
    if match is None or one is None or not targets.is_hierarchy(one):
        return None
    return _rehung(targets.many(match["what"]), targets.one(match["boss"]), targets)


def _rehung(moved: list[str], boss: str, targets: Targets) -> list[Operation]:
    """Below another parent: in a hierarchy the connection says who that is."""
    operations: list[Operation] = [MoveRelative(targets=moved, side="below", anchor=boss)]
    for alias in moved:
        above = targets.parent(alias)
        if above and above != boss:
            operations.append(Disconnect(source=above, target=alias))
        if above != boss:
            operations.append(Connect(source=boss, target=alias))
    return operations
