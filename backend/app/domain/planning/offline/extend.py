"""Draws arrows into what is there: "API -> Cache -> DB" re-uses the API and DB on the canvas."""

from app.domain.planning.plan import Add, Connect, Graph, Node, Operation
from app.domain.planning.request import SceneContext
from app.domain.planning.text import key


def extend(
    graph: Graph, context: SceneContext, known: dict[str, str] | None = None
) -> list[Operation] | None:
    """Additions and connections instead of a new drawing, if the graph names what exists.
    `known` are the aliases of nodes that stand for shapes of the canvas: by default, by label."""
    known = _by_label(graph, context) if known is None else known
    if not known or not graph.edges or graph.groups:
        return None
    operations: list[Operation] = []
    refs = dict(known)
    drawn: set[int] = set()
    for node in _reachable(graph, known):
        refs[node.id] = f"new-{node.id}"
        operations.append(_added(node, graph, refs, drawn))
    for index, edge in enumerate(graph.edges):
        if index in drawn or _exists(context, refs[edge.source], refs[edge.target]):
            continue
        operations.append(
            Connect(
                source=refs[edge.source], target=refs[edge.target], label=edge.label, line=edge.line
            )
        )
    return operations or None


def _by_label(graph: Graph, context: SceneContext) -> dict[str, str]:
    labels: dict[str, list[str]] = {}
    for there in context.nodes:
        if there.label:
            labels.setdefault(key(there.label), []).append(there.alias)
    return {
        node.id: labels[key(node.label)][0]
        for node in graph.nodes
        if node.label and len(labels.get(key(node.label), [])) == 1
    }


def _reachable(graph: Graph, known: dict[str, str]) -> list[Node]:
    """New nodes, those next to known ones first, so that each has a neighbour to stand beside."""
    placed, order = set(known), []
    fresh = [node for node in graph.nodes if node.id not in known]
    while fresh:
        near = {e.target for e in graph.edges if e.source in placed}
        near |= {e.source for e in graph.edges if e.target in placed}
        chosen = next((node for node in fresh if node.id in near), fresh[0])
        fresh.remove(chosen)
        placed.add(chosen.id)
        order.append(chosen)
    return order


def _added(node: Node, graph: Graph, refs: dict[str, str], drawn: set[int]) -> Add:
    """The new node beside one neighbour, with the arrow between them."""
    copy = node.model_copy(update={"id": refs[node.id], "group": None})
    for index, edge in enumerate(graph.edges):
        if edge.arrow != "end" or edge.line != "solid" or edge.source == edge.target:
            continue
        if edge.target == node.id and edge.source in refs:
            drawn.add(index)
            near = refs[edge.source]
            return Add(node=copy, near=near, connect_from=near, label=edge.label)
        if edge.source == node.id and edge.target in refs:
            drawn.add(index)
            near = refs[edge.target]
            return Add(node=copy, near=near, connect_to=near, label=edge.label)
    return Add(node=copy)


def _exists(context: SceneContext, source: str, target: str) -> bool:
    return any(edge.source == source and edge.target == target for edge in context.edges)
