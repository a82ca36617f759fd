"""Turns outlines into drawings: numbered steps a flowchart, indented bullets a tree or mind map."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.lists import Item, Outline, read_outline
from app.domain.planning.text import nice, vocabulary

LIST_WORDS = vocabulary(
    """
    following these steps below x step
    """
)

_ARROW = re.compile(r"->|=>|\u2192")
_INTRODUCTION = re.compile(r"\b(?:following|these|steps|below)\b", re.IGNORECASE)


def read_list(source: Source) -> GraphBuilder | None:
    """An outline: steps, or a hierarchy of the named kind if that has a root."""
    outline = read_outline(source.body)
    if outline is None or (source.kind is None and not outline.marked and not outline.nested):
        return None
    arrows = _ARROW.search(source.body) is not None
    if arrows and not outline.marked:
        return None
    unnamed = source.kinds.unnamed
    if source.kind == unnamed.steps or (source.kind is None and (outline.numbered or arrows)):
        return steps(outline, source)
    if source.kind and source.kinds[source.kind].rooted:
        return hierarchy(outline, source, source.kind)
    one = len(outline.items) == 1
    return hierarchy(outline, source, unnamed.one_root if one else unnamed.several_roots)


def steps(outline: Outline, source: Source) -> GraphBuilder:
    """Steps one after the other; what is indented under a question are its branches."""
    lines: list[str] = []
    for item in outline.items:
        lines += _step_lines(item)
    lead = outline.lead[-1] if outline.lead and not _INTRODUCTION.search(outline.lead[-1]) else ""
    builder = source.builder(source.kinds.unnamed.steps)
    builder.title = source.title or nice(lead)
    return read_flow("\n".join(lines), builder, listed=True)


def _step_lines(item: Item) -> list[str]:
    return [part.text for part in item.walk()]


def hierarchy(outline: Outline, source: Source, kind: str) -> GraphBuilder:
    """Parents above children; several roots get the title as their common root."""
    builder = source.builder(kind)
    top = outline.items
    lead = outline.lead[-1] if outline.lead else ""
    root: str | None = None
    if len(top) > 1 or lead:
        label = lead or source.title
        root = builder.fresh(label) if label else None
    for item in top:
        add_branch(builder, item, root)
    return builder


def add_branch(builder: GraphBuilder, top: Item, parent: str | None) -> None:
    """Draw an item and everything below it."""
    waiting: list[tuple[Item, str | None]] = [(top, parent)]
    while waiting:
        item, above = waiting.pop()
        node = builder.fresh(item.text)
        if above is not None:
            builder.edge(above, node)
        waiting.extend((child, node) for child in reversed(item.children))
