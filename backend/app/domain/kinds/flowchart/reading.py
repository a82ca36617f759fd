"""Reads processes: when an arrow text, or one with "then" and questions, counts as one."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.tokens import T, tokenize

_VAGUE = re.compile(
    r"\b(?:something|anything|nice|better|cool|beautiful|pretty|awesome|poem|story|song|joke)\b",
    re.I,
)


def read_process(source: Source) -> GraphBuilder | None:
    """Arrows, "then", questions with answers. A named flowchart may also be an enumeration."""
    if source.kind not in (None, "flowchart"):
        return None
    kinds = [token.kind for token in tokenize(source.body)]
    arrows, thens = kinds.count(T.ARROW), kinds.count(T.THEN)
    branches = kinds.count(T.IF) + kinds.count(T.ELSE)
    if source.kind is None and not arrows:
        if not (
            thens or (branches and (T.ELSE in kinds or kinds.count(T.IF) > 1 or T.COMMA in kinds))
        ):
            return None
        if _VAGUE.search(source.body):
            return None
    builder = read_flow(source.body, source.builder("flowchart"))
    if source.kind == "flowchart" and len(builder.nodes) < 2:
        return None
    return builder if len(builder.nodes) > 1 or builder.edges else None
