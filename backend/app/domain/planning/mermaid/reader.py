"""Finds Mermaid in a text and gives it to the reader of its diagram type."""

import re
from collections.abc import Callable

from app.domain.errors import NotUnderstood
from app.domain.planning.mermaid.classes import read_classes
from app.domain.planning.mermaid.entities import read_er
from app.domain.planning.mermaid.flowchart import read_flowchart
from app.domain.planning.mermaid.outlines import read_gantt, read_mindmap, read_timeline
from app.domain.planning.mermaid.sequence import read_sequence
from app.domain.planning.mermaid.source import Diagram, fault, read_diagram
from app.domain.planning.mermaid.states import read_states
from app.domain.planning.plan import Graph
from app.domain.planning.text import printable

Reading = tuple[Graph, tuple[str, ...]]
_READERS: tuple[tuple[re.Pattern[str], Callable[[Diagram], Reading]], ...] = (
    (re.compile(r"(?:flowchart(?:-elk)?|graph)\b"), read_flowchart),
    (re.compile(r"sequenceDiagram\b"), read_sequence),
    (re.compile(r"classDiagram(?:-v2)?\b"), read_classes),
    (re.compile(r"stateDiagram(?:-v2)?\b"), read_states),
    (re.compile(r"erDiagram\b"), read_er),
    (re.compile(r"mindmap\b"), read_mindmap),
    (re.compile(r"timeline\b"), read_timeline),
    (re.compile(r"gantt\b"), read_gantt),
)
_UNSUPPORTED = re.compile(
    r"(?:pie|gitGraph|journey|quadrantChart|requirementDiagram|sankey-beta|xychart-beta|block-beta|packet-beta"
    r"|kanban|architecture-beta|C4Context|C4Container|zenuml|radar-beta|treemap-beta)\b"
)
_FENCE = re.compile(
    r"```[ \t]*mermaid[^\n]*\n(?P<body>.*?)(?:\n[ \t]*```|\Z)", re.DOTALL | re.IGNORECASE
)
_BARE_FENCE = re.compile(r"\s*```[^\n]*\n(?P<body>.*?)(?:\n[ \t]*```\s*|\Z)", re.DOTALL)
_STRONG = re.compile(
    r"^[ \t]*(?:(?:flowchart(?:-elk)?|graph)[ \t]+(?:TD|TB|LR|RL|BT)\b[ \t]*(?:$|;|%)"
    r"|(?:sequenceDiagram|classDiagram(?:-v2)?|stateDiagram(?:-v2)?|erDiagram)[ \t]*$)",
    re.MULTILINE,
)
_WEAK = re.compile(r"(?:flowchart|graph|mindmap|timeline|gantt)[ \t]*\n(?P<next>[^\n]*)")
# The kinds that cannot be read, where nobody would begin an instruction like this.
_FOREIGN = re.compile(
    r"\s*(?:pie(?:[ \t]+(?:title|showData)\b[^\n]*)?\n\s*(?:title\b|\"|showData)"
    r"|journey[ \t]*\n\s*(?:title|section)\b"
    r"|(?:gitGraph|quadrantChart|requirementDiagram|\w+-beta|C4Context|C4Container|zenuml)\b[^\n]*\n)"
)
_OUR_LIST = re.compile(r"\s*(?:[-*+\u2022]|\d{1,3}[.)])\s")
SUPPORTED = "flowchart, sequence, class, state, ER, mindmap, timeline and gantt"


def find_mermaid(text: str) -> str | None:
    """The Mermaid part of a text: a fenced block, or all from a line that only Mermaid begins
    with. None if there is no Mermaid in it."""
    fenced = _FENCE.search(text)
    if fenced:
        return fenced["body"]
    bare = _BARE_FENCE.match(text)
    body = bare["body"] if bare else text
    strong = _STRONG.search(body)
    if strong:
        front = re.search(r"^---[ \t]*\n", body[: strong.start()], re.MULTILINE)
        return body[front.start() if front else strong.start() :]
    return body if _begins_weakly(body) or _FOREIGN.match(body) else None


def _begins_weakly(text: str) -> bool:
    """Mind map, timeline and gantt begin with a word that people use as well."""
    lines = text.lstrip()
    if lines.startswith("---\n"):
        end = lines.find("\n---\n", 3)
        lines = lines[end + 5 :].lstrip() if end >= 0 else lines
    lines = re.sub(r"^(?:\s*%%[^\n]*\n)+", "", lines)
    match = _WEAK.match(lines)
    if not match or _OUR_LIST.match(match["next"]):
        return False
    if lines.startswith(("flowchart", "graph")):
        return re.search(r"--|==|-\.", match["next"]) is not None
    if lines.startswith("timeline"):
        return re.match(r"\s*(?:title\b|section\b|.*\s:\s)", match["next"]) is not None
    if lines.startswith("gantt"):
        return True
    return match["next"].startswith((" ", "\t")) and match["next"].strip() != ""


def read_mermaid(text: str) -> Reading:
    """The graph of a Mermaid text and remarks about what was left out.

    Raises NotUnderstood with the number of the line, or TooLarge.
    """
    diagram = read_diagram(printable(text))
    for pattern, reader in _READERS:
        if pattern.match(diagram.header):
            graph, remarks = reader(diagram)
            if not graph.nodes and not graph.groups:
                raise fault(1, "The diagram is empty.")
            return graph, remarks
    name = diagram.header[:30]
    if _UNSUPPORTED.match(diagram.header):
        raise NotUnderstood(f'Mermaid "{name}" cannot be read yet. These can: {SUPPORTED}.')
    raise fault(1, f'The type of the diagram is expected, not "{name}". Known are {SUPPORTED}.')
