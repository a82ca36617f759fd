"""Ghosts: a drawing that is still being planned, as boxes and lines where it will stand."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from app.domain.planning.plan import Edge, Graph, Operation, Plan
from app.domain.scene.draft import ElementChange
from app.domain.scene.elements import points_of, rect_of

MAX_BOXES = 80
MAX_LINES = 120
MAX_POINTS = 20
MAX_LABEL = 80

Guesses = frozenset[tuple[str, str]]
"""Pairs of nodes that nothing in the plan connects yet."""


def completed(plan: Plan) -> tuple[Plan, Guesses]:
    """Models name all shapes before they connect them. So that shapes do not jump when their
    edges come, a shape without any is expected to follow the one before it."""
    guesses: set[tuple[str, str]] = set()
    operations: list[Operation] = []
    for operation in plan.operations:
        if isinstance(operation, Graph):
            pairs = _loose(operation)
            guesses.update(pairs)
            operations.append(_tied(operation, pairs))
        else:
            operations.append(operation)
    return plan.model_copy(update={"operations": operations}), frozenset(guesses)


def _loose(graph: Graph) -> list[tuple[str, str]]:
    tied = {end for edge in graph.edges for end in (edge.source, edge.target)}
    return [
        (one.id, other.id)
        for one, other in pairwise(graph.nodes)
        if other.id not in tied and other.group is None
    ]


def _tied(graph: Graph, pairs: list[tuple[str, str]]) -> Graph:
    edges = [*graph.edges, *(Edge(source=one, target=other) for one, other in pairs)]
    return graph.model_copy(update={"edges": edges})


def ghosts_of(changes: Iterable[ElementChange], guesses: Guesses = frozenset()) -> dict[str, Any]:
    """What the changes create, in scene coordinates. A few of very many: it is a hint."""
    created = [change["set"] for change in changes if change.get("create")]
    nodes = {element["id"]: _node_of(element) for element in created}
    words = {e["containerId"]: e["originalText"] for e in created if e.get("containerId")}
    boxes, lines = [], []
    for element in created:
        if element.get("points"):
            ends = _end(element, "startBinding"), _end(element, "endBinding")
            if (nodes.get(ends[0]), nodes.get(ends[1])) not in guesses:
                points = points_of(element)[:MAX_POINTS]
                lines.append([[round(x), round(y)] for x, y in points])
        elif not element.get("containerId"):
            rect = rect_of(element)
            label = words.get(element["id"]) or element.get("text") or ""
            boxes.append(
                {
                    "x": round(rect.x),
                    "y": round(rect.y),
                    "width": round(rect.width),
                    "height": round(rect.height),
                    "label": label[:MAX_LABEL],
                }
            )
    return {"boxes": boxes[:MAX_BOXES], "lines": lines[:MAX_LINES]}


def _node_of(element: Mapping[str, Any]) -> str | None:
    return (element.get("customData") or {}).get("node")


def _end(element: Mapping[str, Any], side: str) -> str:
    return str((element.get(side) or {}).get("elementId", ""))
