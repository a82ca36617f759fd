"""Reads mind maps: "mind map of coffee: beans (arabica, robusta), brewing"."""

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.enumerations import from_enumeration
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.outlines import hierarchy
from app.domain.planning.text import vocabulary

WORDS = vocabulary(
    """
    main branches topics subtopics ideas nodes children points are has have contains includes
    splits into with branch topic central center middle root
    """
)


def read_mindmap(source: Source) -> GraphBuilder | None:
    if source.kind != "mindmap":
        return None
    outline = read_outline(source.body)
    if outline and (outline.marked or outline.nested):
        return hierarchy(outline, source, "mindmap")
    return from_enumeration(source, "mindmap")
