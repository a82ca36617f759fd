"""Writes a graph as Mermaid. What Mermaid has no words for stands in comments of our own, so
that the text reads back as the same graph."""

from app.domain.planning.kinds import PlanKinds
from app.domain.planning.mermaid.source import COLOR_NAMES, HINT
from app.domain.planning.mermaid.writing import WAYS, escape, front, names_of
from app.domain.planning.plan import Edge, Graph, Group, Node

_FILLS = {
    "red": "#ffc9c9", "orange": "#ffd8a8", "yellow": "#ffec99", "green": "#b2f2bb",
    "teal": "#96f2d7", "blue": "#a5d8ff", "violet": "#d0bfff", "pink": "#fcc2d7",
    "gray": "#e9ecef", "black": "#343a40",
}  # fmt: skip


def to_mermaid(graph: Graph, kinds: PlanKinds) -> str:
    """Mermaid text of a graph: its own diagram type where that loses nothing, else a flowchart."""
    own = kinds[graph.kind].write_mermaid(graph)
    return own if own is not None else _flowchart(graph, kinds.unnamed.steps)


def _flowchart(graph: Graph, plain: str) -> str:
    names = names_of(graph)
    lines = [*front(graph), f"flowchart {WAYS[graph.direction]}"]
    if graph.kind != plain:
        lines.append(f"  {HINT} kind {graph.kind}")
    lines += [f"  {_node(node, names)}" for node in graph.nodes]
    for group in graph.groups:
        if group.parent is None or group.parent not in {other.id for other in graph.groups}:
            lines += _subgraph(graph, group, names, 1)
    lines += [f"  {_edge(edge, names)}" for edge in graph.edges]
    lines += [f"  {HINT} line {i}" for i, edge in enumerate(graph.edges) if edge.line == "dotted"]
    lines += _hints(graph, names)
    colors = dict.fromkeys(node.color for node in graph.nodes if node.color in COLOR_NAMES)
    for color in colors:
        text = ",color:#ffffff" if color == "black" else ""
        lines.append(f"  classDef {color} fill:{_FILLS[color]}{text}")
    return "\n".join(lines) + "\n"


def _node(node: Node, names: dict[str, str]) -> str:
    label, name = escape(node.label), names[node.id]
    forms = {
        "rectangle": f'{name}["{label}"]',
        "ellipse": f'{name}(["{label}"])',
        "diamond": f'{name}{{"{label}"}}',
        "note": f'{name}>"{label}"]',
        "text": f'{name}@{{ shape: text, label: "{label}" }}',
    }
    return forms[node.shape] + (f":::{node.color}" if node.color != "default" else "")


def _subgraph(graph: Graph, group: Group, names: dict[str, str], depth: int) -> list[str]:
    pad = "  " * depth
    lines = [f'{pad}subgraph {names[group.id]}["{escape(group.label)}"]']
    lines += [f"{pad}  {names[node.id]}" for node in graph.nodes if node.group == group.id]
    if depth < 40:
        for inner in graph.groups:
            if inner.parent == group.id and inner.id != group.id:
                lines += _subgraph(graph, inner, names, depth + 1)
    return [*lines, f"{pad}end"]


def _edge(edge: Edge, names: dict[str, str]) -> str:
    dashed = edge.line in ("dashed", "dotted")
    body = {
        "end": "-.->" if dashed else "-->",
        "none": "-.-" if dashed else "---",
        "both": "<-.->" if dashed else "<-->",
        "start": "<-.-" if dashed else "<---",
    }[edge.arrow]
    label = f'|"{escape(edge.label)}"|' if edge.label.strip() else ""
    return f"{names[edge.source]} {body}{label} {names[edge.target]}"


def _hints(graph: Graph, names: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for node in graph.nodes:
        if node.column is not None or node.row is not None:
            column = "-" if node.column is None else node.column
            row = "-" if node.row is None else node.row
            lines.append(f"  {HINT} cell {names[node.id]} {column} {row}")
        lines += [
            f"  {HINT} row {names[node.id]} {escape(row)}" for row in node.rows if row.strip()
        ]
    return lines
