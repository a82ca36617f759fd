"""Which thing is meant: resolving "the form" to the label "Fills sign-up form"."""

import difflib
import re
from collections.abc import Sequence
from enum import IntEnum

from app.domain.planning.text import key, vocabulary, words

_SMALL = vocabulary(
    """
    the a an this that these those of to for in on at my our your its step box node shape
    """
)


class Match(IntEnum):
    """How sure a match is; higher is better."""

    NONE = 0
    FUZZY = 1
    PART = 2
    HEAD = 3
    EXACT = 4


def stem(word: str) -> str:
    """A word without plural and verb endings, enough to join "forms", "form" and "fills"."""
    for ending in ("ments", "ment", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def stems(text: str) -> list[str]:
    all_words = words(text)
    return [stem(word) for word in all_words if word not in _SMALL] or all_words


def squashed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def match(reference: str, label: str) -> Match:
    """How well a reference names this label."""
    if key(reference) == key(label) or (
        squashed(reference) and squashed(reference) == squashed(label)
    ):
        return Match.EXACT
    wanted, found = stems(reference), stems(label)
    if not wanted or not found:
        return Match.NONE
    if wanted == found:
        return Match.EXACT
    if found[-len(wanted) :] == wanted:
        return Match.HEAD
    if set(wanted) <= set(found):
        return Match.PART
    tight = "".join(wanted)
    if len(tight) >= 4 and tight in "".join(found):
        return Match.PART
    if len(tight) >= 4 and difflib.SequenceMatcher(None, key(reference), key(label)).ratio() >= 0.8:
        return Match.FUZZY
    return Match.NONE


def resolve(reference: str, labels: Sequence[str], at_least: Match = Match.FUZZY) -> int | None:
    """Index of the best matching label; among equals the shortest, then the latest. Else None."""
    best: tuple[int, int, int] | None = None
    for index, label in enumerate(labels):
        quality = match(reference, label)
        if quality >= at_least:
            candidate = (int(quality), -len(stems(label)), index)
            best = candidate if best is None else max(best, candidate)
    return None if best is None else best[2]


def closest(reference: str, labels: Sequence[str], count: int = 3) -> list[str]:
    """The labels that look most like the reference, best first."""
    by_key = {key(label): label for label in reversed(labels) if label.strip()}
    near = difflib.get_close_matches(key(reference), list(by_key), n=count, cutoff=0.3)
    rest = [known for known in reversed(by_key) if known not in near]
    return [by_key[known] for known in [*near, *rest][:count]]
