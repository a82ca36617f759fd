"""Cuts a process description into texts, arrows, conditions and separators, in linear time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from app.domain.planning.builder import Arrow
from app.domain.planning.lexicon import starts_with_verb
from app.domain.planning.plan import LineStyle
from app.domain.planning.text import shielded


class T(Enum):
    TEXT = "text"
    ARROW = "arrow"
    THEN = "then"
    COMMA = "comma"
    SEP = "separator"
    ASK = "question mark"
    IF = "if"
    ELSE = "otherwise"


@dataclass(frozen=True)
class Token:
    kind: T
    text: str = ""
    label: str = ""
    line: LineStyle = "solid"
    arrow: Arrow = "end"


_TOKEN = re.compile(
    r"""
    (?:(?<=\s)|(?<=[?)\]}"])|^)(?P<tail>-{1,3}|={1,3})\[?
        (?P<label>[^\s\-=<>\[|](?:[^\n<>|]{0,78}?[^\s\-=<>\]|])?)\]?(?:-{1,3}|={1,3})>
  | (?P<arrow><[-=]{1,3}>|[-=]{1,4}>|-\.{1,3}->|<-{1,3}(?!\w)
      |[\u2192\u21d2\u2794\u279c\u27f6\u27f9\u27a1\u2190\u2194]\uFE0F?)
      (?:[ ]?\|(?P<piped>[^|\n]{1,80})\|)?
  | (?P<link>(?<=\s)---(?=\s))
  | (?P<then>\b(?:and\s+|but\s+)?then\b:?|\bfollowed\s+by\b
      |\b(?:und\s+)?(?:dann|danach|anschlie\u00dfend)\b
      |\b(?:et\s+)?(?:puis|ensuite)\b|\b(?:y\s+)?(?:luego|despu\u00e9s(?!\s+de))\b|\u7136\u540e|\u305d\u306e\u5f8c)
  | (?P<adverb>\b(?:after\s+(?:that|this)|afterwards|next(?=,)|finally(?=,)|lastly(?=,)|subsequently
      |in\s+(?:both|either)\s+cases?|either\s+way)\b,?)
  | (?P<ask>[?\uff1f]+(?=\s|$|[^\w\s]))
  | (?P<sep>[;\n\uff1b\u3002]|[.!](?=\s|$))
  | (?P<comma>,(?=\s|$)|\uff0c)
  | (?P<else>\b(?:otherwise|or\s+else|else|sonst|andernfalls|sinon|de\s+lo\s+contrario
      |si\s+no(?=\s*,)|en\s+caso\s+contrario)\b[ ]*:?|\u5426\u5219)
  | (?P<if>\b(?:and\s+|but\s+)?(?:if|when|wenn|unless|in\s+case\s+of|in\s+case|falls|si(?=\s)
      |s['\u2019]ils?(?=\s))\b
      |(?:\u5982\u679c|\u82e5))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_IF = re.compile(
    r"(?:^|\s)(?:checks?|see|sees|verif(?:y|ies)|decides?|determines?|asks?|tests?|knows?|what|as|even"
    r"|only|validates?|finds? out|evaluates?|confirms?)\s+$",
    re.IGNORECASE,
)
_SMALL_NEXT = re.compile(r"\s[a-z]\b")
_NOT_ELSE = re.compile(r"(?:some|any|every|no)(?:one|body|thing|where)\s+$|what\s+$", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|dr|mr|mrs|ms|approx|ca|nr|no|st|inc|z\.B|[A-Za-z])$|^\s*\d{1,2}$",
    re.IGNORECASE,
)
_LABEL_AND_LINE: dict[str, LineStyle] = {"-.": "dashed"}


def tokenize(text: str) -> list[Token]:
    return _merge_enumerations(
        [token for token in _scan(text) if token.kind != T.TEXT or token.text]
    )


def _scan(text: str) -> Iterator[Token]:
    mask = shielded(text)
    start = 0
    for match in _TOKEN.finditer(text):
        if mask[match.start()] or match.end() == match.start():
            continue
        before = text[start : match.start()]
        token = _token(match, before)
        if token is None:
            continue
        yield Token(T.TEXT, before.strip())
        yield token
        start = match.end()
    yield Token(T.TEXT, text[start:].strip())


def _token(match: re.Match[str], before: str) -> Token | None:
    """The token of a match, or None where the same letters are part of a label."""
    kind, found = match.lastgroup, match.group()
    if match["label"]:
        return Token(T.ARROW, found, label=match["label"].strip())
    if match["arrow"]:
        return _arrow(match["arrow"], (match["piped"] or "").strip().strip('"'))
    if kind == "link":
        return Token(T.ARROW, found, arrow="none")
    return _word(kind, found, before, match.string[match.end() : match.end() + 3])


def _word(kind: str | None, found: str, before: str, after: str) -> Token | None:
    if kind == "then":
        return Token(T.THEN, found.strip())
    if kind == "adverb":
        return None if before.strip() else Token(T.THEN, found)
    if kind == "ask":
        return Token(T.ASK, "?")
    if kind == "sep":
        alone = len(before.strip()) == 1 and _SMALL_NEXT.match(after)  # "a -> b. b -> c"
        short = found == "." and not alone and _ABBREVIATION.search(before[-12:])
        return None if short else Token(T.SEP, found)
    if kind == "comma":
        return Token(T.COMMA, ",")
    if kind == "else":
        return None if _NOT_ELSE.search(before[-16:]) else Token(T.ELSE, found)
    word = found.rsplit(maxsplit=1)[-1].lower()
    if word == "when" and before.strip():
        return None
    return None if _NOT_IF.search(before[-20:]) else Token(T.IF, word)


def _arrow(sign: str, label: str) -> Token:
    sign = sign.rstrip("\ufe0f")
    line = _LABEL_AND_LINE.get(sign[:2], "solid")
    if sign in ("\u2194",) or (sign[0] == "<" and sign[-1] == ">"):
        return Token(T.ARROW, sign, label=label, arrow="both")
    if sign[0] in "<\u2190":
        return Token(T.ARROW, sign, label=label, arrow="start")
    return Token(T.ARROW, sign, label=label, line=line)


_OR_LAST = re.compile(r"(?:^|\s)(?:and|or)\s", re.IGNORECASE)


def _merge_enumerations(tokens: list[Token]) -> list[Token]:
    """Keep "enter name, address and email" as one text: only its first part is an action."""
    merged: list[Token] = []
    index = 0
    while index < len(tokens):
        end = _enumeration_end(tokens, index)
        parts = [token.text for token in tokens[index : end + 1] if token.kind is T.TEXT]
        merged.append(Token(T.TEXT, ", ".join(parts)) if end > index else tokens[index])
        index = end + 1
    return merged


def _enumeration_end(tokens: list[Token], start: int) -> int:
    first = tokens[start]
    if first.kind is not T.TEXT or " " not in first.text or not starts_with_verb(first.text):
        return start
    end = start
    while (
        end + 2 < len(tokens)
        and tokens[end + 1].kind is T.COMMA
        and tokens[end + 2].kind is T.TEXT
        and not starts_with_verb(tokens[end + 2].text)
        and ":" not in tokens[end + 2].text
    ):
        end += 2
    return end if end > start and _OR_LAST.search(tokens[end].text) else start


LOOK_AHEAD = 12


class TokenCursor:
    """A position in the tokens, with the few looks ahead that the grammar needs."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._position = 0

    def take(self) -> Token | None:
        token = self.peek()
        self._position += 1
        return token

    def peek(self, ahead: int = 0) -> Token | None:
        index = self._position + ahead
        return self._tokens[index] if index < len(self._tokens) else None

    def next_is(self, *kinds: T) -> bool:
        token = self.peek()
        return token is not None and token.kind in kinds

    def last_text(self) -> str:
        return self._tokens[self._position - 1].text

    def segment_has_arrow(self) -> bool:
        """Whether an arrow follows the current text (and its question mark) directly."""
        token = self.peek(1) if self.next_is(T.ASK) else self.peek()
        return token is not None and token.kind is T.ARROW

    def question_comes_first(self) -> bool:
        """Whether a question mark comes before any arrow."""
        kinds = (token.kind for token in self._tokens[self._position :])
        return next((kind for kind in kinds if kind in (T.ASK, T.ARROW)), None) is T.ASK

    def next_condition(self) -> str | None:
        """The text behind the next "if" of this question; empty for "otherwise"; None if a new
        question or the end comes first."""
        for ahead in range(LOOK_AHEAD):
            token, follower = self.peek(ahead), self.peek(ahead + 1)
            if token is None or token.kind is T.ASK:
                return None
            if token.kind is T.ELSE:
                return ""
            if token.kind is T.IF and follower is not None:
                return follower.text
        return None
