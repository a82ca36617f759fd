"""Reads matrices: SWOT, Eisenhower, two named axes, or any four quadrants with their contents."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.names import Match, resolve
from app.domain.planning.offline.sections import Section, read_sections
from app.domain.planning.plan import Color
from app.domain.planning.text import items, nice

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
        return _draw(source, sections, _SWOT_COLORS) if sections and _is_swot(sections) else None
    if swot or (sections and _is_swot(sections)):
        return _draw(source, _filled(SWOT, sections or []), _SWOT_COLORS)
    if "eisenhower" in source.named:
        return _draw(source, _filled(_EISENHOWER, sections or []))
    if source.named in _CANVASES:
        return _draw(source, _filled(_CANVASES[source.named], sections or []))
    if sections and len(sections) >= 2:
        return _draw(source, sections)
    return _from_axes(source) or _from_names(source)


def _is_swot(sections: list[Section]) -> bool:
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
    return builder
