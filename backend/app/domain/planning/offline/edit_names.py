"""Whether the names of what an edit adds are names: the one place that decides."""

import re
from collections.abc import Iterable

from app.domain.errors import NotUnderstood
from app.domain.planning.not_names import is_no_name
from app.domain.planning.offline.help import EDIT_EXAMPLE, refusal
from app.domain.planning.offline.target_words import COUNTED
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, AddGroup, InsertBetween, Operation
from app.domain.planning.speech import Language

# Words that say where something goes, how it is connected or when: never part of a new name.
_PLACED = re.compile(
    r"\b(?:between|after|before|below|above|beneath|underneath|beside|next\s+to|near|left\s+of|right\s+of|on\s+the\s+(?:far\s+|very\s+)?(?:left|right)"
    r"|at\s+the\s+(?:top|bottom|end|start|beginning)|connected|connecting|linked|each|every|which|that|who|where|if|when"
    r"|unless|until|instead|except|without|also|both|zwischen|nach|vor|neben|unter|oberhalb|unterhalb|links|rechts"
    r"|jede[rmns]?|welche[rs]?|wenn|falls|statt|ohne|auch|from\s+\S.*\bto)\b",
    re.IGNORECASE,
)
_LEADING_PLACE = re.compile(
    r"(?:im|in|am|an|on|at|for|bei|to|under|from|with|zu|zum|zur|ins|into)\s"
)
# "Kim as assistant of CEO", "Orders ein Feld", "Weakness: no app"; but "Step 2: pack", "10:30".
_EXPLAINED = re.compile(
    r"\bas\s.+\s(?:of|to|under|for)\b|\S\s+(?:eine?[nmr]?|an?)\s+\S|[^\W\d]\s*:\s+\S"
    r"|^(?:group|frame|column|lane|section)\s.+\swith\s|\s(?:next|close)$"
    r"|^(?:sub[\s-]?)?(?:branch|topic|node|child|card|column|lane|participant|period)(?:es|s)?$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\s(?:to|into|in|inside|within|onto|im|ins|zum|zur)\s+(?P<other>.+)", re.IGNORECASE
)
_QUOTE = "\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_QUOTED = re.compile(rf"[{_QUOTE}]([^{_QUOTE}\n]{{1,400}})[{_QUOTE}]")
_QUOTES = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb]")


def check_names(operations: Iterable[Operation], command: str, targets: Targets) -> None:
    """Raises NotUnderstood for a new name that is a piece of the command: it says where something
    goes, how many there are or when. What is quoted is always a name."""
    quoted = {part.casefold() for part in _QUOTED.findall(command)}
    for one in operations:
        match one:
            case Add() | InsertBetween():
                label = one.node.label
            case AddGroup():
                label = one.group.label
            case _:
                continue
        piece = _is_piece(label, command) or _names_another(label, targets)
        if _is_in_no_place(one, targets):
            raise unread(command, targets.language)
        if piece and label.casefold() not in quoted:
            raise unread(command, targets.language)


def _is_piece(label: str, command: str) -> bool:
    typed = label[:1].lower() + label[1:]
    typed = typed if typed in command else label
    return bool(
        COUNTED.match(typed)
        or _PLACED.search(typed)
        or _LEADING_PLACE.match(typed)
        or _EXPLAINED.search(typed)
        or _QUOTES.search(typed)
        or is_no_name(label, "steps")
    )


def _is_in_no_place(one: Add | InsertBetween | AddGroup, targets: Targets) -> bool:
    """At an arrow, between groups that stand in a row, or called as a group is."""
    if isinstance(one, InsertBetween):
        ends = [one.source, one.target]
        return any(map(targets.is_edge, ends)) or bool(targets.row_of(ends))
    if isinstance(one, AddGroup):
        return False
    return any(targets.is_edge(end or "") for end in (one.connect_from, one.connect_to)) or any(
        node.shape == "group" and node.label.casefold() == one.node.label.casefold()
        for node in targets.context.nodes
    )


def _names_another(label: str, targets: Targets) -> bool:
    """ "Cache to Backend", where Backend is there."""
    found = _INSIDE.search(label)
    return found is not None and targets.known(found["other"]) is not None


def unread(command: str, language: Language) -> NotUnderstood:
    return refusal("edit_unread", language, words=command[:80], example=EDIT_EXAMPLE)
