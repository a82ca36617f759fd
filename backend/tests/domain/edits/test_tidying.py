"""Tidying aligns and spaces; it never gives a shape another row, column, group or turn."""

from itertools import pairwise

import pytest

from app.domain.scene.elements import rect_of
from app.domain.scene.lint import lint
from app.domain.scene.topology import Topology
from tests.domain.edits.asking import asked, shape
from tests.domain.edits.boards import KINDS_OF_BOARD, Board, Hand, columns, seeded
from tests.domain.scene.drawing import Scene
from tests.support.breadth import examples

BOARDS = examples(60, 500)


def _rects(scene: Scene) -> dict[str, tuple[float, float, float, float]]:
    topology = Topology(scene)
    return {
        topology.label(i): (r.x, r.y, r.right, r.bottom)
        for i in topology.shapes
        for r in [rect_of(topology.by_id[i])]
    }


def _homes(scene: Scene) -> dict[str, str]:
    topology = Topology(scene)
    return {
        topology.label(i): topology.label(area)
        for i in topology.shapes
        if (area := topology.area_of(i))
    }


def faults(board: Board, after: Scene) -> list[str]:
    """What the arrangement said and does not say any more."""
    found = []
    rects = _rects(after)
    if set(rects) != set(_rects(board.scene)):
        found.append("shapes came or went")
    if _homes(after) != board.homes:
        found.append("a shape lies in another group")
    for one, (row, column) in board.cells.items():
        for other, (row2, column2) in board.cells.items():
            if row == row2 and column < column2 and rects[one][2] > rects[other][0]:
                found.append(f"{one} is not left of {other} any more")
            if row < row2 and rects[one][3] > rects[other][1]:
                found.append(f"{one} is not above {other} any more")
    return found


@pytest.mark.parametrize("seed", range(BOARDS))
def test_nothing_changes_its_row_its_column_its_group_or_its_order(seed: int) -> None:
    random = seeded(seed)
    board = random.choice(KINDS_OF_BOARD)(random)
    after, drawing, _ = asked(board.scene, random.choice(["clean this up", "tidy up", "räum auf"]))
    assert faults(board, after) == []
    assert [f for f in lint(after).findings if f.check == "overlap"] == []
    assert drawing.lint.findings == ()


@pytest.mark.parametrize("seed", range(20))
def test_cards_come_in_line_at_equal_distances(seed: int) -> None:
    board = columns(seeded(seed))
    after, _, _ = asked(board.scene, "clean this up")
    rects = _rects(after)
    by_row: dict[int, set[float]] = {}
    for label, (row, _) in board.cells.items():
        by_row.setdefault(row, set()).add(rects[label][1])
    assert all(len(tops) == 1 for tops in by_row.values())
    tops = sorted(top for (top,) in by_row.values())
    steps = {round(low - high) for high, low in pairwise(tops)}
    assert len(steps) <= 1
    again, _, _ = asked(after, "clean this up", seed="again")
    assert {label: pytest.approx(rect) for label, rect in _rects(again).items()} == rects


def test_a_row_of_five_stays_a_row() -> None:
    hand = Hand(seeded(3))
    for column in range(5):
        hand.box(f"Step {column}", column * 200, 0, 120, 60)
    board = hand.done()
    after, _, _ = asked(board.scene, "tidy up")
    assert len({shape(after, f"Step {k}")["y"] for k in range(5)}) == 1


def test_a_box_below_a_chain_stays_below_it() -> None:
    hand = Hand(seeded(4))
    hand.box("A", 0, 0, 120, 60)
    hand.box("B", 250, 0, 120, 60)
    hand.box("C", 10, 150, 120, 60)
    hand.arrow("A", "B")
    after, _, _ = asked(hand.done().scene, "clean this up")
    assert shape(after, "C")["y"] > shape(after, "A")["y"] + 60
