"""Edits of a drawn board: columns in their order, cards in them."""

import re

from app.domain.planning.offline.edit_cards import cards, read_cards
from app.domain.planning.offline.edit_phrases import (
    BETWEEN,
    PUT,
    name_of,
    names_in,
    order_of,
    place_in_order,
)
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import AddGroup, Group, MoveRelative, Operation

_COLUMN = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:column|lane|list)\s+(?:called\s+|named\s+)?(?P<new>.+?)"
    r"(?:\s*,?\s+with\s+(?:the\s+)?(?:cards?\s+)?(?P<names>.+))?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)(?:new\s+)?(?P<new>.+?)\s+(?:column|lane)(?P<where>\s+.+)?",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?P<what>.+?)\s+(?:is|are)\s+(?:now\s+)?(?P<column>.+)", re.IGNORECASE)


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    columns = order_of(targets, "kanban", groups=True)
    if not columns:
        return None
    found = _COLUMN.fullmatch(command)
    if found:
        return _column(found["new"], found["names"] or "", columns, targets)
    found = BETWEEN.fullmatch(command)
    if found and {targets.known(found["a"]), targets.known(found["b"])} <= set(columns):
        return _column(command.split(" ", 1)[1], "", columns, targets)
    found = _NAMED.fullmatch(command)
    if found:
        return _column(found["new"] + (found["where"] or ""), "", columns, targets)
    if (made := read_cards(command, targets, "kanban")) is not None:
        return made
    found = _STATUS.fullmatch(command)
    if found and (column := targets.known(found["column"])) in columns:
        return [
            MoveRelative(targets=targets.many(found["what"]), side="inside", anchor=str(column))
        ]
    return None


def _column(new: str, names: str, columns: list[str], targets: Targets) -> list[Operation]:
    turn = place_in_order(new, targets)
    near, side = turn.beside(columns)
    label = name_of(turn.rest)
    key = targets.add(label)
    group = AddGroup(group=Group(id=key, label=label[:400]), near=near or columns[-1], side=side)
    return [group, *cards(names_in(names) if names else [], key, targets)]
