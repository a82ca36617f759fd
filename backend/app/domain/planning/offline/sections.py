"""Reads "To do: a, b; Doing: c" and two-level outlines into named sections with items."""

import re
from dataclasses import dataclass, field

from app.domain.planning.offline.lists import Item, read_outline
from app.domain.planning.text import items, nice, split_top

CLAUSE = re.compile(r"[;\n\uff1b]|[.!](?=\s|$)(?<![\d]\.)")
_NAMED = re.compile(
    r"\s*(?:[-*+\u2022]\s+)?(?P<name>[^:\n]{1,80}?)\s*[:\uff1a](?:\s+|$)(?P<rest>.*)", re.DOTALL
)
_COMMA = re.compile(r",(?=\s)|\uff0c|\u3001")


@dataclass
class Section:
    name: str
    items: list[str] = field(default_factory=list)


def clauses(text: str) -> list[str]:
    """The sentences of a text: parts between semicolons, full stops and line ends."""
    return split_top(text, CLAUSE)


def named(clause: str) -> tuple[str, str] | None:
    """ "Frontend: web, mobile" as its name and its rest."""
    match = _NAMED.fullmatch(clause)
    if not match or "->" in match["name"]:
        return None
    return match["name"].strip(), match["rest"].strip()


def read_sections(text: str) -> list[Section] | None:
    """Sections in order, or None if some of the text does not belong to any."""
    outline = read_outline(text)
    if outline and outline.nested and not outline.lead:
        return from_items(outline.items)
    sections: list[Section] = []
    for clause in clauses(text):
        if not _add(sections, clause):
            return None
    return sections or None


def from_items(top: list[Item]) -> list[Section]:
    return [_from_item(item) for item in top]


def _from_item(item: Item) -> Section:
    name = item.text.rstrip(":")
    below = [part for child in item.children for part in child.walk()]
    section = Section(nice(name))
    own = named(item.text)
    if own and own[1]:
        section = Section(nice(own[0]), items(own[1]))
    section.items += [part.text for part in below]
    return section


def _add(sections: list[Section], clause: str) -> bool:
    """Add a clause: "name: items" begins a section, a bullet belongs to the last one. A comma
    part that has a colon of its own begins a section too."""
    head = named(clause)
    if head is None:
        bullet = re.match(r"\s*(?:[-*+\u2022]|\d{1,3}[.)])\s+(.+)", clause, re.DOTALL)
        if bullet is None or not sections:
            return False
        sections[-1].items.append(bullet[1])
        return True
    sections.append(Section(nice(head[0])))
    gathered: list[str] = []
    for part in split_top(head[1], _COMMA):
        inner = named(part)
        if inner:
            sections[-1].items += items(", ".join(gathered))
            sections.append(Section(nice(inner[0])))
            gathered = [inner[1]] if inner[1] else []
        else:
            gathered.append(part)
    sections[-1].items += items(", ".join(gathered))
    return True
