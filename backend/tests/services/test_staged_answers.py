"""A planner's answer that waits in the database: read again, or planned again if it cannot be."""

from typing import Any

from app.domain.planning.plan import Graph, Node, Plan
from app.domain.planning.request import Planned
from app.services.drawing_service import PlannerAnswer, answer_from_json, answer_to_json


def stored(kind: str) -> dict[str, Any]:
    graph = Graph(kind=kind, nodes=[Node(id="a", label="A")])
    return answer_to_json(PlannerAnswer(Planned(Plan(operations=[graph]), "offline"), {"n1": "x"}))


def test_an_answer_is_read_as_it_was_stored() -> None:
    answer = answer_from_json(stored("kanban"))
    assert answer is not None
    assert answer_to_json(answer) == stored("kanban")


def test_an_answer_with_a_kind_that_this_program_does_not_know_is_planned_again() -> None:
    assert answer_from_json(stored("hologram")) is None
