"""What to say when an instruction is not understood: the nearest thing that would be."""

import difflib
import re

from app.domain.errors import NotUnderstood, Suggestion
from app.domain.planning.kinds import PlanKind, Source
from app.domain.planning.sentences import say
from app.domain.planning.speech import Language

EDIT_EXAMPLE = "make Server blue; rename Server to API; add Cache between API and Database; tidy up"


def refusal(
    reason: str, language: Language, suggestions: tuple[Suggestion, ...] = (), **values: str
) -> NotUnderstood:
    """The sentence of this reason in the language of the instruction, and what it was made of."""
    return NotUnderstood(
        say(reason, language, **values),
        english=say(reason, "en", **values),
        values={"reason": reason, "language": language, **values},
        suggestions=suggestions,
    )


def not_understood(source: Source, editing: bool) -> NotUnderstood:
    """A sentence that names what is missing and the nearest thing that can be drawn."""
    if editing:
        return refusal("edit", source.language, example=EDIT_EXAMPLE)
    kind = source.kinds[source.kind] if source.kind else _nearest(source)
    phrase, example = kind.introduced(source.language)
    offer = Suggestion(phrase, example)
    reason = "content" if source.kind else "nearest"
    return refusal(reason, source.language, (offer,), kind=phrase, example=example)


def _nearest(source: Source) -> PlanKind:
    """The kind that comes nearest to what is named, or whose name is most like a word of the text;
    steps if there is none."""
    ranked = ((rank, word, kind) for kind in source.kinds for word, rank in kind.instead_of.items())
    for _, word, kind in sorted(ranked, key=lambda one: one[0]):
        if re.search(rf"\b{word}s?\b", source.text, re.IGNORECASE):
            return kind
    for word in re.findall(r"[^\W\d_]{4,}", source.text.lower())[:80]:
        if word in ("diagram", "chart", "draw", "drawing", "graph"):
            continue
        near = difflib.get_close_matches(word, source.kinds.named, n=1, cutoff=0.8)
        if near:
            return source.kinds.named[near[0]]
    return source.kinds[source.kinds.unnamed.steps]
