"""Words with which people mean things on a canvas: the selection, everything, notes, arrows."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.planning.offline.shapes import SHAPES
from app.domain.planning.text import unquote

SELECTION = re.compile(
    r"(?:sie|ihn|es|diese[ns]?|it|this|these|that|those|them|the\s+cop(?:y|ies)|(?:the\s+|my\s+)?(?:current\s+)?selection"
    r"|(?:the\s+|all\s+)?selected(?:\s+\w+)?|what\s+is\s+selected"
    r"|(?:this|these|those)\s+(?:\w+\s+)?(?:shapes?|nodes?|box(?:es)?|elements?|objects?|ones?|items?|things?))",
    re.IGNORECASE,
)
# Several things are asked for, not one that is called so.
COUNTED = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d+)\s+\S+s\b", re.IGNORECASE
)
PRONOUN = re.compile(r"(?:sie|ihn|es|diese[ns]?|it|this|that|them|those|these|both)", re.IGNORECASE)
NOTES = re.compile(
    r"(?:(?:all|both|the|these|every|each)\s+)*(?:(?:two|three|four|\d)\s+)?(?:yellow\s+)?(?:sticky\s+)?(?:notes?|stickies|post-its?)",
    re.I,
)
EDGE_NAME = re.compile(
    r"(?:the\s+)?(?:(?:message|arrow|transition|connection|relation|label|edge|exit)\s+(?P<a>.+)"
    r"|(?P<b>.+?)\s+(?:message|arrow|transition|connection|relation|edge|exit))",
    re.IGNORECASE,
)
ALL = re.compile(
    r"(?:everything|(?:all|every|each)(?:\s+(?:of\s+)?(?:the\s+)?(?:shapes?|nodes?|box(?:es)?|elements?|objects?"
    r"|things?|items?|them|it|steps?|cards?))?|the\s+(?:whole\s+|entire\s+)?(?:canvas|drawing|diagram|board|scene)"
    r"|the\s+(?:shapes|nodes|boxes|elements|objects)|all\s+of\s+(?:it|them))",
    re.IGNORECASE,
)
ARROWS = re.compile(
    r"(?:(?:all|every|each)\s+)?(?:(?:of\s+)?the\s+)?(?:arrows?|connections?|connectors?|edges?|lines?)",
    re.I,
)
ARROW_BETWEEN = re.compile(
    r"(?:the\s+)?(?:arrow|connection|connector|edge|line|link)\s+(?:(?:from|between)\s+)(?P<a>.+?)"
    r"\s+(?:to|and)\s+(?P<b>.+)",
    re.IGNORECASE,
)
EVERY = re.compile(r"^(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?", re.IGNORECASE)
FILTER = re.compile(
    r"(?:all|every|each|the)\s+(?:of\s+the\s+)?(?:(?P<color>[a-z]+)\s+)?(?P<shape>[a-z-]+)(?:\s+shapes?)?",
    re.I,
)
KIND_OF_PART = r"(?:column|entity|table|participant|lane|state|period|quadrant|branch|person|actor|class|group|topic)"
NOUN = re.compile(
    rf"\s+{KIND_OF_PART}$|"
    r"\s+(?:box|node|shape|step|card|element|circle|ellipse|diamond|rectangle|sticky\s+note|note|label|text"
    r"|object|button|decision)$",
    re.IGNORECASE,
)
ARTICLE = re.compile(
    r"^(?:the|an?|my|our|der|die|das|den|dem|des|einen?|einem?|einer)\s+", re.IGNORECASE
)
LEADING = re.compile(
    rf"^(?:{KIND_OF_PART}|box|card|node|step|spalte|karte|zustand|tabelle|kasten|schritt)\s+(?=\S)",
    re.I,
)
LIST = re.compile(r"\s*,\s*(?:and\s+|und\s+)?|\s+(?:and|und|&)\s+", re.IGNORECASE)
GENERIC_SHAPES = frozenset(["shape", "node", "element", "object", "thing", "item"])


def bare(phrase: str) -> str:
    quoted = unquote(phrase)
    if quoted is not None:
        return quoted
    shorter = NOUN.sub("", ARTICLE.sub("", phrase.strip()))
    shorter = LEADING.sub("", shorter)
    inner = unquote(shorter)
    return inner if inner is not None else shorter or phrase


def singular_shape(word: str) -> str:
    for ending in ("es", "s"):
        if word.endswith(ending) and (
            word[: -len(ending)] in SHAPES or word[: -len(ending)] in GENERIC_SHAPES
        ):
            return word[: -len(ending)]
    return word
