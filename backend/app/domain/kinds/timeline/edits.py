"""Edits of a drawn time line: periods in their order, events in them."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.planning.offline.edit_cards import cards, read_cards
from app.domain.planning.offline.edit_phrases import (
    BETWEEN,
    PUT,
    PlaceInOrder,
    name_of,
    names_in,
    order_of,
    place_in_order,
)
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, AddGroup, Group, Node, Operation, Side

_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH = r"(?:jan|feb|mar|m\u00e4r|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*"
_DATE = rf"(?:(?:q[1-4]|h[12]|kw\s?\d{{1,2}}|week\s+\d{{1,2}}|sprint\s+\d+|phase\s+\d+|year\s+\d+|{_MONTH})(?:\s+\d{{4}})?|(?:19|20)\d\d(?:[-/]\d{{1,2}}){{0,2}})"
_PERIOD = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:(?:period|quarter|phase|year|month|milestone|date|event|sprint)\s+)?"
    rf"(?P<date>{_DATE})(?:\s*(?:,?\s+with\s+|:\s*|\s+)(?P<names>.+))?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:period|quarter|phase|milestone|event)\s+(?:called\s+|named\s+)?(?P<new>.+?)"
    r"(?:\s*,?\s+with\s+(?P<names>.+))?",
    re.IGNORECASE,
)

_IN_PERIOD = re.compile(r"\s(?:to|in|into|on|for)\s", re.IGNORECASE)


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    groups = order_of(targets, "timeline", groups=True)
    found = _PERIOD.fullmatch(command)
    if found:
        turn = place_in_order(found["names"] or "", targets) if found["names"] else None
        names = turn.rest if turn else ""
        if targets.known(found["date"]) is None:
            return _period(found["date"], names, groups, targets, turn)
        return None
    found = BETWEEN.fullmatch(command)
    if found and {targets.known(found["a"]), targets.known(found["b"])} <= set(groups):
        turn = place_in_order(command, targets)
        return _period(name_of(found["new"]), "", groups, targets, turn)
    found = _NAMED.fullmatch(command)
    if found and not _IN_PERIOD.search(found["new"]):
        turn = place_in_order(found["new"], targets)
        return _period(turn.rest, found["names"] or "", groups, targets, turn)
    return read_cards(command, targets, "timeline")


def _period(
    date: str, names: str, groups: list[str], targets: Targets, turn: PlaceInOrder | None
) -> list[Operation] | None:
    order = groups or order_of(targets, "timeline")
    if not order:
        return None
    label = name_of(date)
    near, before = (turn.near, turn.before) if turn else (None, False)
    if near is None and not (turn and turn.said):
        near, before = _in_time(label, order, targets)
    near = near or order[0 if before else -1]
    side: Side = "left" if before else "right"
    if not groups:
        text = f"{label} {names}".strip()
        node = Node(id=targets.add(text), label=text[:400])
        return [Add(node=node, near=near, side=side)]
    key = targets.add(label, "rectangle")
    made: list[Operation] = [AddGroup(group=Group(id=key, label=label[:400]), near=near, side=side)]
    return [*made, *cards(names_in(names) if names else [], key, targets)]


def _in_time(label: str, order: list[str], targets: Targets) -> tuple[str | None, bool]:
    """After the last period that is not later."""
    when = _moment(label)
    moments = [(_moment(targets.label(alias)), alias) for alias in order]
    if when is None or any(moment is None for moment, _ in moments):
        return None, False
    earlier = [alias for moment, alias in moments if moment is not None and moment <= when]
    return (earlier[-1], False) if earlier else (order[0], True)


def _moment(label: str) -> tuple[float, ...] | None:
    text = label.lower()
    year = re.search(r"\b((?:19|20)\d\d)\b", text)
    part = re.search(r"\b(?:q([1-4])|h([12])|(?:kw|week|sprint|phase|year)\s?(\d{1,3}))", text)
    month = re.search(rf"\b({_MONTH})", text)
    numeric = re.search(r"(?:19|20)\d\d[-/](\d{1,2})", text)
    within = 0.0
    if part:
        within = float(next(group for group in part.groups() if group))
        within *= 3 if part[1] else 6 if part[2] else 1
    elif month:
        name = month[1][:3].replace("m\u00e4r", "mar").replace("mai", "may")
        name = name.replace("okt", "oct").replace("dez", "dec")
        within = float(_MONTHS.index(name) + 1)
    elif numeric:
        within = float(numeric[1])
    if not year and not within:
        return None
    return (float(year[1]) if year else 0.0, within)
