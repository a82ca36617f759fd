"""Reads boards: "columns To do, Doing, Done with cards ...", "To do: a, b; Doing: c"."""

import re
from dataclasses import replace

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.names import Match, resolve
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import Section, from_items, read_sections
from app.domain.planning.text import items, key, nice, vocabulary

WORDS = vocabulary(
    """
    put place add columns column lanes lane swimlanes named called labelled labeled titled for
    cards card
    tasks task items item tickets ticket notes note with and containing having in into under
    to two three four five six seven the these spalten spalte karten colonnes colonne columnas
    columna tarjetas
    """
)

_COLUMNS = re.compile(
    r"(?:^|\b)(?:(?:\d{1,2}|two|three|four|five|six|seven|the|these|den|les|las)\s+)?(?:columns?|lanes?|swimlanes|spalten?|colonnes?|columnas?)"
    r"(?:\s+(?:named|called|labelled|labeled|titled|for))?\s*:?\s+(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"\s+columns\b", re.IGNORECASE)
_CARDS = re.compile(
    r"\s*[,;.]?\s+(?:with|and|containing|having|mit|und|avec|con)\s+(?:the\s+|den\s+)?(?:karten|cartes|tarjetas|cards?|tasks?|items?|tickets?|notes?)\s*:?\s+"
    r"|[;.]\s*(?:cards?|tasks?|items?|tickets?)\s*:?\s+|\n\s*(?:cards?|tasks?)\s*:\s*",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"(?:[;.,]|\s+and)\s*(?:and\s+)?(?:please\s+)?(?:put|place|add)\s+(?P<card>[^;,.]{1,80}?)\s+(?:in|into|to|under)\s+(?:the\s+)?"
    r"(?P<where>[^;,.]{1,40}?)(?:\s+column)?\s*\.?$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\s+(?:in(?:to)?|under|to)\s+", re.IGNORECASE)
STATUSES = frozenset(
    key(word)
    for word in [
        "to do",
        "todo",
        "to-do",
        "doing",
        "in progress",
        "done",
        "backlog",
        "review",
        "in review",
        "blocked",
        "testing",
        "ready",
        "open",
        "closed",
        "next",
        "later",
        "now",
        "waiting",
        "ideas",
        "icebox",
        "released",
        "deployed",
        "qa",
        "went well",
        "went badly",
        "start",
        "stop",
        "continue",
        "mad",
        "sad",
        "glad",
        "to improve",
        "actions",
        "action items",
        "zu erledigen",
        "fertig",
        "à faire",
        "en cours",
        "fait",
        "por hacer",
        "en curso",
        "hecho",
        "in arbeit",
        "erledigt",
        "offen",
    ]
)


def read_board(source: Source) -> GraphBuilder | None:
    """A board if one is named, if columns are, or if sections are named like states of work."""
    if source.kind not in (None, "kanban"):
        return None
    if "->" in source.body:
        return None
    placed = _PUT.search(source.body)
    if placed and source.kind:
        inner = read_board(
            replace(source, body=source.body[: placed.start()], text=source.body[: placed.start()])
        )
        return _with_card(inner, placed) if inner else None
    outline = read_outline(source.body)
    if outline and outline.headed and len(outline.lead) <= 1:  # notes under headings
        title = source.title or nice("".join(outline.lead))
        return _draw(replace(source, title=title), from_items(outline.items))
    sections = read_sections(source.body)
    if sections and _is_board(source, sections):
        return _draw(source, sections)
    match = _COLUMNS.search(source.text)
    if match and (source.kind or source.commanded or match.start() == 0):
        return _draw(source, _columns(match["names"]))
    word = _WORD.search(source.body)
    if word and (source.kind or source.commanded):
        return _draw(source, _columns(re.split(r"[:;\n]", source.body[: word.start()])[-1]))
    if source.kind == "kanban" and source.body:
        return _draw(source, _columns(source.body))
    return None


def _with_card(builder: GraphBuilder, placed: re.Match[str]) -> GraphBuilder | None:
    """ "...; put "Fix login" into Doing"."""
    index = resolve(placed["where"], [group.label for group in builder.groups], Match.PART)
    if index is None:
        return None
    for card in items(placed["card"]):
        builder.fresh(card, group=builder.groups[index].id)
    return builder


def _is_board(source: Source, sections: list[Section]) -> bool:
    if len(sections) < 2:
        return False
    if key(sections[0].name) in ("columns", "column"):
        return False
    return source.kind == "kanban" or any(key(section.name) in STATUSES for section in sections)


def _columns(text: str) -> list[Section]:
    cut = _CARDS.search(text)
    names = text if cut is None else text[: cut.start()]
    inner = read_sections(names)
    if inner and len(inner) > 1:
        return inner
    sections = [Section(nice(name)) for name in _column_names(names)]
    if cut is not None:
        _place_cards(sections, text[cut.end() :])
    return sections


def _column_names(names: str) -> list[str]:
    listed = items(names.strip().rstrip("."))
    if len(listed) == 1:
        listed = re.split(r"\s+and\s+|\s*\|\s*|\s*/\s*", listed[0])
    return [name for name in listed if name.strip()]


def _place_cards(sections: list[Section], cards: str) -> None:
    """ "a, b in To do; c in Done": cards wait for the column that is named after them."""
    waiting: list[str] = []
    names = [section.name for section in sections]
    inner = read_sections(cards)
    if inner:
        for part in inner:
            index = resolve(part.name, names, Match.PART)
            sections[index or 0].items += part.items
        return
    for card in items(cards.strip().rstrip(".")):
        pieces = _PLACED.split(card)
        index = resolve(pieces[-1], names, Match.PART) if len(pieces) > 1 else None
        waiting.append(card if index is None else card[: card.rfind(pieces[-1])].rsplit(None, 1)[0])
        if index is not None:
            sections[index].items += waiting
            waiting = []
    if sections:
        sections[0].items += waiting


def _draw(source: Source, sections: list[Section]) -> GraphBuilder | None:
    if not sections:
        return None
    if any(re.search(r":\s|[a-z]\.\s+[A-Z]", section.name) for section in sections):
        raise NotUnderstood(f'"{sections[0].name[:80]}" cannot be read as a column.')
    builder = source.builder("kanban")
    for section in sections:
        group = builder.group(section.name)
        for item in section.items:
            builder.fresh(item, group=group)
        for _ in range(source.places):
            builder.fresh("", shape="note", group=group)
        if source.room:
            builder.regroup(group, room=source.room + len(section.items))
    return builder
