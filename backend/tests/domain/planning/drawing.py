"""Shows a plan in the short notation that the tables of these tests are written in."""

from app.domain.formats import text_languages
from app.domain.kinds import KINDS
from app.domain.planning import offline
from app.domain.planning.plan import Graph, Operation
from app.domain.planning.request import Mode, Planned, PlanRequest, SceneContext

MARKS = {"rectangle": "", "ellipse": "()", "diamond": "?", "note": "~", "text": "_"}


def plan_offline(request: PlanRequest) -> Planned:
    """With all languages that the program knows."""
    return offline.plan_offline(request, KINDS, text_languages())


def drawn(instruction: str) -> Graph:
    """The one graph that the offline planner draws for an instruction."""
    operations = plan_offline(PlanRequest(instruction)).plan.operations
    assert len(operations) == 1
    graph = operations[0]
    assert isinstance(graph, Graph)
    return graph


def changes(instruction: str, context: SceneContext, mode: Mode = "modify") -> list[Operation]:
    return plan_offline(PlanRequest(instruction, mode, context)).plan.operations


def labels(graph: Graph) -> list[str]:
    return [node.label for node in graph.nodes]


def questions(graph: Graph) -> list[str]:
    return [node.label for node in graph.nodes if node.shape == "diamond"]


def arrows(graph: Graph) -> list[str]:
    """ "A -> B" or "A -yes-> B", in the order of the plan."""
    names = {node.id: node.label for node in graph.nodes}
    return [
        f"{names[edge.source]} -{edge.label}-> {names[edge.target]}"
        if edge.label
        else f"{names[edge.source]} -> {names[edge.target]}"
        for edge in graph.edges
    ]


def grouped(graph: Graph) -> dict[str, list[str]]:
    """Labels by the group that they stand in; groups in order."""
    return {
        group.label: [node.label for node in graph.nodes if node.group == group.id]
        for group in graph.groups
    }
