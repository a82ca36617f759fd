"""Reads who is who: "Maria is CEO. Under her: Tom (CTO), Lisa (CFO). Tom manages Support"."""

import re
from collections.abc import Callable

from app.domain.planning.offline.sections import clauses
from app.domain.planning.text import key, nice

Pairs = list[tuple[str, str]]
_IS = re.compile(
    r"(?P<who>[^:]+?)\s+(?:is|as)\s+(?:the\s+|our\s+|an?\s+)?(?P<role>[^,:]{2,40})", re.IGNORECASE
)
_UNDER_FIRST = re.compile(
    r"(?:under|below)\s+(?P<boss>[^:,]+?)(?:\s*:\s*|,?\s+(?:there\s+)?(?:is|are|comes?|works?)\s+)(?P<who>.+)",
    re.IGNORECASE | re.DOTALL,
)
_UNDER = re.compile(r"(?P<who>.+?)\s+(?:under|below)\s+(?:the\s+)?(?P<boss>.+)", re.IGNORECASE)
_ROLE = re.compile(r"(?P<who>[^()]+?)\s*\((?P<role>[^()]{1,40})\)")
_PRONOUNS = frozenset(["her", "him", "them", "it"])


def read_people(
    body: str, related: Callable[[str], Pairs], people: Callable[[str], list[str]]
) -> Pairs | None:
    """(parent, child) pairs in order of mention, roles in brackets; None if a sentence says
    something else. `related` reads "A manages B", `people` an enumeration."""
    staff = _Staff()
    for clause in clauses(body):
        under, found = _UNDER_FIRST.fullmatch(clause), related(clause)
        if under:
            staff.place(under["boss"], people(under["who"]))
        elif found:
            for boss, who in found:
                staff.place(boss, [who])
        elif role := _IS.fullmatch(clause):
            staff.name(role["who"], role["role"])
        else:
            return None
    return staff.pairs() or None


def read_placed(parts: list[str]) -> Pairs | None:
    """ "CEO, CTO, two engineers under the CTO": who is not placed is below the first."""
    below = {part: match["boss"] for part in parts if (match := _UNDER.fullmatch(part))}
    known = {key(part): part for part in parts if part not in below}
    if not below or len(known) < 2 or not all(key(boss) in known for boss in below.values()):
        return None
    root = next(iter(known.values()))
    named = {part: match["who"] for part in below if (match := _UNDER.fullmatch(part))}
    return [
        (known[key(below[part])] if part in below else root, named.get(part, part))
        for part in parts
        if part != root
    ]


class _Staff:
    def __init__(self) -> None:
        self._labels: dict[str, str] = {}
        self._by_role: dict[str, str] = {}
        self._found: Pairs = []
        self._last = ""

    def name(self, text: str, role: str = "") -> str:
        """The key of a person, by name or role; remembers both."""
        match = _ROLE.fullmatch(text.strip())
        who, role = (match["who"], match["role"]) if match else (text, role)
        found = key(nice(who))
        found = self._last if found in _PRONOUNS and self._last else found
        found = self._by_role.get(found, found)
        if role:
            self._labels[found] = f"{nice(who)} ({role.strip()})"
            self._by_role[key(role)] = found
        self._labels.setdefault(found, nice(who))
        self._last = found
        return found

    def place(self, boss: str, who: list[str]) -> None:
        above = self.name(boss)
        self._found += [(above, self.name(one)) for one in who]
        self._last = above

    def pairs(self) -> Pairs:
        return [(self._labels[above], self._labels[below]) for above, below in self._found]
