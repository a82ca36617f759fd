"""The canvas as later commands of an instruction find it: without what an earlier one deletes."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.planning.request import SceneContext


def without(context: SceneContext, gone: Sequence[str]) -> SceneContext:
    """Without these, what lies in them, and the connections of both."""
    out = {*gone, *(node.alias for node in context.nodes if node.group in gone)}
    nodes = tuple(node for node in context.nodes if node.alias not in out)
    edges = tuple(
        edge
        for edge in context.edges
        if not out & {edge.alias, edge.source or "", edge.target or ""}
    )
    return replace(context, nodes=nodes, edges=edges)
