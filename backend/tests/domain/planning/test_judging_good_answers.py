"""Answers that a careful person would accept pass the rules; empty ones do not."""

import pytest

from app.domain.kinds import KINDS
from app.domain.planning.judging import judge
from app.domain.planning.plan import Delete, Graph, Node, Operation, Plan
from app.domain.planning.request import PlanRequest
from tests.domain.planning.test_judging import CANVAS, graph, judged, reasons

EVERYTHING = Delete(targets=["n1", "n2", "n3", "n4"])
SERVICES = "microservices: auth, billing, mail, search, pay; each with its own DB"


def _columns(card: str, count: int) -> Graph:
    columns = [Node(id=f"x{place}", label=card, group=f"g{place}") for place in range(count)]
    return Graph(kind="kanban", nodes=columns)


def _series(noun: str, count: int, kind: str) -> Graph:
    return graph(*(f"{noun} {n}" for n in range(1, count + 1)), edges=False, kind=kind)


@pytest.mark.rule("M1", "M2", "M4", "M7")
@pytest.mark.parametrize(("instruction", "drawn"), [
    ("kanban for our release", _columns("Review", 5)),
    (SERVICES, graph("Auth", "Billing", "Mail", "Search", "Pay", *["DB"] * 5, kind="architecture")),
    ("timeline of the sprints of the year", _series("Sprint", 26, "timeline")),
    ("roadmap by week for a quarter", _series("Week", 13, "timeline")),
    ("flow of an order in a few steps", graph("Step 1", "Step 2", "Step 3")),
    ("Draw the departments of the Stadtverwaltung with Amt f\u00fcr Umwelt",
     graph("Stadtverwaltung", "Amt f\u00fcr Umwelt", "Amt der Kultur und der Bildung")),
    ("Die Abl\u00e4ufe f\u00fcr unser 'order management' zeichnen",
     graph("Bestellung", "Order management", "Versand")),
])  # fmt: skip
def test_what_was_meant_passes(instruction: str, drawn: Graph) -> None:
    assert reasons(judged(instruction, drawn)) == []


@pytest.mark.rule("M4")
def test_sentences_of_a_list_may_be_said_otherwise() -> None:
    requirements = (
        "Requirements:\n- users must be able to log in\n- passwords are hashed\n"
        "- sessions expire after 30 minutes\nDraw the login flow."
    )
    drawn = graph("Enter credentials", "Hash password", "Match?", "Create session", "Show login")
    assert not judged(requirements, drawn).is_fatal


@pytest.mark.rule("M4")
def test_a_name_is_missed_with_the_capitals_that_it_was_given() -> None:
    missed = judged("ingest -> clean -> train", graph("Clean", "Train"))
    assert missed.remarks == ("These names are missing: ingest.",)


@pytest.mark.rule("M1", "M2")
@pytest.mark.parametrize("drawn", [
    graph("Step 1", "Step 2", "Step 3"),
    graph("Node A", "Node B", "Node C"),
    graph("Label", "Text 2", "n1"),
    _series("Worker", 30, "flowchart"),
])  # fmt: skip
def test_placeholders_are_stopped(drawn: Graph) -> None:
    assert judged("flow of an order", drawn).is_fatal


@pytest.mark.rule("M8")
@pytest.mark.parametrize(("instruction", "operations"), [
    ("get rid of everything but the API", [Delete(targets=["n1", "n3", "n4"])]),
    ("we don't need browser, worker and database any more", [Delete(targets=["n1", "n3", "n4"])]),
    ("wir brauchen Browser, Worker und Database nicht mehr", [Delete(targets=["n1", "n3", "n4"])]),
    ("wipe the board", [EVERYTHING]),
    ("make a mind map of it",
     [EVERYTHING, graph("Browser", "API", "Worker", "Database", kind="mindmap")]),
    ("turn this into a board",
     [EVERYTHING, graph("Browser", "API", "Worker", "Database", edges=False, kind="kanban")]),
])  # fmt: skip
def test_what_is_drawn_anew_or_no_longer_needed_may_go(
    instruction: str, operations: list[Operation]
) -> None:
    assert reasons(judged(instruction, *operations, mode="modify")) == []


@pytest.mark.rule("M8")
def test_a_drawing_that_takes_the_place_of_another_is_not_joined_to_it() -> None:
    drawn = graph("Browser", "API", "Worker", "Database", kind="mindmap")
    request = PlanRequest("make a mind map of it", "modify", CANVAS)
    judgement = judge(Plan(operations=[EVERYTHING, drawn]), request, KINDS)
    assert [one.op for one in judgement.plan.operations] == ["delete", "graph"]
