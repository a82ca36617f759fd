"""Text as blocks of measured lines: wrapping with the editor's own rules."""

import re
import unicodedata
from dataclasses import dataclass
from math import ceil

from app.domain.layout.tools import Measure

# Line heights by the editor's font number.
LINE_HEIGHTS = {1: 1.25, 2: 1.15, 3: 1.2, 5: 1.25, 6: 1.35, 7: 1.15, 8: 1.25, 9: 1.15}
_WIDE = "\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf"
_TOKENS = re.compile(
    rf"\s|[{_WIDE}{_EMOJI}][\ufe0f\u200d]?|[^\s{_WIDE}{_EMOJI}-]*-|[^\s{_WIDE}{_EMOJI}-]+"
)
_CLOSING = set(")]}.,:;!?…/）］｝〉》」』】。．，、？！：；・")


@dataclass(frozen=True)
class Font:
    family: int
    size: float

    @property
    def line_height(self) -> float:
        return LINE_HEIGHTS.get(self.family, 1.25)


@dataclass(frozen=True)
class Block:
    """Wrapped text; `width` and `height` in px, as the editor would compute them."""

    source: str
    lines: tuple[str, ...]
    width: float
    height: float
    font: Font

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def clean(text: str) -> str:
    """What the editor itself would store: NFC, no tabs, no carriage returns, no control marks."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\t", " " * 8)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def block(text: str, font: Font, measure: Measure, max_width: float) -> Block:
    """The text wrapped so that no line is wider than `max_width`, if its characters allow."""
    text = clean(text).strip("\n ")
    font = Font(measure.family_for(text, font.family), font.size)
    lines = [
        piece for line in text.split("\n") for piece in _wrap_line(line, font, measure, max_width)
    ]
    return _block(text, lines, font, measure)


def balanced(text: str, font: Font, measure: Measure, max_width: float) -> Block:
    """As `block`, but with lines of similar length: the narrowest width with as few lines, and as
    few words that are broken at a hyphen of theirs."""
    widest = block(text, font, measure, max_width)
    font = widest.font
    count = len(widest.lines)
    if count == len(widest.source.split("\n")):
        return widest
    longest = max(measure.width(word, font.family, font.size) for word in widest.source.split())
    broken = _broken(widest)
    low, high, best = min(longest, widest.width), widest.width, widest
    for _ in range(8):
        middle = (low + high) / 2
        attempt = block(text, font, measure, middle)
        if len(attempt.lines) <= count and _broken(attempt) <= broken:
            best, high = attempt, middle
        else:
            low = middle
    return best


def _broken(block: Block) -> int:
    return sum(line.endswith("-") for line in block.lines[:-1])


def _block(source: str, lines: list[str], font: Font, measure: Measure) -> Block:
    width = max((measure.width(line or " ", font.family, font.size) for line in lines), default=0)
    height = len(lines) * font.size * font.line_height
    return Block(source, tuple(lines), width, height, font)


def _wrap_line(line: str, font: Font, measure: Measure, max_width: float) -> list[str]:
    def width(text: str) -> float:
        return measure.width(text, font.family, font.size)

    if width(line) <= max_width:
        return [line]
    lines: list[str] = []
    current = ""
    for token in _tokens(line):
        if token.isspace() or width(current + token) <= max_width:
            current += token
            continue
        if current.strip():
            lines.append(current.rstrip())
        current = token.lstrip()
        if width(current) > max_width:
            *full, current = _split_word(current, font, measure, max_width)
            lines += full
    if current.strip():
        lines.append(current.rstrip())
    return lines or [""]


def _tokens(line: str) -> list[str]:
    """Pieces between which a line may break: after spaces and hyphens, around wide characters;
    closing punctuation stays with what it closes."""
    tokens: list[str] = []
    for token in _TOKENS.findall(line):
        if tokens and token[0] in _CLOSING and not tokens[-1].isspace():
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def _split_word(word: str, font: Font, measure: Measure, max_width: float) -> list[str]:
    pieces, current = [], ""
    for character in word:
        if current and measure.width(current + character, font.family, font.size) > max_width:
            pieces.append(current)
            current = ""
        current += character
    return [*pieces, current]


def ceil_to(value: float, step: int) -> float:
    return float(ceil(value / step - 1e-9) * step)
