"""Writes a graph as Mermaid. What Mermaid has no words for stands in comments of our own, so
that the text reads back as the same graph."""

import re

from app.domain.planning.mermaid.source import COLOR_NAMES, DIRECTIONS, HINT
from app.domain.planning.plan import Edge, Graph, Group, Node
from app.domain.planning.text import vocabulary

_WORDS = {direction: word for word, direction in DIRECTIONS.items() if word != "TB"}
_SAFE_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")
_RESERVED = vocabulary(
    """
    end graph subgraph flowchart class classdef style linkstyle click default direction state
    note participant actor loop alt else opt par and rect box title section call href o x v
    """
)
_FILLS = {
    "red": "#ffc9c9", "orange": "#ffd8a8", "yellow": "#ffec99", "green": "#b2f2bb",
    "teal": "#96f2d7", "blue": "#a5d8ff", "violet": "#d0bfff", "pink": "#fcc2d7",
    "gray": "#e9ecef", "black": "#343a40",
}  # fmt: skip
_UNSAFE = re.compile(r"[\"#;{}<>&`\\%\[\]()|:@*_~]")


def to_mermaid(graph: Graph) -> str:
    """Mermaid text of a graph: its own diagram type where that loses nothing, else a flowchart."""
    if graph.kind == "sequence" and _plain(graph, shapes=False):
        return _sequence(graph)
    if graph.kind == "er" and _plain(graph, shapes=False, arrows=True, rows=True):
        return _classes(graph)
    if graph.kind == "mindmap" and _is_mindmap(graph):
        return _mindmap(graph)
    return _flowchart(graph)


def escape(text: str) -> str:
    """A label for any place in Mermaid: everything with a meaning of its own as an entity."""
    coded = _UNSAFE.sub(lambda match: f"#{ord(match.group())};", text.strip())
    return re.sub(r"\r\n?|\n", "<br>", coded)


def _front(graph: Graph) -> list[str]:
    title = re.sub(r"\s+", " ", graph.title).strip()
    return ["---", f"title: {title}", "---"] if title else []


def _ids(graph: Graph) -> dict[str, str]:
    """Names for nodes and groups that Mermaid can read; safe ids stay."""
    names: dict[str, str] = {}
    ids = [*(node.id for node in graph.nodes), *(group.id for group in graph.groups)]
    taken = {name for name in ids if _is_safe(name)}
    number = 0
    for name in ids:
        if name in taken:
            names[name] = name
            continue
        while True:
            number += 1
            if f"n{number}" not in taken:
                break
        names[name] = f"n{number}"
    return names


def _is_safe(name: str) -> bool:
    return _SAFE_ID.fullmatch(name) is not None and name.lower() not in _RESERVED


def _plain(graph: Graph, shapes: bool, arrows: bool = False, rows: bool = False) -> bool:
    """Whether a diagram type without colours, groups and (perhaps) arrow heads is enough."""
    return (
        not graph.groups
        and graph.direction == ("down" if not arrows else graph.direction)
        and all(_is_simple(node, rows) or shapes for node in graph.nodes)
        and all(
            edge.line != "dotted"
            and edge.color == "default"
            and (arrows or edge.arrow in ("end", "none"))
            for edge in graph.edges
        )
    )


def _is_simple(node: Node, rows: bool) -> bool:
    return (
        node.color == "default"
        and node.shape == "rectangle"
        and bool(node.label.strip())
        and (rows or not node.rows)
        and node.column is None
        and node.row is None
    )


def _sequence(graph: Graph) -> str:
    names = _ids(graph)
    lines = [*_front(graph), "sequenceDiagram"]
    lines += [f"  participant {names[n.id]} as {escape(n.label)}" for n in graph.nodes]
    for edge in graph.edges:
        dash = "--" if edge.line == "dashed" else "-"
        head = ">" if edge.arrow == "none" else ">>"
        text = f": {escape(edge.label)}" if edge.label.strip() else ": "
        lines.append(f"  {names[edge.source]}{dash}{head}{names[edge.target]}{text}")
    return "\n".join(lines) + "\n"


def _classes(graph: Graph) -> str:
    names = _ids(graph)
    lines = [*_front(graph), "classDiagram", f"  direction {_WORDS[graph.direction]}"]
    for node in graph.nodes:
        lines.append(f'  class {names[node.id]}["{escape(node.label)}"] {{')
        lines += [f"    {escape(row)}" for row in node.rows if row.strip()]
        lines.append("  }")
    signs = {"end": ("", ">"), "start": ("<", ""), "both": ("<", ">"), "none": ("", "")}
    for edge in graph.edges:
        tail, head = signs[edge.arrow]
        sign = f"{tail}{'..' if edge.line == 'dashed' else '--'}{head}"
        text = f" : {escape(edge.label)}" if edge.label.strip() else ""
        lines.append(f"  {names[edge.source]} {sign} {names[edge.target]}{text}")
    return "\n".join(lines) + "\n"


def _is_mindmap(graph: Graph) -> bool:
    """One root, every other node below exactly one, in reading order, nothing special."""
    if graph.groups or graph.direction != "down" or not graph.nodes:
        return False
    if not all(_is_simple(node, False) for node in graph.nodes):
        return False
    if any(
        e.label or e.line != "solid" or e.arrow != "end" or e.color != "default"
        for e in graph.edges
    ):
        return False
    order = [node.id for node in graph.nodes]
    return [node for node, _ in _walk(graph)] == order and [
        edge.target for edge in graph.edges
    ] == order[1:]


def _walk(graph: Graph) -> list[tuple[str, int]]:
    """(node, depth) in depth-first order from the first node, children in order of their edges."""
    children: dict[str, list[str]] = {}
    for edge in graph.edges:
        children.setdefault(edge.source, []).append(edge.target)
    found: list[tuple[str, int]] = []
    seen: set[str] = set()
    waiting = [(graph.nodes[0].id, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        found.append((node, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(node, []))]
    return found


def _mindmap(graph: Graph) -> str:
    labels = {node.id: node.label for node in graph.nodes}
    lines = [*_front(graph), "mindmap"]
    for number, (node, depth) in enumerate(_walk(graph)):
        lines.append(f'{"  " * (depth + 1)}m{number}["{escape(labels[node])}"]')
    return "\n".join(lines) + "\n"


def _flowchart(graph: Graph) -> str:
    names = _ids(graph)
    lines = [*_front(graph), f"flowchart {_WORDS[graph.direction]}"]
    if graph.kind != "flowchart":
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
