"""An incremental JSON reader: every character is looked at once, closed values are kept."""

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

MAX_NESTING = 40
MAX_LITERAL = 60
_PLAIN = re.compile(r'[^"\\]+')
_SPACE = re.compile(r"[ \t\r\n\ufeff\u00a0]+")
_ESCAPES = {
    '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
}  # fmt: skip
_LITERALS: dict[str, Any] = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?")


class Fault(Exception):
    """The text stopped being JSON here."""


class State(Enum):
    VALUE = auto()
    FIRST = auto()
    KEY = auto()
    COLON = auto()
    COMMA = auto()
    STRING = auto()
    ESCAPE = auto()
    UNICODE = auto()
    LITERAL = auto()
    DONE = auto()


class Frame:
    """An object or array that is still open. `place` is the key it stands under in the nearest
    object: the elements of `"nodes": [...]` have the place "nodes"."""

    __slots__ = ("is_object", "key", "place", "value")

    def __init__(self, is_object: bool, place: str) -> None:
        self.is_object = is_object
        self.value: Any = {} if is_object else []
        self.key = ""
        self.place = place


class JsonReader:
    """One JSON object or array, fed in pieces of any size.

    `closed(place, value)` is called for each object that is complete. Lenient where models err
    and the meaning is clear: line breaks in strings, commas too many or missing between values.
    """

    def __init__(self, closed: Callable[[str, dict[str, Any]], None]) -> None:
        self._closed = closed
        self._state = State.VALUE
        self._is_key = False
        self._pieces: list[str] = []
        self._hex = ""
        self._high: int | None = None
        self.frames: list[Frame] = []
        self.root: Any = None
        self.position = 0

    @property
    def done(self) -> bool:
        return self._state is State.DONE

    def feed(self, text: str, start: int) -> int:
        """Read on from `start`; the position behind what was used. Raises Fault, and then
        `position` is where it happened."""
        self.position = start
        while self.position < len(text) and self._state is not State.DONE:
            self.position = self._step(text, self.position)
        return self.position

    def _step(self, text: str, position: int) -> int:
        match self._state:
            case State.STRING:
                return self._string(text, position)
            case State.ESCAPE:
                self._escape(text[position])
            case State.UNICODE:
                self._unicode(text[position])
            case State.LITERAL:
                return self._literal(text, position)
            case _:
                space = _SPACE.match(text, position)
                if space:
                    return space.end()
                return self._structure(text[position], position)
        return position + 1

    # -- structure -----------------------------------------------------------------------

    def _structure(self, char: str, position: int) -> int:
        match self._state:
            case State.KEY:
                self._begin_key(char)
            case State.COLON:
                if char != ":":
                    raise Fault
                self._state = State.VALUE
            case State.COMMA:
                return self._between(char, position)
            case _:
                return self._begin_value(char, position)
        return position + 1

    def _begin_key(self, char: str) -> None:
        if char == '"':
            self._is_key, self._state = True, State.STRING
        elif char == "}":
            self._close(is_object=True)
        elif char != ",":
            raise Fault

    def _between(self, char: str, position: int) -> int:
        """Behind a value: a comma, the end, or (comma forgotten) the next value."""
        frame = self.frames[-1]
        if char == ",":
            self._state = State.KEY if frame.is_object else State.FIRST
            return position + 1
        if char in "]}":
            self._close(is_object=char == "}")
            return position + 1
        self._state = State.KEY if frame.is_object else State.VALUE
        if char not in '"{[':
            raise Fault
        return position

    def _begin_value(self, char: str, position: int) -> int:
        if char == '"':
            self._is_key, self._state = False, State.STRING
        elif char in "{[":
            self._open(is_object=char == "{")
        elif char == "]" and self._state is State.FIRST:
            self._close(is_object=False)
        elif char == "," and self._state is State.FIRST:
            pass
        elif char.isascii() and (char.isalnum() or char == "-"):
            self._state = State.LITERAL
            return position
        else:
            raise Fault
        return position + 1

    def _open(self, is_object: bool) -> None:
        if len(self.frames) >= MAX_NESTING:
            raise Fault
        place = ""
        if self.frames:
            above = self.frames[-1]
            place = above.key if above.is_object else above.place
        self.frames.append(Frame(is_object, place))
        self._state = State.KEY if is_object else State.FIRST

    def _close(self, is_object: bool) -> None:
        frame = self.frames.pop()
        if frame.is_object != is_object:
            self.frames.append(frame)
            raise Fault
        self._put(frame.value)
        if is_object:
            self._closed(frame.place, frame.value)

    def _put(self, value: Any) -> None:
        if not self.frames:
            self.root, self._state = value, State.DONE
            return
        attach(self.frames[-1], value)
        self._state = State.COMMA

    # -- strings and literals ------------------------------------------------------------

    def _string(self, text: str, position: int) -> int:
        plain = _PLAIN.match(text, position)
        if plain:
            self._flush_surrogate()
            self._pieces.append(plain.group())
            return plain.end()
        if text[position] == "\\":
            self._state = State.ESCAPE
            return position + 1
        self._flush_surrogate()
        value, self._pieces = "".join(self._pieces), []
        if self._is_key:
            self.frames[-1].key = value
            self._state = State.COLON
        else:
            self._put(value)
        return position + 1

    def _escape(self, char: str) -> None:
        if char == "u":
            self._hex, self._state = "", State.UNICODE
            return
        self._flush_surrogate()
        self._pieces.append(_ESCAPES.get(char, char))
        self._state = State.STRING

    def _unicode(self, char: str) -> None:
        if char not in "0123456789abcdefABCDEF":
            raise Fault
        self._hex += char
        if len(self._hex) < 4:
            return
        self._state = State.STRING
        code = int(self._hex, 16)
        if self._high is not None and 0xDC00 <= code < 0xE000:
            self._pieces.append(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = None
            return
        self._flush_surrogate()
        if 0xD800 <= code < 0xDC00:
            self._high = code
        else:
            self._pieces.append("\ufffd" if 0xDC00 <= code < 0xE000 else chr(code))

    def _flush_surrogate(self) -> None:
        """Half of a pair without its other half is not a character."""
        if self._high is not None:
            self._pieces.append("\ufffd")
            self._high = None

    def _literal(self, text: str, position: int) -> int:
        char = text[position]
        if char.isascii() and (char.isalnum() or char in "+-._"):
            self._pieces.append(char)
            if len(self._pieces) > MAX_LITERAL:
                raise Fault
            return position + 1
        word, self._pieces = "".join(self._pieces), []
        self._put(literal(word))
        return position


def attach(frame: Frame, value: Any) -> None:
    if frame.is_object:
        frame.value[frame.key] = value
    else:
        frame.value.append(value)


def literal(word: str) -> Any:
    """A JSON word or finite number; other words (NaN, undefined) count as null."""
    if word in _LITERALS:
        return _LITERALS[word]
    if not _NUMBER.fullmatch(word):
        if word.lower() in ("nan", "infinity", "-infinity", "none", "undefined"):
            return None
        raise Fault
    number = float(word)
    if number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
