"""Trees as small models write them: children inside their parents, a parent's name on the child,
or ideas that no edge connects."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.planning.plan import MAX_NODES, Edge, Graph
from app.domain.planning.repair_values import first, objects, ref

Fields = dict[str, Any]
MEMBERS = ("nodes", "members", "children", "cards", "items")
LOOSE = "Shapes that nothing connected were tied to the first one."


def named(part: Fields) -> str:
    """What edges call a node."""
    return ref(first(part, "id", "key", "name", "label"))


def flattened(parts: Sequence[Fields]) -> list[Fields]:
    """The nodes with the ones that are written inside them, every such child naming its parent."""
    found: list[Fields] = []
    pending = list(reversed(parts))
    while pending and len(found) <= MAX_NODES:
        part = pending.pop()
        found.append({name: value for name, value in part.items() if name != "children"})
        pending += reversed(list(_children(part)))
    return found


def _children(part: Fields) -> Iterator[Fields]:
    """Children without an id get one of their own: two branches may have a child of one name."""
    parent = named(part)
    for number, child in enumerate(objects(part.get("children")), 1):
        own = child.get("id")
        lacking = own is None or own == child.get("label")
        identity = {"id": f"{parent[:70]}.{number}"} if lacking else {}
        yield {"parent": parent, "label": own, **child, **identity}


def members(groups: Sequence[Fields], known: Sequence[str]) -> list[Fields]:
    """Nodes that are written only in the list of their group: the cards of a column."""
    return [
        {**member, "group": first(group, "id", "key", "label", "title", "name")}
        for group in groups
        for member in objects(first(group, *MEMBERS))
        if named(member) and named(member) not in known
    ]


def tied(graph: Graph) -> tuple[Graph, str]:
    """The graph with its loose nodes tied to the root, and a sentence if there were any."""
    ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
    loose = [node.id for node in graph.nodes if node.id not in ends]
    if graph.groups or not loose:
        return graph, ""
    targets = {edge.target for edge in graph.edges}
    sources = (edge.source for edge in graph.edges if edge.source not in targets)
    root = next(sources, graph.nodes[0].id)
    ties = [Edge(source=root, target=key) for key in loose if key != root]
    return graph.model_copy(update={"edges": [*graph.edges, *ties]}), LOOSE if ties else ""


def tied_if_bare(graph: Graph) -> tuple[Graph, str]:
    """As `tied`, if there are no edges at all: the answer was cut off before them."""
    return (graph, "") if graph.edges else tied(graph)
