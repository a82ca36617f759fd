"""What kinds' edit grammars share: verbs that add, places in an order, lists of names."""

import re
from dataclasses import dataclass

from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Node, Operation, Side
from app.domain.planning.text import nice, split_top, unquote

PUT = r"(?:add|insert|put|place|create|draw|append|include)"
_AND = re.compile(r"\s*,\s*(?:and\s+|und\s+)?|\s+(?:and|und)\s+", re.IGNORECASE)
_TURN = re.compile(
    r"\s*,?\s+(?:(?:directly|right|immediately|just)\s+)?(?:(?P<way>after|before|behind|left\s+of"
    r"|right\s+of|to\s+the\s+(?:left|right)\s+of|next\s+to|beside|above|below)\s+(?P<near>.+)"
    r"|(?:at|on|to|as)\s+the\s+(?:very\s+|far\s+)?(?P<end>(?:right|left)(?:\s+(?:end|side))?|(?:far\s+)?(?:right|left)|end|start"
    r"|beginning|front|top|bottom|first|last)(?:\s+(?:end|one|position))?)$",
    re.IGNORECASE,
)
# "add a topic: Food" says the same as "add a topic Food".
_COLON = re.compile(
    rf"(?P<noun>{PUT}\s+(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:card|task|item|ticket|step|state|topic|branch|sub-?topic"
    r"|participant|actor|entity|table|class|decision|question|box|node|shape|column|lane|period|quarter|phase|milestone|event"
    r"|title|heading|person|position|component|service))\s*:\s+(?=\S)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|another|one|eine?[nmr]?)\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*,?\s+(?:in\s+)?between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)$", re.IGNORECASE)
BETWEEN = re.compile(
    rf"{PUT}\s+(?P<new>.+?)\s+(?:in\s+)?between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.IGNORECASE
)
_BEFORE = ("before", "left", "above")
_FIRST = ("left", "start", "beginning", "front", "top", "first")


@dataclass(frozen=True)
class PlaceInOrder:
    """What is left of a phrase, and where in an order the thing goes: beside `near`, else at
    one end."""

    rest: str
    near: str | None = None
    before: bool = False
    said: bool = False

    def beside(self, order: list[str]) -> tuple[str | None, Side | None]:
        near = self.near or (order[0 if self.before else -1] if order else None)
        return near, "left" if self.before else "right"


def place_in_order(phrase: str, targets: Targets) -> PlaceInOrder:
    """Reads the place off the end of a phrase."""
    between = _BETWEEN.search(phrase)
    if between:
        targets.one(between["b"])
        return PlaceInOrder(phrase[: between.start()], targets.one(between["a"]), said=True)
    found = _TURN.search(phrase)
    if found is None:
        return PlaceInOrder(phrase)
    rest = phrase[: found.start()]
    if found["end"]:
        first = any(word in found["end"].lower() for word in _FIRST)
        return PlaceInOrder(rest, None, first, said=True)
    before = any(word in found["way"].lower() for word in _BEFORE)
    return PlaceInOrder(rest, targets.one(found["near"]), before, said=True)


def without_colon(command: str) -> str:
    """The command without a colon between a noun and the name of what is added."""
    return _COLON.sub(lambda found: f"{found['noun']} ", command, count=1)


def names_in(text: str) -> list[str]:
    """ "Tax, Audit and Treasury"; what is quoted is one name."""
    return [name_of(part) for part in parts_of(text)]


def parts_of(text: str) -> list[str]:
    """The parts of a list in words, as they are written."""
    return [part.strip() for part in split_top(text, _AND) if part.strip()]


def name_of(text: str) -> str:
    quoted = unquote(text.strip())
    return quoted if quoted is not None else nice(_ARTICLE.sub("", text.strip()))


def below(parent: str, names: list[str], targets: Targets) -> list[Operation]:
    """New nodes that hang below one."""
    made: list[Operation] = []
    for name in names:
        key = targets.add(name)
        node = Node(id=key, label=name[:400])
        made.append(Add(node=node, near=parent, connect_from=parent))
    return made


def order_of(targets: Targets, kind: str, *, groups: bool = False) -> list[str]:
    """The parts of the drawings of a kind, in reading order."""
    return [
        node.alias
        for node in targets.nodes
        if node.kind == kind and (node.shape == "group") is groups
    ]
