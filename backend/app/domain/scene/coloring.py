"""Ways to give each part of a drawing a color and a role when the plan does not say."""

from collections.abc import Sequence

from app.domain.planning.plan import Group
from app.domain.scene.diagram import Diagram

Roles = dict[str, str]  # by node id, for nodes whose kind of diagram gives them one
Colors = tuple[dict[str, str], dict[str, str]]  # of nodes and of groups, by id


def no_roles(_diagram: Diagram) -> Roles:
    return {}


def plain_nodes(diagram: Diagram, role: str) -> Roles:
    """The role for every node that has no shape of its own."""
    return {node.id: role for node in diagram.nodes if node.shape == "rectangle"}


def roots(diagram: Diagram) -> Roles:
    """Roots are headers."""
    children = {edge.target for edge in diagram.edges}
    plain = plain_nodes(diagram, "header")
    return {key: role for key, role in plain.items() if key not in children}


def cards(diagram: Diagram) -> Roles:
    """Nodes in groups are cards; one that was given a color is meant to stand out."""
    if not diagram.groups:
        return {}
    standing_out = {node.id: "step" for node in diagram.nodes if node.color != "default"}
    plain = plain_nodes(diagram, "card")
    return {key: standing_out.get(key, role) for key, role in plain.items()}


def as_given(diagram: Diagram, _cycle: Sequence[str]) -> Colors:
    """What the plan asks for, and nothing else."""
    groups: dict[str, str] = {group.id: group.color for group in diagram.groups}
    nodes: dict[str, str] = {node.id: node.color for node in diagram.nodes}
    return nodes, groups


def by_group(diagram: Diagram, cycle: Sequence[str]) -> Colors:
    """Outer groups in turn, what is in them like them."""
    nodes, groups = as_given(diagram, cycle)
    outer = [group for group in diagram.groups if group.parent is None]
    for i, group in enumerate(outer):
        if group.color == "default":
            groups[group.id] = cycle[i % len(cycle)]
    _inherit(diagram.groups, groups)
    for node in diagram.nodes:
        if node.color == "default" and node.group and node.shape == "rectangle":
            nodes[node.id] = groups[node.group]
    return nodes, groups


def _inherit(groups: Sequence[Group], colors: dict[str, str]) -> None:
    parents = {group.id: group.parent for group in groups}
    for key in parents:
        chain = [key]
        while colors[chain[-1]] == "default" and (parent := parents[chain[-1]]):
            chain.append(parent)
        for member in chain:
            colors[member] = colors[chain[-1]]
