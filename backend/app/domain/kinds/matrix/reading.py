"""Reads matrices: SWOT, Eisenhower, two named axes, or any four quadrants with their contents."""

import re
from dataclasses import replace

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.names import Match, resolve
from app.domain.planning.offline.sections import Section, read_sections
from app.domain.planning.plan import Color
from app.domain.planning.text import items, nice, vocabulary

WORDS = vocabulary(
    """
    rest remaining none axes axis vs versus by and of with high low swot urgent important not
    neither nor quadrant
    quadrants key value analysis board as stärken schwächen chancen risiken bedrohungen
    wichtig dringend nicht weder noch forces faiblesses opportunités menaces fortalezas
    debilidades oportunidades amenazas
    """
)

SWOT = ("Strengths", "Weaknesses", "Opportunities", "Threats")
_EISENHOWER = (
    "Urgent and important", "Important, not urgent", "Urgent, not important",
    "Neither urgent nor important",
)  # fmt: skip
_CANVASES = {
    "business model canvas": (
        "Key partners", "Key activities", "Value propositions", "Customer relationships",
        "Key resources", "Channels", "Customer segments", "Cost structure", "Revenue streams",
    ),
    "lean canvas": (
        "Problem", "Solution", "Unique value proposition", "Key metrics", "Unfair advantage",
        "Channels", "Customer segments", "Cost structure", "Revenue streams",
    ),
}  # fmt: skip
_SWOT_COLORS: tuple[Color, ...] = ("green", "red", "blue", "orange")
# Strengths, weaknesses, opportunities and threats as other languages call them.
_SWOT_WORDS = (
    ("st\u00e4rken", "forces", "fortalezas"),
    ("schw\u00e4chen", "faiblesses", "debilidades"),
    ("chancen", "m\u00f6glichkeiten", "opportunit\u00e9s", "oportunidades"),
    ("risiken", "gefahren", "bedrohungen", "menaces", "amenazas"),
)
_DEEDS = {
    "do": 0, "schedule": 1, "plan": 1, "decide": 1, "delegate": 2, "delete": 3, "drop": 3,
    "eliminate": 3,
}  # fmt: skip
_URGENT = re.compile(r"\b(?:urgent\w*|dringend\w*|eilig\w*|urgente\w*)", re.IGNORECASE)
_IMPORTANT = re.compile(r"\b(?:important\w*|wichtig\w*|importante\w*)", re.IGNORECASE)
_NEITHER = re.compile(r"\b(?:neither|weder|ni|keins|none|the\s+rest|rest)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|nicht|pas|no|non|un|less)[\s-]+(?:so\s+|very\s+)?$", re.IGNORECASE)
_AXES = re.compile(
    r"(?:of\s+|with\s+)?(?:(?:the\s+)?axes\s+)?(?P<y>[\w -]{1,40}?)\s*"
    r"(?:\bvs\.?|\bversus\b|/|\band\b|\bby\b)\s*"
    r"(?P<x>[\w -]{1,40})",
    re.IGNORECASE,
)


def read_matrix(source: Source) -> GraphBuilder | None:
    """Quadrants are groups in reading order: first row left, right, second row left, right."""
    swot = "swot" in source.named
    if source.kind not in (None, "matrix"):
        return None
    sections = read_sections(source.body) if source.body else None
    if source.kind is None:
        return _swot(source, sections) if sections and _is_swot(sections) else None
    if swot or (sections and _is_swot(sections)):
        return _swot(source, sections or [])
    if "eisenhower" in source.named:
        return _draw(source, _by_urgency(sections or []))
    if source.named in _CANVASES:
        return _draw(source, _filled(_CANVASES[source.named], sections or []))
    if sections and re.match(r"(?:with\s+)?ax[ei]s\b", sections[0].name, re.IGNORECASE):
        raise NotUnderstood(
            f'"{sections[0].name[:80]}" with named cells cannot be read: name the four cells only.'
        )
    if sections and len(sections) >= 2:
        return _draw(source, sections)
    return _from_axes(source) or _from_names(source)


def _swot(source: Source, given: list[Section]) -> GraphBuilder:
    """In the person's own words where these are in another language; the size of the board is
    no part of its title."""
    names = list(SWOT)
    for section in given:
        for place, called in enumerate(_SWOT_WORDS):
            if section.name.casefold() in called:
                names[place] = section.name
    title = re.sub(r"\s+as\s+an?\s+2\s*[x\u00d7]\s*2\s+\w+$", "", source.title)
    return _draw(replace(source, title=title), _filled(tuple(names), given), _SWOT_COLORS)


def _by_urgency(given: list[Section]) -> list[Section]:
    """The four cells: urgent ones on the left, important ones above."""
    cells = [Section(name) for name in _EISENHOWER]
    for section in given:
        done = _DEEDS.get(section.name.casefold().split(" ")[0]) if section.name.strip() else None
        if done is not None:
            cells[done].name, cells[done].items = section.name, section.items
            continue
        urgent, important = _says(_URGENT, section.name), _says(_IMPORTANT, section.name)
        if urgent is None and important is None and not _NEITHER.search(section.name):
            raise NotUnderstood(f'"{section.name[:80]}" is none of: {"; ".join(_EISENHOWER)}.')
        neither = _NEITHER.search(section.name) is not None
        at = 3 if neither else (0 if urgent else 1) + (0 if important else 2)
        cell = cells[at]
        cell.name, cell.items = (
            (nice(section.name) if len(section.name.split()) > 1 else cell.name),
            [*cell.items, *section.items],
        )
    return cells


def _says(pattern: re.Pattern[str], name: str) -> bool | None:
    """Whether a heading says this; False where it says the opposite, None where neither."""
    found = pattern.search(name)
    if found is None:
        return None
    return _NOT.search(name[: found.start()]) is None


def _is_swot(sections: list[Section]) -> bool:
    called = [word for words in _SWOT_WORDS for word in words]
    if sum(section.name.casefold() in called for section in sections) >= 3:
        return True
    names = [resolve(name, [section.name for section in sections], Match.HEAD) for name in SWOT]
    return sum(index is not None for index in names) >= 3


def _filled(names: tuple[str, ...], given: list[Section]) -> list[Section]:
    """The four quadrants in their order, filled with what was given under their names."""
    labels = [section.name for section in given]
    filled: list[Section] = []
    used: set[int] = set()
    for name in names:
        index = resolve(name, labels, Match.PART)
        filled.append(Section(name, given[index].items if index is not None else []))
        used |= {index} if index is not None else set()
    return filled + [section for i, section in enumerate(given) if i not in used]


def _from_axes(source: Source) -> GraphBuilder | None:
    for text in (source.title, source.body):
        match = _AXES.fullmatch(text.strip()) if text else None
        if match:
            y, x = match["y"].strip().lower(), match["x"].strip().lower()
            names = [f"{a} {y}, {b} {x}" for a in ("High", "Low") for b in ("low", "high")]
            return _draw(source, [Section(name) for name in names])
    return None


def _from_names(source: Source) -> GraphBuilder | None:
    names = items(source.body)
    if len(names) != 4:
        return None
    return _draw(source, [Section(nice(name)) for name in names])


def _draw(source: Source, sections: list[Section], colors: tuple[Color, ...] = ()) -> GraphBuilder:
    builder = GraphBuilder("matrix", title=source.title)
    for index, section in enumerate(sections):
        color: Color = colors[index] if index < len(colors) else "default"
        group = builder.group(section.name, color=color)
        for item in section.items:
            builder.fresh(item, group=group, color=color, column=index % 2, row=index // 2)
        for _ in range(source.places):
            builder.fresh("", shape="note", group=group, column=index % 2, row=index // 2)
    return builder
