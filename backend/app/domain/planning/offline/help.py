"""What to say when an instruction is not understood: the nearest thing that would be."""

import difflib
import re

from app.domain.errors import NotUnderstood
from app.domain.planning.kinds import PlanKind, Source

EDIT_EXAMPLE = "make Server blue; rename Server to API; add Cache between API and Database; tidy up"


def not_understood(source: Source, editing: bool) -> NotUnderstood:
    """A sentence that names what is missing and the nearest thing that can be drawn."""
    if editing:
        return NotUnderstood(
            "The offline planner did not recognise this as a change or as a drawing. "
            f"It understands commands like: {EDIT_EXAMPLE}."
        )
    if source.kind:
        kind = source.kinds[source.kind]
        return NotUnderstood(
            f"To draw {kind.phrase}, the offline planner needs its content spelled out. "
            f"Example: {kind.example}"
        )
    kind = _nearest(source)
    return NotUnderstood(
        "The offline planner reads content that is spelled out (arrows, lists, tables, Mermaid); "
        f"it has no ideas of its own. The nearest thing that it can draw is {kind.phrase}. "
        f"Example: {kind.example}"
    )


def _nearest(source: Source) -> PlanKind:
    """The kind that comes nearest to what is named, or whose name is most like a word of the text;
    steps if there is none."""
    ranked = ((rank, word, kind) for kind in source.kinds for word, rank in kind.instead_of.items())
    for _, word, kind in sorted(ranked, key=lambda one: one[0]):
        if re.search(rf"\b{word}s?\b", source.text, re.IGNORECASE):
            return kind
    for word in re.findall(r"[a-z]{4,}", source.text.lower())[:80]:
        if word in ("diagram", "chart", "draw", "drawing", "graph"):
            continue
        near = difflib.get_close_matches(word, source.kinds.named, n=1, cutoff=0.8)
        if near:
            return source.kinds.named[near[0]]
    return source.kinds[source.kinds.unnamed.steps]
