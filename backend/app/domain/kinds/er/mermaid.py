"""Reads Mermaid ER diagrams: entities with attributes as rows, relations with cardinalities."""

import re

from app.domain.planning.builder import ROW_LIMIT, ROWS_LIMIT
from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    DIRECTIONS,
    MermaidBuilder,
    MermaidSource,
    decode,
    fault,
)
from app.domain.planning.plan import LineStyle
from app.domain.planning.text import shorten

_NAME = r"(?:\"[^\"]+\"|[^\s\"\[\]{}:|]+)"
_ALIAS = r"(?:\[[^\]]*\])?"
_RELATION = re.compile(
    rf"(?P<a>{_NAME}){_ALIAS}\s+(?P<left>\|\||\|o|\}}\||\}}o|o\||o\}}|\|\}})(?P<line>--|\.\.)(?P<right>\|\||o\||\|\{{|o\{{|\|o)"
    rf"\s+(?P<b>{_NAME}){_ALIAS}\s*(?::\s*(?P<label>.*))?$"
)
_ENTITY = re.compile(
    rf"(?P<name>{_NAME})\s*(?:\[(?P<label>\"[^\"]*\"|[^\]]*)\])?\s*(?P<body>\{{.*)?$"
)
_MANY = {
    "||": "1",
    "|o": "0..1",
    "o|": "0..1",
    "}|": "1..n",
    "|{": "1..n",
    "}o": "0..n",
    "o{": "0..n",
}
_IGNORED = re.compile(r"(?:classDef|class|style|accTitle|accDescr)\b")


def read_er(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("er", "right", diagram.title)
    body: str | None = None
    opened = 1
    for row in diagram.rows:
        text = row.text
        if body is not None:
            inside, closed, _ = text.partition("}")
            _attribute(builder, body, inside)
            body = None if closed else body
        elif match := re.fullmatch(r"direction\s+(TD|TB|LR|RL|BT)", text):
            builder.direction = DIRECTIONS[match[1]]
        elif match := _RELATION.fullmatch(text):
            _relate(builder, match)
        elif match := _ENTITY.fullmatch(text):
            body = _entity(builder, match)
            opened = row.number
        elif not _IGNORED.match(text):
            raise fault(
                row.number, f'A relation like "A ||--o{{ B : has" is expected, not "{text[:40]}".'
            )
    if body is not None:
        raise fault(opened, "This entity is not closed by }.")
    return builder.finish(diagram)


def _name(text: str) -> str:
    return text.strip('"')


def _entity(builder: MermaidBuilder, match: re.Match[str]) -> str | None:
    """Declare an entity; its id if its body stays open."""
    label = match["label"]
    node = builder.named(_name(match["name"]), decode(label) if label is not None else None)
    if match["body"] is None:
        return None
    inside, closed, _ = match["body"][1:].partition("}")
    _attribute(builder, node, inside)
    return None if closed else node


def _attribute(builder: MermaidBuilder, node_id: str, text: str) -> None:
    row = shorten(decode(re.sub(r"\"([^\"]*)\"", r"\1", text.strip())), ROW_LIMIT)
    node = builder.get(node_id)
    if row and len(node.rows) < ROWS_LIMIT:
        builder.replace(node.model_copy(update={"rows": [*node.rows, row]}))


def _relate(builder: MermaidBuilder, match: re.Match[str]) -> None:
    line: LineStyle = "dashed" if match["line"] == ".." else "solid"
    left, right = _MANY.get(match["left"], ""), _MANY.get(match["right"], "")
    label = f"{decode(match['label'] or '')} ({left} : {right})".strip()
    source, target = builder.named(_name(match["a"])), builder.named(_name(match["b"]))
    builder.link(source, target, label, line, "none")
