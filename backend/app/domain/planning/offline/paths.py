"""Finds what arrows lead to: a branch ("the no path"), or all that is connected."""

import re

from app.domain.planning.lexicon import NO, YES
from app.domain.planning.request import SceneContext, SceneEdge
from app.domain.planning.text import key, words

_PATH = re.compile(
    r"(?:the\s+)?(?P<what>[^,]{1,60}?)\s+(?:path|branch|route|way|flow)", re.IGNORECASE
)
_BAD = frozenset(["error", "errors", "failure", "fail", "fails", "failed", "unhappy", "negative"])
_GOOD = frozenset(["success", "happy", "positive", "normal", "good"])
_FAILING = re.compile(
    r"\b(?:errors?|fail\w*|reject\w*|declin\w*|den(?:y|ied)|invalid|abort\w*|wrong|refus\w*)\b",
    re.I,
)


def branch(phrase: str, context: SceneContext) -> list[str]:
    """Aliases of the arrows so labelled and of what only they lead to; empty if there is none.

    "Error" means the answers that say so, else the shapes that do, else the answer no.
    """
    found = _PATH.fullmatch(phrase)
    if found is None:
        return []
    first = _named(key(found["what"]), context)
    return _onward(first, context) if first else []


def _named(what: str, context: SceneContext) -> list[SceneEdge]:
    edges = [edge for edge in context.edges if edge.source and edge.target]
    labelled = [edge for edge in edges if key(edge.label) == what and edge.label]
    if labelled or not (words(what) and words(what)[0] in _BAD | _GOOD):
        return labelled
    if words(what)[0] in _GOOD:
        return [edge for edge in edges if key(edge.label) in YES]
    labels = {node.alias: node.label for node in context.nodes}
    return (
        [edge for edge in edges if _FAILING.search(edge.label)]
        or [edge for edge in edges if edge.target and _FAILING.search(labels.get(edge.target, ""))]
        or [edge for edge in edges if key(edge.label) in NO]
    )


def _onward(first: list[SceneEdge], context: SceneContext) -> list[str]:
    chosen = {edge.alias for edge in first}
    starts = {edge.source for edge in first}
    other = [edge for edge in context.edges if edge.alias not in chosen and edge.source in starts]
    stop = starts | _reached([edge.target for edge in other], context, starts)
    inside = _reached([edge.target for edge in first], context, stop)
    arrows = [edge.alias for edge in context.edges if edge.alias in chosen or edge.source in inside]
    return [*arrows, *(node.alias for node in context.nodes if node.alias in inside)]


def _reached(
    starts: list[str | None], context: SceneContext, stop: set[str | None]
) -> set[str | None]:
    found: set[str | None] = set()
    waiting = [start for start in starts if start and start not in stop]
    while waiting:
        alias = waiting.pop()
        if alias not in found:
            found.add(alias)
            waiting += [
                edge.target
                for edge in context.edges
                if edge.source == alias and edge.target and edge.target not in stop
            ]
    return found


def connected(alias: str, context: SceneContext) -> set[str]:
    """What arrows join to this, near or far, whichever way they point; and what is drawn with it
    as one drawing."""
    drawing = next((node.drawing for node in context.nodes if node.alias == alias), "")
    found = {alias, *(node.alias for node in context.nodes if drawing and node.drawing == drawing)}
    pending = [*found]
    while pending:
        one = pending.pop()
        for edge in context.edges:
            if one in (edge.source, edge.target):
                ends = {end for end in (edge.source, edge.target) if end} - found
                found |= ends
                pending += ends
    return found
