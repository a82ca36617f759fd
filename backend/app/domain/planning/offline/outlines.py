"""Turns outlines into drawings: numbered steps a flowchart, indented bullets a tree or mind map."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.header import Source
from app.domain.planning.offline.lists import Item, Outline, read_outline
from app.domain.planning.plan import Kind
from app.domain.planning.text import nice

_ARROW = re.compile(r"->|=>|\u2192")
_INTRODUCTION = re.compile(r"\b(?:following|these|steps|below)\b", re.IGNORECASE)


def read_list(source: Source) -> GraphBuilder | None:
    """An outline without a named kind, or one named as flowchart, tree or mind map."""
    outline = read_outline(source.body)
    if outline is None or (source.kind is None and not outline.marked and not outline.nested):
        return None
    arrows = _ARROW.search(source.body) is not None
    if arrows and not outline.marked:
        return None
    if source.kind == "flowchart" or (source.kind is None and (outline.numbered or arrows)):
        return steps(outline, source)
    if source.kind == "mindmap":
        return hierarchy(outline, source, "mindmap")
    if source.kind == "tree":
        return hierarchy(outline, source, "tree")
    return hierarchy(outline, source, "tree" if len(outline.items) == 1 else "mindmap")


def steps(outline: Outline, source: Source) -> GraphBuilder:
    """Steps one after the other; what is indented under a question are its branches."""
    lines: list[str] = []
    for item in outline.items:
        lines += _step_lines(item)
    lead = outline.lead[-1] if outline.lead and not _INTRODUCTION.search(outline.lead[-1]) else ""
    title = source.title or nice(lead)
    return read_flow("\n".join(lines), direction=source.direction or "down", title=title)


def _step_lines(item: Item) -> list[str]:
    return [part.text for part in item.walk()]


def hierarchy(outline: Outline, source: Source, kind: Kind) -> GraphBuilder:
    """Parents above children; several roots get the title as their common root."""
    builder = GraphBuilder(kind, source.direction or "down", source.title)
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
