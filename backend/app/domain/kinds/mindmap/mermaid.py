"""Reads and writes Mermaid mind maps."""

import re

from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.source import (
    MermaidBuilder,
    MermaidSource,
    SourceRow,
    decode,
    fault,
)
from app.domain.planning.mermaid.writing import escape, front, is_simple
from app.domain.planning.plan import Graph, Shape

_SHAPED = re.compile(
    r"(?P<id>[^\s()\[\]{}]*)(?P<open>\(\(|\)\)|\{\{|\[|\(|\))(?P<text>.*?)(?P<close>\)\)|\(\(|\}\}|\]|\)|\()$",
    re.DOTALL,
)
_SHAPES: dict[str, Shape] = {"((": "ellipse"}


def read_mindmap(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("mindmap", "down", diagram.title)
    path: list[tuple[int, str]] = []
    for row in diagram.rows:
        if row.text.startswith("::icon"):
            builder.remark("Icons were left out.")
            continue
        if row.text.startswith(":::"):
            continue
        while path and path[-1][0] >= row.depth:
            path.pop()
        if not path and builder.nodes:
            raise fault(row.number, "A mind map has one root; indent this line below it.")
        label, shape = _mindmap_label(row)
        node = builder.fresh(label, shape=shape)
        if path:
            builder.edge(path[-1][1], node)
        path.append((row.depth, node))
    return builder.finish(diagram)


def _mindmap_label(row: SourceRow) -> tuple[str, Shape]:
    text = re.sub(r":::\S+$", "", row.text).strip()
    match = _SHAPED.fullmatch(text)
    if not match:
        return decode(text), "rectangle"
    return decode(match["text"]), _SHAPES.get(match["open"], "rectangle")


def _is_mindmap(graph: Graph) -> bool:
    """One root, every other node below exactly one, in reading order, nothing special."""
    if graph.groups or graph.direction != "down" or not graph.nodes:
        return False
    if not all(is_simple(node, False) for node in graph.nodes):
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


def write_mindmap(graph: Graph) -> str | None:
    if not _is_mindmap(graph):
        return None
    labels = {node.id: node.label for node in graph.nodes}
    lines = [*front(graph), "mindmap"]
    for number, (node, depth) in enumerate(_walk(graph)):
        lines.append(f'{"  " * (depth + 1)}m{number}["{escape(labels[node])}"]')
    return "\n".join(lines) + "\n"
