"""Reading text without harming it: cleaning, keys for comparison, splitting outside brackets."""

import re
import unicodedata
from collections.abc import Iterator

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85]")
_MARK = re.compile('[()\\[\\]{}"`\u201c\u00ab\u300c]')
_SPACES = re.compile(r"\s+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDE_MARKS = str.maketrans(
    {"\uff1a": ":", "\uff1f": "?", "\uff0c": ",", "\uff1b": ";", "\uff01": "!", "\u3001": ",",
     "\u3002": ".", "\uff08": "(", "\uff09": ")"}
)  # fmt: skip
_TIGHT = re.compile("(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af?])([:?,;.!])(?=[^\\s\\d:?,;.!])")
_RUNS = re.compile(r"(?<=[^\s]) {2,}")
_DEEP = re.compile(r"[ \t]{81,}")
_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_OPEN = {"(": ")", "[": "]", "{": "}", "\u201c": "\u201d", "\u00ab": "\u00bb", "\u300c": "\u300d"}
_CLOSE = {close: opening for opening, close in _OPEN.items()}
_QUOTES = '"`'
_QUOTED_PAIRS = {'"': '"', "\u201c": "\u201d", "`": "`", "\u00ab": "\u00bb", "\u201e": "\u201c"}


def clean(text: str) -> str:
    """`printable`, and without long runs of spaces, so that patterns stay linear."""
    text = _spaced(_RUNS.sub(" ", printable(text).replace("\u00a0", " ")))
    return _LINES.sub("\n\n", text).strip("\n").rstrip()


def _spaced(text: str) -> str:
    """Chinese, Japanese and Korean punctuation as the grammar knows it: ASCII, with a space."""
    if not _WIDE.search(text):
        return text
    text = text.translate(_WIDE_MARKS)
    return _TIGHT.sub(r"\1 ", text)


def printable(text: str) -> str:
    """Newlines as \\n, no control characters; letters of every script stay as they are."""
    text = _CONTROL.sub("", _NEWLINES.sub("\n", text))
    return _DEEP.sub(" " * 80, text)


def squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def unquote(text: str) -> str | None:
    """The inside of a text that is quoted as a whole, else None."""
    text = text.strip()
    if len(text) >= 2 and _QUOTED_PAIRS.get(text[0]) == text[-1]:
        inside = text[1:-1]
        if text[0] not in inside and text[-1] not in inside:
            return inside.strip()
    return None


def nice(text: str) -> str:
    """A label as a person would write it in a box: trimmed, first letter large, else as typed."""
    quoted = unquote(text)
    if quoted is not None:
        return squeeze(quoted)
    label = squeeze(text).strip(" ,;").rstrip(":")
    if label.endswith(".") and not label.endswith("..") and label.count(".") == 1:
        label = label[:-1]
    return capitalise(label.strip())


def capitalise(label: str) -> str:
    """Enlarge the first letter, unless the first word is a name with its own spelling."""
    first = label.split(" ", 1)[0]
    bare = first.strip("(),.!?:;\"'")
    if bare in ACRONYMS:
        return label.replace(bare, bare.upper(), 1)
    if not bare or not bare.replace("-", "").replace("'", "").replace("\u2019", "").isalnum():
        return label
    upper = label[0].upper()
    if bare != bare.lower() or len(upper) != 1:
        return label
    return upper + label[1:]


def key(label: str) -> str:
    """What makes two labels the same thing: case, spacing and a leading "the" do not matter."""
    text = unicodedata.normalize("NFC", squeeze(label)).casefold().strip(" .,;:!\"'`")
    if text.startswith("the ") and len(text) > 4:
        text = text[4:]
    return text or squeeze(label)


def shielded(text: str) -> bytearray:
    """1 for each character inside matched brackets or quotes, else 0. Linear.

    Brackets do not reach across a line end or an arrow.
    """
    mask = bytearray(len(text))
    if not _MARK.search(text):
        return mask
    stack: list[tuple[str, int]] = []
    opened: dict[str, int] = {}
    for index, char in enumerate(text):
        if char == "\n":
            stack.clear()
            opened.clear()
        elif char == "\u2192" or (char == ">" and index and text[index - 1] in "-="):
            stack.clear()
        elif char in _QUOTES:
            start = opened.pop(char, None)
            if start is None:
                opened[char] = index
            else:
                _cover(mask, start, index)
        elif char in _OPEN:
            stack.append((char, index))
        elif char in _CLOSE and stack and stack[-1][0] == _CLOSE[char]:
            start = stack.pop()[1]
            if not stack:
                _cover(mask, start, index)
    return mask


def _cover(mask: bytearray, start: int, end: int) -> None:
    mask[start : end + 1] = b"\x01" * (end + 1 - start)


def split_top(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split where the pattern matches outside brackets and quotes; empty parts are dropped."""
    return [part for part in _pieces(text, pattern) if part]


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    mask = shielded(text)
    start = 0
    for match in pattern.finditer(text):
        if match.end() > match.start() and not mask[match.start()]:
            yield text[start : match.start()].strip()
            start = match.end()
    yield text[start:].strip()


_ITEM = re.compile(r"[,\uff0c\u3001](?=\s|[^\x00-\x7f]|$)|,(?=[A-Za-z])|;|\n")
_LAST_AND = re.compile(r"(?:^|\s)(?:and|&|or|und|oder|sowie|et|ou|y|e)\s+", re.IGNORECASE)


def items(text: str) -> list[str]:
    """An enumeration "a, b (x, y) and c" as its parts.

    "and" separates only the last two of an enumeration with commas, or two bare words.
    """
    parts = split_top(text, _ITEM)
    if not parts:
        return []
    last = parts[-1]
    if len(parts) > 1 and (match := _LAST_AND.match(last)):
        return [*parts[:-1], last[match.end() :].strip()]
    pair = split_top(last, _LAST_AND)
    if len(pair) == 2 and (len(parts) > 1 or all(" " not in part for part in pair)):
        return [*parts[:-1], *pair]
    return parts


def words(text: str) -> list[str]:
    return [word for word in re.split(r"[^\w'\u2019]+", text.casefold()) if word]


def shorten(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "\u2026"


def vocabulary(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The parts of a text between its commas."""
    return tuple(squeeze(part) for part in text.split(","))


# Words that nobody writes with one large letter.
ACRONYMS = vocabulary(
    "ai api cdn ci cli cpu crm css csv db dns erp ftp gpu html http https id ip jwt llm ml os pdf "
    "qa sdk sla sms sql sso ssh tls ui url ux vm vpn xml"
)
