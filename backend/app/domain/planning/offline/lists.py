"""Reads numbered, bulleted and indented lists into a tree of items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_BULLET = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<bullet>[-*+\u2022\u25e6\u25aa\u2023\u2013])\s+(?:\[[ xX]\]\s+)?"
    r"|(?P<number>\(?\d{1,3}(?:\.\d{1,3})*[.):]|\(?[a-zA-Z][.)]|\d{1,3}(?:\.\d{1,3})+)\s+"
    r"|(?P<heading>\#{1,6})\s+)?(?P<text>\S.*)$"
)
_ONE_LINE = re.compile(r"(?:^|(?<=[\s,;]))(\d{1,3})[.)]\s+")
_HEADING = 60
ListRow = tuple[int, str, str]  # depth in columns, marker, text
_MARKUP = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|`([^`]+)`")


@dataclass
class Item:
    """One line of an outline. `marker` is "-", "1" or "" (only indented)."""

    text: str
    marker: str
    children: list["Item"] = field(default_factory=list)

    def walk(self) -> Iterator["Item"]:
        """This item and all below it, in reading order; without recursion, however deep."""
        waiting = [self]
        while waiting:
            item = waiting.pop()
            yield item
            waiting.extend(reversed(item.children))


@dataclass(frozen=True)
class Outline:
    """`lead` are the plain lines before the first item."""

    lead: list[str]
    items: list[Item]

    @property
    def numbered(self) -> bool:
        return bool(self.items) and all(item.marker == "1" for item in self.items)

    @property
    def nested(self) -> bool:
        return any(item.children for item in self.items)

    @property
    def headed(self) -> bool:
        """Whether it is plain headings with bullets below each."""
        return len(self.items) > 1 and all(
            not item.marker and item.children and not any(part.children for part in item.children)
            for item in self.items
        )

    @property
    def marked(self) -> bool:
        return any(item.marker for top in self.items for item in top.walk())


def read_outline(text: str) -> Outline | None:
    """The outline in this text, or None if it is not a list of at least two items."""
    lines = [line for line in _unfold(text).split("\n") if line.strip() and line.strip() != "---"]
    rows = [_row(line) for line in lines]
    first = next((i for i, row in enumerate(rows) if row[1]), None)
    if first is None:
        first = 0 if any(depth > rows[0][0] for depth, _, _ in rows[1:]) else None
        if first is None:
            return None
    if len(rows) - first < 2:
        return None
    first, rows = _headed(first, rows)
    lead = [body for _, _, body in rows[:first]]
    return Outline(lead, _nest(rows[first:]))


def _headed(first: int, rows: list[ListRow]) -> tuple[int, list[ListRow]]:
    """Plain lines with bullets below each are headings, the one before the first bullet too:
    (where the outline begins, rows with these lines further out)."""
    heads = [
        i
        for i, ((depth, marker, text), (below, mark, _)) in enumerate(pairwise(rows))
        if not marker
        and mark == "-"
        and depth == below
        and len(text) <= _HEADING
        and text[-1] != "."
    ]
    plain_rows = [i for i, (_, marker, _) in enumerate(rows) if not marker and i >= first]
    if len(heads) < 2 or heads[0] != first - 1 or not set(plain_rows) <= set(heads):
        return first, rows
    outer = [
        (depth - 1 if i in heads else depth, marker, text)
        for i, (depth, marker, text) in enumerate(rows)
    ]
    return first - 1, outer


def _unfold(text: str) -> str:
    """A list on one line, "1. a 2. b 3. c", as lines of their own."""
    if "\n" in text.strip():
        return text
    marks = list(_ONE_LINE.finditer(text))
    numbers = [int(mark[1]) for mark in marks]
    if len(marks) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return text
    return _ONE_LINE.sub(lambda mark: f"\n{mark[1]}. ", text)


def _row(line: str) -> ListRow:
    match = _BULLET.match(line)
    if not match:
        return 0, "", line.strip()
    depth = len(match["indent"].replace("\t", "    "))
    if match["heading"]:
        depth = len(match["heading"]) - 8
    number = match["number"] or ""
    marker = "1" if number else "-" if match["bullet"] or match["heading"] else ""
    depth += number.rstrip(".):").count(".")
    return depth, marker, plain(match["text"].strip().rstrip(",;"))


def plain(text: str) -> str:
    """Without Markdown's bold and code marks."""
    return _MARKUP.sub(lambda match: match[1] or match[2] or match[3], text)


def _nest(rows: list[ListRow]) -> list[Item]:
    top: list[Item] = []
    path: list[tuple[int, Item]] = []
    for depth, marker, text in rows:
        item = Item(text, marker)
        while path and path[-1][0] >= depth:
            path.pop()
        (path[-1][1].children if path else top).append(item)
        path.append((depth, item))
    return top
