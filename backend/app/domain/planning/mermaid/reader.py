"""Finds Mermaid in a text and gives it to the reader of its diagram type."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import fault, read_diagram
from app.domain.planning.text import printable

_UNSUPPORTED = re.compile(
    r"(?:pie|gitGraph|journey|quadrantChart|requirementDiagram|sankey-beta|xychart-beta|block-beta|packet-beta"
    r"|kanban|architecture-beta|C4Context|C4Container|zenuml|radar-beta|treemap-beta)\b"
)
_FENCE = re.compile(
    r"```[ \t]*mermaid[^\n]*\n(?P<body>.*?)(?:\n[ \t]*```|\Z)", re.DOTALL | re.IGNORECASE
)
_BARE_FENCE = re.compile(r"\s*```[^\n]*\n(?P<body>.*?)(?:\n[ \t]*```\s*|\Z)", re.DOTALL)
# The kinds that cannot be read, where nobody would begin an instruction like this.
_FOREIGN = re.compile(
    r"\s*(?:pie(?:[ \t]+(?:title|showData)\b[^\n]*)?\n\s*(?:title\b|\"|showData)"
    r"|journey[ \t]*\n\s*(?:title|section)\b"
    r"|(?:gitGraph|quadrantChart|requirementDiagram|\w+-beta|C4Context|C4Container|zenuml)\b[^\n]*\n)"
)
_OUR_LIST = re.compile(r"\s*(?:[-*+\u2022]|\d{1,3}[.)])\s")


def find_mermaid(text: str, kinds: PlanKinds) -> str | None:
    """The Mermaid part of a text: a fenced block, or all from a line that only Mermaid begins
    with. None if there is no Mermaid in it."""
    fenced = _FENCE.search(text)
    if fenced:
        return fenced["body"]
    bare = _BARE_FENCE.match(text)
    body = bare["body"] if bare else text
    alone = "|".join(one.alone for one in kinds.mermaid_types if one.alone)
    strong = re.search(rf"^[ \t]*(?:{alone})", body, re.MULTILINE) if alone else None
    if strong:
        front = re.search(r"^---[ \t]*\n", body[: strong.start()], re.MULTILINE)
        return body[front.start() if front else strong.start() :]
    return body if _begins_weakly(body, kinds) or _FOREIGN.match(body) else None


def _begins_weakly(text: str, kinds: PlanKinds) -> bool:
    """Mind map, timeline and gantt begin with a word that people use as well."""
    lines = text.lstrip()
    if lines.startswith("---\n"):
        end = lines.find("\n---\n", 3)
        lines = lines[end + 5 :].lstrip() if end >= 0 else lines
    lines = re.sub(r"^(?:\s*%%[^\n]*\n)+", "", lines)
    first, _, rest = lines.partition("\n")
    below = rest.partition("\n")[0]
    return any(
        re.fullmatch(rf"(?:{one.header})[ \t]*", first) and re.match(one.follows, below)
        for one in kinds.mermaid_types
        if one.follows is not None and len(first) < len(lines) and not _OUR_LIST.match(below)
    )


def read_mermaid(text: str, kinds: PlanKinds) -> Reading:
    """The graph of a Mermaid text and remarks about what was left out.

    Raises NotUnderstood with the number of the line, or TooLarge.
    """
    diagram = read_diagram(printable(text), kinds.ids)
    for one in kinds.mermaid_types:
        if re.match(rf"(?:{one.header})\b", diagram.header):
            graph, remarks = one.read(diagram)
            if not graph.nodes and not graph.groups:
                raise fault(1, "The diagram is empty.")
            return graph, remarks
    name = diagram.header[:30]
    *names, last = (one.name for one in kinds.mermaid_types)
    known = f"{', '.join(names)} and {last}"
    if _UNSUPPORTED.match(diagram.header):
        raise NotUnderstood(f'Mermaid "{name}" cannot be read yet. These can: {known}.')
    raise fault(1, f'The type of the diagram is expected, not "{name}". Known are {known}.')
