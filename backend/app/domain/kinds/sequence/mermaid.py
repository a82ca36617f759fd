"""Reads and writes Mermaid sequence diagrams: participants and messages in time."""

import re

from app.domain.planning.builder import Arrow
from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    MermaidBuilder,
    MermaidSource,
    SourceRow,
    decode,
    fault,
    unterminated,
)
from app.domain.planning.mermaid.writing import escape, front, is_plain, names_of
from app.domain.planning.plan import Graph, LineStyle

_PARTICIPANT = re.compile(
    r"(?:create\s+)?(?:participant|actor)\s+(?P<id>.+?)(?:\s+as\s+(?P<label>.+))?$", re.I
)
_MESSAGE = re.compile(
    r"(?P<a>[^:]+?)\s*(?P<sign><<-{1,2}>>|-{1,2}(?:>>|>|x|\)))\s*[+-]?\s*(?P<b>[^:]+?)\s*(?::\s*(?P<text>.*))?$"
)
_FRAME = re.compile(
    r"(?:loop|alt|else|opt|par|and|critical|option|break|rect|box|end|activate|deactivate|autonumber|destroy|links?)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"note\s+(?:over|left\s+of|right\s+of)\b", re.IGNORECASE)


def read_sequence(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("sequence", "down", diagram.title)
    for row in diagram.rows:
        text = unterminated(row.text)
        participant = _PARTICIPANT.fullmatch(text)
        if participant:
            label = participant["label"]
            builder.named(participant["id"].strip(), decode(label) if label else None)
        elif text.startswith("title"):
            builder.title = text[5:].lstrip(": ").strip()
        elif _NOTE.match(text):
            builder.remark("Notes in the sequence diagram were left out.")
        elif _FRAME.match(text) and not _message(builder, text):
            if re.match(r"(?:loop|alt|opt|par|critical|break)\b", text):
                builder.remark(
                    "Frames (loop, alt, opt, par) were left out; their messages are drawn."
                )
        elif not _FRAME.match(text) and not _message(builder, text):
            raise _unreadable(row)
    return builder.finish(diagram)


def _unreadable(row: SourceRow) -> Exception:
    return fault(row.number, f'A message like "A->>B: text" is expected, not "{row.text[:40]}".')


def _message(builder: MermaidBuilder, text: str) -> bool:
    match = _MESSAGE.fullmatch(text)
    if not match:
        return False
    sign = match["sign"]
    line: LineStyle = "dashed" if "--" in sign else "solid"
    arrow: Arrow = "both" if sign.startswith("<<") else "none" if sign in ("->", "-->") else "end"
    source, target = builder.named(match["a"].strip()), builder.named(match["b"].strip())
    builder.link(source, target, decode(match["text"] or ""), line, arrow)
    return True


def write_sequence(graph: Graph) -> str | None:
    if not is_plain(graph, shapes=False):
        return None
    names = names_of(graph)
    lines = [*front(graph), "sequenceDiagram"]
    lines += [f"  participant {names[n.id]} as {escape(n.label)}" for n in graph.nodes]
    for edge in graph.edges:
        dash = "--" if edge.line == "dashed" else "-"
        head = ">" if edge.arrow == "none" else ">>"
        text = f": {escape(edge.label)}" if edge.label.strip() else ": "
        lines.append(f"  {names[edge.source]}{dash}{head}{names[edge.target]}{text}")
    return "\n".join(lines) + "\n"
