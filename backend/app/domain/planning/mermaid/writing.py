"""What all writers of Mermaid share: safe names, escaped labels, and what loses nothing."""

import re

from app.domain.planning.mermaid.source import DIRECTIONS
from app.domain.planning.plan import Graph, Node
from app.domain.planning.text import vocabulary

WAYS = {direction: word for word, direction in DIRECTIONS.items() if word != "TB"}
_SAFE_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,79}")
_RESERVED = vocabulary(
    """
    end graph subgraph flowchart class classdef style linkstyle click default direction state
    note participant actor loop alt else opt par and rect box title section call href o x v
    """
)
_UNSAFE = re.compile(r"[\"#;{}<>&`\\%\[\]()|:@*_~]")


def escape(text: str) -> str:
    """A label for any place in Mermaid: everything with a meaning of its own as an entity."""
    coded = _UNSAFE.sub(lambda match: f"#{ord(match.group())};", text.strip())
    return re.sub(r"\r\n?|\n", "<br>", coded)


def front(graph: Graph) -> list[str]:
    title = re.sub(r"\s+", " ", graph.title).strip()
    return ["---", f"title: {title}", "---"] if title else []


def names_of(graph: Graph) -> dict[str, str]:
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


def is_plain(graph: Graph, shapes: bool, arrows: bool = False, rows: bool = False) -> bool:
    """Whether a diagram type without colours, groups and (perhaps) arrow heads is enough."""
    return (
        not graph.groups
        and graph.direction == ("down" if not arrows else graph.direction)
        and all(is_simple(node, rows) or shapes for node in graph.nodes)
        and all(
            edge.line != "dotted"
            and edge.color == "default"
            and (arrows or edge.arrow in ("end", "none"))
            for edge in graph.edges
        )
    )


def is_simple(node: Node, rows: bool) -> bool:
    return (
        node.color == "default"
        and node.shape == "rectangle"
        and bool(node.label.strip())
        and (rows or not node.rows)
        and node.column is None
        and node.row is None
    )
