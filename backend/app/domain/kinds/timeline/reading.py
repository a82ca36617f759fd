"""Reads timelines: "2024 founded, 2025 seed round", "Q1: research; Q2: build"."""

import re
from dataclasses import replace

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import read_sections
from app.domain.planning.text import items, nice, split_top, vocabulary

WORDS = vocabulary(
    """
    in on at by from since until to early mid late and then
    """
)

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_DATE = (
    rf"(?:(?:early|mid|late|spring|summer|autumn|fall|winter)[ -])?"
    rf"(?:\d{{4}}-\d{{2}}(?:-\d{{2}})?|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+)?{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?,?)?(?:\s+\d{{4}})?\b"
    r"|[QH][1-4](?:[ /'-]\d{2,4})?\b|\d{4}s?\b(?:\s*(?:BC|AD|CE|BCE)\b)?(?:\s*[QH][1-4]\b)?"
    r"|(?:week|day|month|year|phase|sprint|stage|quarter|hour|step|kw)\s+\d{1,3}\b|\d{1,2}:\d{2}(?:\s*[ap]m)?"
    r"|\d{1,2}\s*[ap]m\b|today|yesterday|tomorrow|now)"
)
_PERIOD = rf"(?:{_DATE}(?:\s*(?:-|\u2013|to|until)\s*{_DATE})?)"
_ENTRY = re.compile(
    rf"(?:(?:in|on|at|by|from|since)\s+)?(?P<when>{_PERIOD})\s*(?:[:\u2013\u2014,-]\s*|\s)\s*(?P<what>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(r"[,;\n\uff0c]\s*|\s*(?:-+>|\u2192)\s*|\.\s+(?=[A-Z0-9])")
_NAMES_FIRST = re.compile(r"[\w ]+(?:\s*/\s*[\w ]+)+:\s+(?=[\w ]+:)")  # "now / next: now: ..."
_SENTENCES = re.compile(r"(?<!\d)\.\s+(?=[A-Z])")
_AND = re.compile(r"^(?:and|then)\s+", re.IGNORECASE)
TimelineEntry = tuple[str, list[str]]


def read_timeline(source: Source) -> GraphBuilder | None:
    """Periods are groups in order; each event is a node in its period."""
    if source.kind not in (None, "timeline"):
        return None
    first, *later = _SENTENCES.split(source.body)
    left = [text.rstrip(".") for text in later if not re.search(_PERIOD, text, re.IGNORECASE)]
    if left and re.search(_PERIOD, first, re.IGNORECASE):
        kept = ". ".join([first, *(text for text in later if text.rstrip(".") not in left)])
        builder = read_timeline(replace(source, body=kept))
        if builder is not None:
            builder.left += left
        return builder
    entries = _entries(source.body)
    if source.kind is None:
        dated = len(entries) >= 2 and all(when for when, _ in entries)
        is_timeline = dated and all(what for _, what in entries)
        return _draw(source, entries) if is_timeline and not re.search(r"->", source.body) else None
    sections = read_sections(_NAMES_FIRST.sub("", source.body)) or []
    if len(sections) <= sum(bool(when) for when, _ in entries):
        return _draw(source, entries)
    if sections:
        return _draw(source, [(section.name, section.items or [""]) for section in sections])
    return _draw(source, [("", _events(source.body))]) if source.body.strip() else None


def _events(body: str) -> list[str]:
    outline = read_outline(body)
    if outline:
        return [item.text for top in outline.items for item in top.walk()]
    parts = [part for part in split_top(body, _PART) if part]
    return parts if len(parts) > 1 else items(body)


def _entries(body: str) -> list[TimelineEntry]:
    """(period, events) in order; text before the first date stands under an empty period."""
    entries: list[TimelineEntry] = []
    for part in _parts(body):
        match = _ENTRY.fullmatch(_AND.sub("", part))
        if match:
            what = match["what"].strip()
            entries.append((match["when"], [what] if what else []))
        elif entries:
            entries[-1][1].append(_AND.sub("", part))
        else:
            entries.append(("", [part]))
    return entries


def _parts(body: str) -> list[str]:
    outline = read_outline(body)
    if not outline or not (outline.marked or outline.nested):
        return split_top(body, _PART)
    lines = [item.text for top in outline.items for item in top.walk()]
    return [*outline.lead, *lines]


def _draw(source: Source, entries: list[TimelineEntry]) -> GraphBuilder:
    builder = source.builder("timeline")
    for when, events in entries:
        group = builder.group(nice(when)) if when else None
        for event in events or ([] if when else [""]):
            if event:
                builder.fresh(event, group=group)
    return builder
