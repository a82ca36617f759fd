"""What goes along with something that is deleted is said, unless it was named."""

import pytest

from app.domain.errors import NotUnderstood
from tests.domain.edits.asking import asked, board
from tests.domain.edits.test_kinds_of_edit import BOARD, COMPANY, QUARTERS, SWOT, TRAVEL


@pytest.mark.parametrize(
    ("drawn", "instruction", "said"),
    [
        (BOARD, "delete the Doing column", 'Deleted along with it: "Build".'),
        (BOARD, "lösche die Spalte To do", 'Deleted along with it: "Design", "Write".'),
        (SWOT, "remove the opportunities", 'Deleted along with it: "EU".'),
        (QUARTERS, "delete Q2 2026", 'Deleted along with it: "Build".'),
        (TRAVEL, "delete Hotel", 'Deleted along with it: "Cheap", "Near".'),
        (TRAVEL, "lösche Hotel", 'Mit gelöscht: "Cheap", "Near".'),
    ],
)
def test_what_was_not_named_is(drawn: str, instruction: str, said: str) -> None:
    _, drawing, planned = asked(board(drawn), instruction)
    assert [*planned.remarks, *drawing.remarks] == [said]


@pytest.mark.parametrize(
    ("drawn", "instruction"),
    [
        (BOARD, "delete build and Doing"),
        (BOARD, "delete build"),
        (TRAVEL, "delete Hotel with everything below"),
        (TRAVEL, "clear the canvas"),
    ],
)
def test_what_was_named_is_not(drawn: str, instruction: str) -> None:
    _, drawing, planned = asked(board(drawn), instruction)
    assert [*planned.remarks, *drawing.remarks] == []


def test_a_refusal_quotes_a_name_as_it_was_written() -> None:
    with pytest.raises(NotUnderstood) as refused:
        asked(board(COMPANY), "add kim")
    assert refused.value.values["words"] == "kim"
