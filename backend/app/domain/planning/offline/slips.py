"""Kinds' names as people type them: with a slip of the pen, or written on to the command."""

import difflib
import re

from app.domain.planning.kinds import PlanKinds

_LEAST_TYPED, _LIKE = 6, 0.79  # letters of a name, and how much of it a slip of the pen keeps
_WIDE_COMMAND = re.compile(
    "(?:\u8bf7|\u5e2e\u6211|\u7ed9\u6211)*(?:\u753b|\u7ed8\u5236|\u505a|\u521b\u5efa|\u751f\u6210|\u5236\u4f5c)?(?:\u4e00)?(?:\u4e2a|\u5f20|\u5e45)?"
)


def slips_in(
    places: list[tuple[int, int, str]], start: int, kinds: PlanKinds
) -> list[tuple[int, int, str]]:
    """Kinds' names with a slip of the pen in them, at the very beginning."""
    return [
        (index, length, near)
        for index, length, name in places
        if index == start and (near := _meant(name, length, kinds))
    ]


def _meant(name: str, length: int, kinds: PlanKinds) -> str:
    if len(name) < _LEAST_TYPED:
        return ""
    near = [
        known
        for known in difflib.get_close_matches(name, kinds.named, n=3, cutoff=_LIKE)
        if known not in kinds.everyday
        and len(known) >= _LEAST_TYPED
        and len(known.split()) == length
        and known[0] == name[0]
        and len(set(known) - set(name)) <= 2
    ]
    return near[0] if near else ""


def without_command(word: str, kinds: PlanKinds) -> str:
    """A kind's name without the command that is written on to it, in Chinese and Japanese."""
    found = _WIDE_COMMAND.match(word)
    return word[found.end() :] if found and word[found.end() :] in kinds.named else word
