"""The order in which readers are asked, and when an arrow text counts as a process."""

import re
from collections.abc import Callable

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline.architecture import read_architecture
from app.domain.planning.offline.columns import read_board
from app.domain.planning.offline.entities import read_entities
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.grid import read_grid
from app.domain.planning.offline.header import Source
from app.domain.planning.offline.hierarchy import read_hierarchy
from app.domain.planning.offline.matrix import read_matrix
from app.domain.planning.offline.mindmap import read_mindmap
from app.domain.planning.offline.outlines import read_list
from app.domain.planning.offline.sequence import read_sequence
from app.domain.planning.offline.shapes import read_shapes, read_words
from app.domain.planning.offline.states import read_states
from app.domain.planning.offline.tables import read_table
from app.domain.planning.offline.timeline import read_timeline
from app.domain.planning.offline.tokens import T, tokenize
from app.domain.planning.offline.wireframe import read_wireframe

Reader = Callable[[Source], GraphBuilder | None]
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
    builder = read_flow(source.body, direction=source.direction or "down", title=source.title)
    if source.kind == "flowchart" and len(builder.nodes) < 2:
        return None
    return builder if len(builder.nodes) > 1 or builder.edges else None


def _diagram_of_arrows(source: Source) -> GraphBuilder | None:
    """A named kind whose content is only arrows keeps the arrows: "mind map: a -> b"."""
    if source.kind not in ("mindmap", "tree", "architecture", "state", "er"):
        return None
    if not any(token.kind is T.ARROW for token in tokenize(source.body)):
        return None
    return read_flow(
        source.body, kind=source.kind, direction=source.direction or "down", title=source.title
    )


READERS: tuple[Reader, ...] = (
    read_words,
    read_wireframe,
    read_table,
    read_mindmap,
    read_hierarchy,
    read_matrix,
    read_board,
    read_timeline,
    read_states,
    read_entities,
    read_sequence,
    read_architecture,
    read_grid,
    read_list,
    _diagram_of_arrows,
    read_process,
    read_shapes,
)


def read(source: Source) -> GraphBuilder | None:
    """The first reading that gives a drawing. A reader that recognises its kind but not the
    content raises NotUnderstood; the others are still asked before that is believed."""
    refusal: NotUnderstood | None = None
    for reader in READERS:
        try:
            builder = reader(source)
        except NotUnderstood as error:
            refusal = refusal or error
            continue
        if builder is not None and (builder.nodes or builder.groups):
            return builder
    if refusal is not None:
        raise refusal
    return None
