"""A plan's graph made consistent: unique ids, known references, groups without cycles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.planning.plan import Edge, Graph, Group, Node

T = TypeVar("T", Node, Group)


@dataclass
class Diagram:
    """What is left to draw, and what had to be left out (`remarks`, one sentence each)."""

    graph: Graph
    nodes: list[Node]
    edges: list[Edge]
    groups: list[Group]
    remarks: list[str] = field(default_factory=list)


def consistent(graph: Graph, *, repeats: bool = False) -> Diagram:
    """References are matched by id, else by label (case-insensitive); what stays unknown or would
    be drawn twice is left out with a remark, unless the same edge `repeats`."""
    remarks: list[str] = []
    nodes = _unique(graph.nodes, remarks)
    taken = {node.id for node in nodes}
    groups = _acyclic([group for group in _unique(graph.groups, remarks) if group.id not in taken])
    names = _names([*nodes, *groups])
    known = {group.id: group.id for group in groups}
    nodes = [
        node.model_copy(update={"group": known.get(_find(node.group, names) or "")})
        for node in nodes
    ]
    parents = {node.id: node.group for node in nodes}
    parents |= {group.id: group.parent for group in groups}
    own = {group.id for group in groups}
    edges = []
    for edge in graph.edges:
        source, target = _find(edge.source, names), _find(edge.target, names)
        if source is None or target is None:
            missing = edge.source if source is None else edge.target
            remarks.append(f'A connection was left out: there is no "{missing}".')
        elif (
            (source == target and source in own)
            or _encloses(source, target, parents)
            or _encloses(target, source, parents)
        ):
            remarks.append(f'A connection of "{edge.source}" with its own group was left out.')
        else:
            edges.append(edge.model_copy(update={"source": source, "target": target}))
    edges = edges if repeats else _merged(edges)
    return Diagram(graph, nodes, edges, groups, remarks)


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Exact repetitions once, and one loop a node, which then carries all its labels."""
    kept: dict[tuple[str, ...], Edge] = {}
    for edge in edges:
        loop = edge.source == edge.target
        key = (edge.source,) if loop else (edge.source, edge.target, edge.label, edge.line)
        if loop and key in kept:
            labels = dict.fromkeys([*kept[key].label.split(" / "), edge.label])
            text = " / ".join(label for label in labels if label)[:400]
            kept[key] = kept[key].model_copy(update={"label": text})
        else:
            kept.setdefault(key, edge)
    return list(kept.values())


def _unique(parts: Iterable[T], remarks: list[str]) -> list[T]:
    seen: dict[str, T] = {}
    for part in parts:
        if part.id in seen:
            remarks.append(f'"{part.label}" was left out: its id is used twice.')
        else:
            seen[part.id] = part
    return list(seen.values())


def _acyclic(groups: Sequence[Group]) -> list[Group]:
    """A parent that is unknown or leads back to the group is dropped."""
    parents = {group.id: group.parent for group in groups}

    def loops(group: Group) -> bool:
        seen, parent = {group.id}, group.parent
        while parent in parents:
            if parent in seen:
                return True
            seen.add(parent)
            parent = parents[parent]
        return False

    result = []
    for group in groups:
        if group.parent is not None and (group.parent not in parents or loops(group)):
            parents[group.id] = None
            result.append(group.model_copy(update={"parent": None}))
        else:
            result.append(group)
    return result


def _names(parts: Iterable[Node | Group]) -> dict[str, str]:
    names: dict[str, str] = {}
    parts = list(parts)
    for part in parts:
        names[part.id] = part.id
    for part in parts:
        names.setdefault(_folded(part.label), part.id)
        names.setdefault(_folded(part.id), part.id)
    return names


def _find(ref: str | None, names: dict[str, str]) -> str | None:
    if ref is None:
        return None
    return names.get(ref) or names.get(_folded(ref))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _encloses(outer: str, inner: str, parents: Mapping[str, str | None]) -> bool:
    """Whether `outer` is a group around `inner`."""
    parent = parents.get(inner)
    while parent is not None:
        if parent == outer:
            return True
        parent = parents.get(parent)
    return False
