"""Reads grids: "3 by 4 grid", "3x3 grid of sticky notes: a, b, c", "6 sticky notes"."""

import re

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.lexicon import COLORS
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sizes import BY, COLUMNS, NUMBER, ROWS, number, size_of
from app.domain.planning.plan import MAX_NODES, Color, Shape
from app.domain.planning.text import items, vocabulary

WORDS = vocabulary(
    """
    grid sticky notes note post-it post it stickies by rows row columns column x containing
    labelled labeled with labels texts words names contents content numbered numbers cells
    matrix one two three four five six seven eight nine ten twelve of
    """
)

_NOTES = re.compile(
    rf"\b(?:{NUMBER}\s+)?(?:(?P<color>[a-z]+)\s+)?(?:sticky[\s-]?notes?|post-?its?|stickies)\b",
    re.I,
)
_CELLS: dict[str, Shape] = {
    "note": "note", "sticky": "note", "stickies": "note", "post-it": "note", "circle": "ellipse",
    "ellipse": "ellipse", "oval": "ellipse", "diamond": "diamond", "text": "text",
}  # fmt: skip
_CONTENTS = re.compile(
    r":\s+|\n|\b(?:containing|labelled|labeled|with\s+(?:the\s+)?(?:labels?|texts?|words?|names?|contents?)"
    r"|with)\s*:?\s+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\bnumber(?:ed|s)\b", re.IGNORECASE)


def read_grid(source: Source) -> GraphBuilder | None:
    """Cells get column and row, filled row by row. A x B means A columns and B rows."""
    if source.kind not in (None, "grid"):
        return None
    if source.kind is None and not _NOTES.search(source.text):
        return None
    head, contents = _contents(source)
    size = size_of(head)
    if source.kind is None and size is None and not _is_notes(source):
        return None
    labels = _labels(contents)
    columns, rows = size or _square(_count(head) or len(labels))
    if columns * rows == 0:
        raise NotUnderstood('Say how large the grid is, for example "3 by 4 grid of sticky notes".')
    if columns * rows > MAX_NODES:
        raise TooLarge(
            f"{columns} by {rows} is more than {MAX_NODES} cells. Ask for a smaller grid."
        )
    if len(labels) > columns * rows:
        rows = -(-len(labels) // columns)
    if not labels and _NUMBERED.search(head):
        labels = [str(count + 1) for count in range(columns * rows)]
    count = columns * rows if size else (_count(head) or len(labels))
    return _draw(source, head, labels, columns, max(count, len(labels)))


def _is_notes(source: Source) -> bool:
    """Whether an unheaded text asks for sticky notes, rather than mentioning one."""
    match = _NOTES.search(source.text)
    if match is None or "->" in source.text:
        return False
    before = source.text[: match.start()]
    return not before.strip() or (source.commanded and len(before.split()) <= 4)


def _contents(source: Source) -> tuple[str, str]:
    """The words about the grid, and what is to stand in it."""
    text = source.text
    start = re.search(
        r"grid|raster|grille|cuadr\u00edcula|sticky|post-?it|stickies|matrix", text, re.IGNORECASE
    )
    cut = _CONTENTS.search(text, start.end() if start else 0)
    if cut is None:
        return text, ""
    rest = text[cut.end() :].strip()
    only_size = ROWS.match(rest) or COLUMNS.match(rest) or _NUMBERED.match(rest) or re.match(
        r"(?:numbers|\d+\s+(?:cells|notes))\b", rest)  # fmt: skip
    return (text, "") if only_size else (text[: cut.start()], rest)


def _count(head: str) -> int:
    notes = _NOTES.search(head)
    return number(notes[1]) if notes and notes[1] else 0


def _square(count: int) -> tuple[int, int]:
    """Columns and rows of a nearly square block for so many cells."""
    if count == 0:
        return 0, 0
    columns = next(width for width in range(1, count + 1) if width * width >= count)
    return columns, -(-count // columns)


def _labels(contents: str) -> list[str]:
    outline = read_outline(contents)
    if outline and outline.marked:
        return [item.text for top in outline.items for item in top.walk()]
    return items(contents.rstrip(". "))


def _draw(source: Source, head: str, labels: list[str], columns: int, count: int) -> GraphBuilder:
    lower = head.lower()
    shape: Shape = next((shape for word, shape in _CELLS.items() if word in lower), "rectangle")
    color = _color(lower, shape)
    title = (
        ""
        if BY.search(source.title) or _CELLS.keys() & set(source.title.lower().rstrip("s").split())
        else source.title
    )
    builder = GraphBuilder("grid", title="" if shape != "rectangle" else title)
    for index in range(count):
        label = labels[index] if index < len(labels) else ""
        builder.fresh(label, shape=shape, color=color, column=index % columns, row=index // columns)
    return builder


def _color(head: str, shape: Shape) -> Color:
    named = [COLORS[word] for word in re.findall(r"[a-z]+", head) if word in COLORS]
    default: Color = "yellow" if shape == "note" else "default"
    return next((color for color in _ALL if color in named), default)


_ALL: tuple[Color, ...] = (
    "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink", "gray", "black",
)  # fmt: skip
