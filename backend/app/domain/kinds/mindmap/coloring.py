"""Mind maps: each branch of a root in one color."""

from collections.abc import Mapping, Sequence

from app.domain.planning.plan import Edge, Node
from app.domain.scene.coloring import Colors, as_given
from app.domain.scene.diagram import Diagram


def by_branch(diagram: Diagram, cycle: Sequence[str]) -> Colors:
    nodes, groups = as_given(diagram, cycle)
    return nodes | _branches(diagram.nodes, diagram.edges, nodes, cycle), groups


def _branches(
    nodes: Sequence[Node], edges: Sequence[Edge], given: Mapping[str, str], cycle: Sequence[str]
) -> dict[str, str]:
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
