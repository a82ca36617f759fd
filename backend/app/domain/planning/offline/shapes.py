"""Reads plain shapes: "a simple rectangle", "two circles connected by an arrow"."""

import re
from math import ceil, sqrt

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.lexicon import COLORS, NUMBERS
from app.domain.planning.offline.header import COMMANDS
from app.domain.planning.plan import MAX_NODES, Color, Shape
from app.domain.planning.text import items, unquote, vocabulary

SHAPE_WORDS = vocabulary(
    """
    connected joined linked together each other row chain line column grid all side next by
    with via through using an arrow arrows lines dashed dotted between connecting from joining
    in labelled labeled called named saying says reading reads titled text texts label labels
    word words name names title caption containing just only diagram drawing picture canvas
    whiteboard sketch simple small big large basic plain empty filled new single little tiny
    huge rounded round nice solid colored coloured separate different some of me us rectangle
    box square card rect node button shape circle ellipse oval bubble diamond rhombus decision
    note sticky notes post-it heading boxes nodes shapes circles squares rectangles one two
    three four five six seven eight nine ten a red orange yellow green teal blue violet purple
    pink gray grey black write insert post it
    """
)

SHAPES: dict[str, Shape] = {
    "rectangle": "rectangle", "box": "rectangle", "square": "rectangle", "card": "rectangle",
    "rect": "rectangle", "node": "rectangle", "button": "rectangle", "shape": "rectangle",
    "circle": "ellipse", "ellipse": "ellipse", "oval": "ellipse", "bubble": "ellipse",
    "diamond": "diamond", "rhombus": "diamond", "decision": "diamond",
    "note": "note", "sticky": "note", "sticky note": "note", "post-it": "note",
    "sticky-note": "note",
    "text": "text", "label": "text", "heading": "text", "title": "text", "caption": "text",
}  # fmt: skip
LONGEST_ROW = 6
_UNKNOWN = vocabulary(
    """
    triangle star hexagon pentagon octagon cylinder cloud heart trapezoid parallelogram image
    photo icon logo spiral
    """
)
_ADJECTIVES = vocabulary(
    """
    simple small big large basic plain empty filled new single little tiny huge rounded round
    nice solid colored coloured connected separate different
    """
)
_LABELLED = re.compile(
    r"\s*(?:(?:that\s+)?(?:labelled|labeled|called|named|saying|says|reading|reads|titled)(?:\s+(?:as|with))?|with"
    r"\s+(?:the\s+|a\s+)?(?:text|labels?|words?|names?|title|caption)s?|containing(?:\s+the\s+(?:text|words?))?|:)\s*:?\s*",
    re.IGNORECASE,
)
_CONNECTED = re.compile(
    r"[\s,]*(?:(?:all\s+)?(?:connected|joined|linked)(?:\s+(?:together|to\s+each\s+other|in\s+a\s+(?:row|chain|line)))?"
    r"(?:\s+(?:by|with|via|through|using)\s+(?:an?\s+|some\s+)?(?P<how>[\w\s]+))?"
    r"|with\s+(?:an?\s+)?(?P<with>(?:dashed\s+|dotted\s+)?(?:arrows?|lines?))\s+(?:between|connecting|from|joining)[\w\s]*)"
    r"\s*\.?\s*$",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(
    r"[\s,]+(?:(?:all\s+)?in\s+a\s+(?:row|line|column|grid)|side\s+by\s+side|next\s+to\s+each\s+other)"
    r"\s*\.?\s*$",
    re.IGNORECASE,
)
_CONTAINER = re.compile(
    r"(?:an?\s+|the\s+)?(?:\w+\s+)?(?:diagram|drawing|picture|canvas|whiteboard|sketch)\s+"
    r"(?:with|of|containing)\s+(?:just\s+|only\s+)?",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+next\s+to\s+|\s*;\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")


_SAID = re.compile(
    r"(?:please\s+)?(?:write|add|make|create|put|draw|show|insert)\s+(?:me\s+)?an?\s+"
    r"(?:\w+\s+)?(?P<shape>sticky\s+note|note|text|title|heading|caption)\s+"
    r"(?:saying|that\s+says|that\s+reads|reading|with\s+the\s+(?:text|words?))\s*:?\s+(?P<text>.+)",
    re.IGNORECASE | re.DOTALL,
)


def read_words(source: Source) -> GraphBuilder | None:
    """ "write a note saying call the client": one shape with just these words."""
    match = _SAID.fullmatch(source.text.strip())
    if match is None or source.kind is not None:
        return None
    builder = GraphBuilder(source.kinds.unnamed.shapes)
    shape = SHAPES[" ".join(match["shape"].lower().split())]
    builder.fresh(match["text"], shape=shape)
    return builder


def read_shapes(source: Source) -> GraphBuilder | None:
    """Shapes by count, colour and label. Raises NotUnderstood for shapes that do not exist here."""
    text = source.text.strip()
    start = _start(text)
    if start is None:
        return None
    order = _IN_A_ROW.search(text, start)
    text = _IN_A_ROW.sub("", text[start:])
    link = _CONNECTED.search(text)
    body = text[: link.start()] if link else text
    unnamed = source.kinds.unnamed
    builder = GraphBuilder(unnamed.steps if link else unnamed.shapes, "right")
    if not _read_parts(builder, body):
        return None
    if link:
        _connect(builder, link["how"] or link["with"] or "arrow")
    else:
        _set_out(builder, order.group().lower() if order else "")
    return builder


def _start(text: str) -> int | None:
    """Where the shapes begin, after "please draw me"; None if the text is no such request."""
    position = 0
    for match in re.finditer(r"\S+\s*", text[:100]):
        word = match.group().strip().casefold().strip(",")
        if word not in COMMANDS and word not in (
            "please",
            "me",
            "us",
            "can",
            "could",
            "you",
            "just",
        ):
            break
        position = match.end()
    container = _CONTAINER.match(text, position)
    position = container.end() if container else position
    words = re.findall(r"[\w-]+", text[position : position + 80].casefold())
    if not any(_shape_word(word) or _unknown(word) for word in words[:6]):
        return None
    return position


def _shape_word(word: str) -> str | None:
    for candidate in (word, word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "us"):
        if candidate in SHAPES:
            return candidate
    return "sticky" if word == "stickies" else None


def _unknown(word: str) -> bool:
    return word in _UNKNOWN or word.removesuffix("s") in _UNKNOWN


def _read_parts(builder: GraphBuilder, body: str) -> bool:
    position = 0
    while position < len(body):
        end = _read_one(builder, body, position)
        if end is None:
            return False
        gap = _SPLIT.match(body, end)
        if gap is None:
            return not body[end:].strip(" .!")
        position = gap.end()
    return bool(builder.nodes)


def _read_one(builder: GraphBuilder, body: str, position: int) -> int | None:
    """Read "two red circles labelled a and b"; the position behind it, or None."""
    count, color = 1, "default"
    for match in re.finditer(r"[\w-]+", body[position : position + 120]):
        word = match.group().casefold()
        end = position + match.end()
        if word in NUMBERS or _NUMBER.fullmatch(word):
            count = NUMBERS.get(word) or int(word)
        elif word in COLORS:
            color = COLORS[word]
        elif _unknown(word):
            raise NotUnderstood(
                f"I cannot draw the shape {word}. I can draw rectangles, circles, diamonds, "
                "sticky notes and texts."
            )
        elif name := _shape_word(word):
            if name == "sticky" and (follow := re.compile(r"\s+notes?\b", re.I).match(body, end)):
                end = follow.end()
            return _add(builder, body, end, (SHAPES[name], count, color, word))
        elif word not in _ADJECTIVES and word not in ("the", "of", "some"):
            return None
    return None


def _add(builder: GraphBuilder, body: str, end: int, what: tuple[Shape, int, str, str]) -> int:
    shape, count, color, word = what
    if count > MAX_NODES:
        raise TooLarge(f"More than {MAX_NODES} shapes at once are too many. Ask for less.")
    labels: list[str] = []
    named = _LABELLED.match(body, end)
    if named:
        labels, end = _labels(body, named.end(), count)
    elif quoted := re.compile(r'\s*(["\u201c][^"\u201d\n]+["\u201d])').match(body, end):
        labels, end = [quoted[1]], quoted.end()
    elif count == 1 and word.endswith("s") and (names := _names(body[end:])):
        labels, end = names, len(body)
    if shape == "text" and not labels:
        labels = [word.capitalize()]
    tint: Color = _tint(color)
    for index in range(max(count, len(labels))):
        builder.fresh(labels[index] if index < len(labels) else "", shape=shape, color=tint)
    return end


def _names(text: str) -> list[str]:
    """The labels in "boxes A, B and C"."""
    names = items(text.strip().rstrip("."))
    plain = all(name and len(name.split()) <= 3 for name in names)
    shapes = any(_shape_word(word) for word in re.findall(r"[\w-]+", text.casefold()))
    return names if len(names) > 1 and plain and not shapes else []


def _tint(color: str) -> Color:
    tints: dict[str, Color] = {
        "red": "red", "orange": "orange", "yellow": "yellow", "green": "green", "teal": "teal",
        "blue": "blue", "violet": "violet", "pink": "pink", "gray": "gray", "black": "black",
    }  # fmt: skip
    return tints.get(color, "default")


def _labels(body: str, start: int, count: int) -> tuple[list[str], int]:
    """The labels, and where they end: a single shape's label ends before " and a blue circle"."""
    end = len(body)
    for match in _SPLIT.finditer(body, start):
        rest = re.findall(r"[\w-]+", body[match.end() : match.end() + 60].casefold())[:4]
        if rest and (rest[0] in NUMBERS or rest[0].isdigit()) and any(map(_shape_word, rest)):
            end = match.start()
            break
    text = body[start:end].strip().rstrip(".")
    if count == 1 and (unquote(text) is not None or "," not in text):
        return [text], end
    return items(text), end


def _set_out(builder: GraphBuilder, order: str) -> None:
    """Cells for shapes without arrows: in a row, unless that would be long."""
    count = len(builder.nodes)
    columns = min(count, 100) if count <= LONGEST_ROW or "row" in order else ceil(sqrt(count))
    if "column" in order:
        columns = 1
    for i, node in enumerate(builder.nodes):
        cell = {"column": i % columns, "row": i // columns}
        builder.replace(node.model_copy(update=cell))


def _connect(builder: GraphBuilder, how: str) -> None:
    dashed = "dashed" in how or "dotted" in how
    plain = "line" in how and "arrow" not in how
    for one, other in zip(builder.nodes, builder.nodes[1:], strict=False):
        builder.edge(
            one.id, other.id,
            line="dashed" if dashed else "solid", arrow="none" if plain else "end",
        )  # fmt: skip
