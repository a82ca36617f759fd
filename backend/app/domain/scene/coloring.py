"""Which color and role each part of a drawing gets when the plan does not say."""

from collections.abc import Mapping, Sequence

from app.domain.planning.plan import Edge, Group, Node
from app.domain.scene.diagram import Diagram

_BY_GROUP = {"architecture", "kanban", "timeline", "matrix", "grid"}
_CARDS = {"kanban", "timeline", "matrix", "wireframe"}


def roles(diagram: Diagram) -> dict[str, str]:
    """Node id to role, for nodes whose kind of drawing gives them one."""
    kind = diagram.graph.kind
    plain = [node for node in diagram.nodes if node.shape == "rectangle"]
    if kind in ("tree", "mindmap"):
        children = {edge.target for edge in diagram.edges}
        return {node.id: "header" for node in plain if node.id not in children}
    if kind == "sequence":
        return {node.id: "header" for node in plain}
    if kind == "table":
        return table_roles(diagram.nodes)
    if kind == "wireframe":  # buttons are colored, pictures gray, the rest is paper
        look = {"default": "card", "gray": "step"}
        return {node.id: look.get(node.color, "header") for node in plain}
    if kind in _CARDS and diagram.groups:
        # A card that was given a color is meant to stand out.
        return {node.id: "card" if node.color == "default" else "step" for node in plain}
    return {}


def table_roles(nodes: Sequence[Node]) -> dict[str, str]:
    """The first row of a table is its heading, when the cells say which row they are in."""
    top = min((node.row for node in nodes if node.row is not None), default=-1)
    return {node.id: "header" if node.row == top else "card" for node in nodes}


def colors(diagram: Diagram, cycle: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Colors of nodes and of groups: what the plan asks for, else by branch or by group."""
    groups: dict[str, str] = {group.id: group.color for group in diagram.groups}
    nodes: dict[str, str] = {node.id: node.color for node in diagram.nodes}
    kind = diagram.graph.kind
    if kind in _BY_GROUP:
        outer = [group for group in diagram.groups if group.parent is None]
        for i, group in enumerate(outer):
            if group.color == "default":
                groups[group.id] = cycle[i % len(cycle)]
        _inherit(diagram.groups, groups)
        for node in diagram.nodes:
            if node.color == "default" and node.group and node.shape == "rectangle":
                nodes[node.id] = groups[node.group]
    if kind == "mindmap":
        nodes |= _branches(diagram.nodes, diagram.edges, nodes, cycle)
    return nodes, groups


def _inherit(groups: Sequence[Group], colors: dict[str, str]) -> None:
    parents = {group.id: group.parent for group in groups}
    for key in parents:
        chain = [key]
        while colors[chain[-1]] == "default" and (parent := parents[chain[-1]]):
            chain.append(parent)
        for member in chain:
            colors[member] = colors[chain[-1]]


def _branches(
    nodes: Sequence[Node], edges: Sequence[Edge], given: Mapping[str, str], cycle: Sequence[str]
) -> dict[str, str]:
    """Each branch of a root in one color."""
    parent: dict[str, str] = {}
    for edge in edges:
        parent.setdefault(edge.target, edge.source)
    branch: dict[str, str] = {}
    result = {}
    for node in nodes:
        path, at = [node.id], node.id
        while at in parent and parent[at] not in path:
            at = parent[at]
            path.append(at)
        if len(path) > 1:
            top = path[-2]
            branch.setdefault(top, cycle[len(branch) % len(cycle)])
            if given[node.id] == "default":
                result[node.id] = branch[top]
    return result
