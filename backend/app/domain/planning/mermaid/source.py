"""What all Mermaid diagrams share: lines with numbers, comments, front matter, escapes, errors."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import Arrow, GraphBuilder
from app.domain.planning.languages import Reading
from app.domain.planning.plan import Color, Direction, LineStyle, Shape

HINT = "%%="
MAX_LINE = 10_000
_ENTITIES = {"quot": '"', "amp": "&", "lt": "<", "gt": ">", "nbsp": " ", "apos": "'"}
_ENTITY = re.compile(r"[#&](?:#?(?P<code>\d{1,6})|(?P<name>quot|amp|lt|gt|nbsp|apos));")
_BREAK = re.compile(r"<br\s{0,5}/?>|\\n", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|small|sub|sup|span|code)(?:\s[^<>]{0,200})?>", re.IGNORECASE
)
DIRECTIONS: dict[str, Direction] = {
    "TD": "down", "TB": "down", "LR": "right", "RL": "left", "BT": "up",
}  # fmt: skip
COLOR_NAMES: dict[str, Color] = {
    "red": "red", "orange": "orange", "yellow": "yellow", "green": "green", "teal": "teal",
    "blue": "blue", "violet": "violet", "pink": "pink", "gray": "gray", "black": "black",
}  # fmt: skip


@dataclass(frozen=True)
class SourceRow:
    """One line: its number (from 1), its depth in columns, its text without indentation."""

    number: int
    depth: int
    text: str


@dataclass
class MermaidSource:
    """A Mermaid text without comments: header line, rows below it, title, own hints. `kinds` are
    the kinds of diagram that a hint may name."""

    header: str
    rows: list[SourceRow]
    title: str = ""
    hints: list[str] = field(default_factory=list)
    kinds: Collection[str] = ()


@dataclass(frozen=True)
class MermaidType:
    """A diagram type of Mermaid that can be read: its `name` for people, what its `header` is,
    and how it is recognised where nobody says that it is Mermaid: `alone` is a line that only
    Mermaid begins with; `follows` what comes after a header that people begin with as well.
    `turn` is its place in the order of all types."""

    turn: int
    name: str
    header: str
    read: Callable[[MermaidSource], Reading]
    alone: str = ""
    follows: str | None = None


class MermaidBuilder(GraphBuilder):
    """Nodes by Mermaid identifier, which stays the node's id; labels exactly as written."""

    def __init__(self, kind: str, direction: Direction = "down", title: str = "") -> None:
        super().__init__(kind, direction, title, tidy=str.strip)
        self.by_name: dict[str, str] = {}
        self.explicit: set[str] = set()

    def named(
        self,
        name: str,
        label: str | None = None,
        *,
        shape: Shape = "rectangle",
        group: str | None = None,
        color: Color = "default",
    ) -> str:
        """The node with this identifier; a label or shape given later replaces the earlier."""
        if name not in self.by_name:
            text = label if label is not None else name
            self.by_name[name] = self.fresh(text, shape=shape, group=group, color=color, name=name)
        node = self.get(self.by_name[name])
        if label is not None:
            self.explicit.add(name)
            self.replace(
                node.model_copy(update={"label": self._fit(label.strip()), "shape": shape})
            )
        if group is not None and node.group is None:
            self.replace(self.get(node.id).model_copy(update={"group": group}))
        return self.by_name[name]

    def link(
        self,
        source: str,
        target: str,
        label: str,
        line: LineStyle,
        arrow: Arrow,
        repeat: bool = True,
    ) -> None:
        self.edge(source, target, label, line=line, arrow=arrow, repeat=repeat)

    def remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def finish(self, diagram: MermaidSource) -> Reading:
        self.title = self.title or diagram.title
        return self.build(), tuple(self.remarks)


def read_diagram(text: str, kinds: Collection[str] = ()) -> MermaidSource:
    """Cut front matter, comments and directives; number what is left."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise fault(number, f"A line may have {MAX_LINE} characters at most.")
    diagram = MermaidSource("", [], kinds=kinds)
    start = _front_matter(lines, diagram)
    for number, line in enumerate(lines[start:], start + 1):
        stripped = line.strip()
        if stripped.startswith(HINT):
            diagram.hints.append(stripped[len(HINT) :].strip())
        elif not stripped or stripped.startswith("%%"):
            continue
        elif not diagram.header:
            diagram.header = stripped
            diagram.rows.append(SourceRow(number, 0, stripped))
        else:
            plain = re.sub(r"\s%%[^\n]*$", "", line) if '"' not in line else line
            depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            diagram.rows.append(SourceRow(number, depth, plain.strip()))
    diagram.rows = diagram.rows[1:]
    return diagram


def _front_matter(lines: list[str], diagram: MermaidSource) -> int:
    """Read the title from a leading "---" block; the index of the first line after it."""
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if start >= len(lines) or lines[start].strip() != "---":
        return 0
    for index in range(start + 1, len(lines)):
        line = lines[index].strip()
        if line == "---":
            return index + 1
        if line.startswith("title:"):
            diagram.title = decode(line[6:].strip().strip("\"'"))
    raise fault(start + 1, "The block that begins with --- is not closed.")


def fault(number: int, sentence: str) -> NotUnderstood:
    return NotUnderstood(f"Mermaid, line {number}: {sentence}")


def decode(text: str) -> str:
    """A label as people see it: <br> is a new line, #quot; a quotation mark, Markdown plain."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    if len(text) >= 2 and text[0] == text[-1] == "`":
        text = re.sub(r"\*\*|__", "", text[1:-1])
    return _ENTITY.sub(_entity, _TAG.sub("", _BREAK.sub("\n", text))).strip()


def _entity(match: re.Match[str]) -> str:
    if match["name"]:
        return _ENTITIES[match["name"]]
    code = int(match["code"])
    ok = 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if ok else match.group()


_LAST_ENTITY = re.compile(r"[#&]\w{1,8};$")


def unterminated(text: str) -> str:
    """A line without the semicolon that may end it; the one of an entity stays."""
    return text if _LAST_ENTITY.search(text) else text.rstrip(";")


def statements(rows: list[SourceRow]) -> Iterator[SourceRow]:
    """Rows cut at semicolons outside quotes and brackets; a quoted text may span rows."""
    waiting: SourceRow | None = None
    for line in rows:
        row = line
        if waiting is not None:
            row = SourceRow(waiting.number, waiting.depth, f"{waiting.text}\n{line.text}")
            waiting = None
        if row.text.count('"') % 2:
            waiting = row
            continue
        for part in _cut(row.text):
            yield SourceRow(row.number, row.depth, part)
    if waiting is not None:
        raise fault(waiting.number, "A quotation mark is not closed.")


def _cut(text: str) -> list[str]:
    parts, start, depth, quoted = [], 0, 0, False
    for index, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(0, depth - 1)
        elif char == ";" and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
