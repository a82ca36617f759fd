"""Edits of a tree are what they are also where another drawing stands beside it."""

import pytest

from tests.domain.edits.asking import arrows, asked, board, shape
from tests.domain.edits.test_kinds_of_edit import COMPANY, MACHINE
from tests.domain.scene.drawing import Scene


@pytest.fixture(scope="module")
def two() -> Scene:
    """The company, and a state machine with words at its arrows further to the right."""
    company, machine = board(COMPANY), board(MACHINE, seed="second")
    right = max(e["x"] + e["width"] for e in company) + 300
    top = max(str(e["index"]) for e in company)
    return [*company, *({**e, "x": e["x"] + right, "index": top + e["index"]} for e in machine)]


@pytest.mark.parametrize(
    ("instruction", "arrow"),
    [
        ("move Dan under VP Sales", "VP Sales -> Dan"),
        ("Dan now reports to VP Sales", "VP Sales -> Dan"),
        ("add Eve under VP Sales", "VP Sales -> Eve"),
        ("add two people under VP Sales: Eve and Fay", "VP Sales -> Fay"),
        ("swap Ann and Cid", "VP Product -> Ann"),
    ],
)
def test_who_reports_to_whom_follows_the_words(two: Scene, instruction: str, arrow: str) -> None:
    after, _, _ = asked(two, instruction)
    assert arrow in arrows(after)
    for state in ("Idle", "Running", "Failed"):
        assert shape(after, state) == shape(two, state)
