"""What an edit adds bears the name that was meant, without the words around it, or is refused."""

import pytest

from app.domain.errors import NotUnderstood
from app.domain.scene.topology import Topology
from tests.domain.edits.asking import arrows, asked, board, groups, labels
from tests.domain.edits.test_kinds_of_edit import (
    BOARD,
    COMPANY,
    ENTITIES,
    FLOW,
    MACHINE,
    QUARTERS,
    SEQUENCE,
    SWOT,
    TRAVEL,
)

GROUPED = "Frontend: web, mobile; Backend: API, worker; web -> API; API -> worker"


@pytest.mark.parametrize(
    ("drawn", "instruction", "group", "cards"),
    [
        (SWOT, "add a weakness: no app", "Weaknesses", ["Budget", "No app"]),
        (SWOT, "new threat: tariffs", "Threats", ["Law", "Tariffs"]),
        (SWOT, "add strength 'loyal customers'", "Strengths", ["Team", "loyal customers"]),
        (SWOT, "add an opportunity: Asia", "Opportunities", ["EU", "Asia"]),
        (SWOT, "add two opportunities: Asia, India", "Opportunities", ["EU", "Asia", "India"]),
        (SWOT, "add 'no app' as a weakness", "Weaknesses", ["Budget", "no app"]),
        (BOARD, "add a card: call mum to Doing", "Doing", ["Build", "Call mum"]),
        (QUARTERS, "add a milestone Beta to Q3", "Q3 2026", ["Test", "Beta"]),
        (QUARTERS, "add a new quarter: Q1 2027", "Q1 2027", []),
        (QUARTERS, "add Beta between Q1 2026 and Q2 2026", "Beta", []),
        (BOARD, "add Review between Doing and Done", "Review", []),
        (GROUPED, "add redis in Backend", "Backend", ["API", "Worker", "Redis"]),
        (GROUPED, "put web in Backend", "Backend", ["API", "Worker", "Web"]),
    ],
)
def test_entries_come_into_the_group_that_is_named(
    drawn: str, instruction: str, group: str, cards: list[str]
) -> None:
    before = board(drawn)
    after, _, _ = asked(before, instruction)
    assert groups(after)[group] == cards
    assert len(labels(after)) <= len(labels(before)) + max(len(cards) - 1, 1)


@pytest.mark.parametrize(
    ("drawn", "instruction", "new"),
    [
        (TRAVEL, "add a topic: Food", {"Food"}),
        (TRAVEL, "add sub-topics wifi and pool to Hotel", {"Wifi", "Pool"}),
        (MACHINE, "add a state: Paused", {"Paused"}),
        (SEQUENCE, "add an actor: Printer", {"Printer"}),
        (FLOW, "add a decision: Paid?", {"Paid?"}),
        (FLOW, "add a title: Our system", {"Our system"}),
        (FLOW, 'add "Cache: Redis"', {"Cache: Redis"}),
        (COMPANY, "add Zoe next to Ann", {"Zoe"}),
        (MACHINE, "add Failed -> Paused: wait", {"Paused"}),
        (MACHINE, "add an arrow Idle -> Running: go", set()),
    ],
)
def test_the_noun_before_a_name_is_no_part_of_it(
    drawn: str, instruction: str, new: set[str]
) -> None:
    before = board(drawn)
    after, _, _ = asked(before, instruction)
    assert set(labels(after)) - set(labels(before)) == new


def test_a_message_after_a_colon_is_a_message() -> None:
    after, _, _ = asked(board(SEQUENCE), "add a message: Till tells Guest thanks")
    assert "Till -thanks-> Guest" in arrows(after)


@pytest.mark.parametrize(
    ("instruction", "row"),
    [
        ("add a foreign key customer_id to orders", "customer_id FK"),
        ("add the primary key uuid to orders", "uuid PK"),
        ("add a total to orders", "total"),
    ],
)
def test_a_key_is_marked_as_one(instruction: str, row: str) -> None:
    after, _, _ = asked(board(ENTITIES), instruction)
    topology = Topology(after)
    orders = next(i for i in topology.shapes if topology.label(i) == "Orders")
    assert list(topology.rows(orders)) == ["id", row]


@pytest.mark.parametrize(
    ("drawn", "instruction"),
    [
        (GROUPED, "add a cache to Backend connected to API"),
        (COMPANY, "add Kim as assistant of CEO"),
        (COMPANY, "add a VP Marketing: Kim"),
        (COMPANY, "add a report: Kim"),
        (ENTITIES, "füge orders ein Feld status hinzu"),
        (SWOT, "add urgent: call bank"),
        (GROUPED, "add a group Data with DB"),
        (SWOT, "add weaknesses"),
        (SWOT, "add Beta between Strengths and Threats"),
        (TRAVEL, "add a sub branch to Hotel"),
        (SEQUENCE, "insert a message hello before order"),
        (SEQUENCE, "add Printer after pay"),
    ],
)
def test_what_is_not_surely_a_name_is_refused(drawn: str, instruction: str) -> None:
    with pytest.raises(NotUnderstood):
        asked(board(drawn), instruction)


@pytest.mark.parametrize(
    ("drawn", "instruction", "group", "cards"),
    [
        (BOARD, "put write into Done", "Done", ["Plan", "Write"]),
        (BOARD, "place design and write in Done", "Done", ["Plan", "Design", "Write"]),
        (QUARTERS, "put Build in Q3 2026", "Q3 2026", ["Test", "Build"]),
        (SWOT, "put team under Weaknesses", "Weaknesses", ["Budget", "Team"]),
        (SWOT, "move team below Weaknesses", "Weaknesses", ["Budget", "Team"]),
        (GROUPED, "put web and mobile in Backend", "Backend", ["API", "Worker", "Web", "Mobile"]),
    ],
)
def test_what_is_there_is_moved_and_not_added_again(
    drawn: str, instruction: str, group: str, cards: list[str]
) -> None:
    before = board(drawn)
    after, _, _ = asked(before, instruction)
    assert groups(after)[group] == cards
    assert labels(after) == labels(before)


def test_a_branch_that_is_there_is_moved_and_not_added_again() -> None:
    after, _, _ = asked(board(TRAVEL), "put Cheap under Flights")
    assert labels(after) == labels(board(TRAVEL))
    assert "Flights -> Cheap" in arrows(after)
    assert "Hotel -> Cheap" not in arrows(after)


def test_a_card_is_not_put_between_columns() -> None:
    before = board(BOARD)
    after, drawing, _ = asked(before, "move design right of Doing")
    assert after == before
    assert drawing.remarks


@pytest.mark.parametrize("place", ["after id", "before name"])
def test_the_place_of_a_column_may_stand_before_its_table(place: str) -> None:
    after, _, _ = asked(board(ENTITIES), f"add a column total {place} to customers")
    topology = Topology(after)
    customers = next(i for i in topology.shapes if topology.label(i) == "Customers")
    assert list(topology.rows(customers)) == ["id", "total", "name"]


def test_an_answer_stays_at_the_arrow_when_a_step_is_taken_out() -> None:
    drawn = "order -> in stock? if yes pack -> ship, if no reorder"
    after, _, _ = asked(board(drawn), "delete pack and connect the rest")
    assert "In stock? -yes-> Ship" in arrows(after)
