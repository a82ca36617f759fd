"""Wrapping and sizing: lines as the editor breaks them, shapes as large as their text needs."""

import pytest

from app.domain.layout.geometry import Rect
from app.domain.layout.sizing import fitted, needed, room
from app.domain.layout.text import Font, balanced, block


class TenEach:
    """Every character is half an em wide."""

    def width(self, text: str, family: int, size: float) -> float:
        return len(text) * size / 2

    def family_for(self, text: str, family: int) -> int:
        return family


MEASURE, FONT = TenEach(), Font(5, 20)


def lines(text: str, width: float) -> tuple[str, ...]:
    return block(text, FONT, MEASURE, width).lines


def test_lines_break_after_spaces_and_hyphens() -> None:
    assert lines("one two three", 80) == ("one two", "three")
    assert lines("well-known fact", 60) == ("well-", "known", "fact")


def test_own_line_breaks_are_kept_and_edges_trimmed() -> None:
    assert lines("\n a\r\n\nb \n", 100) == ("a", "", "b")


def test_a_word_that_is_too_long_is_broken_by_character() -> None:
    assert lines("a abcdefghij", 40) == ("a", "abcd", "efgh", "ij")


def test_wide_characters_break_anywhere_but_not_before_closing_marks() -> None:
    assert lines("注文を確認する。", 40) == ("注文を確", "認する。")


def test_control_characters_never_reach_an_element() -> None:
    assert block("a\x00b\x07c\td", FONT, MEASURE, 400).text == "abc        d"


def test_height_is_lines_times_line_height() -> None:
    assert block("a\nb\nc", FONT, MEASURE, 100).height == 3 * 20 * 1.25


def test_balanced_lines_are_as_few_but_not_wider_than_need_be() -> None:
    found = balanced("aaaa bbbb cccc dddd", FONT, MEASURE, 150)
    assert found.lines == ("aaaa bbbb", "cccc dddd")


def test_balanced_lines_do_not_break_a_word_at_its_hyphen_if_they_need_not() -> None:
    found = balanced("Check the e-mail address", FONT, MEASURE, 180)
    assert found.lines == ("Check the e-mail", "address")


@pytest.mark.parametrize("shape", ["rectangle", "ellipse", "diamond"])
@pytest.mark.parametrize(("width", "height"), [(10, 10), (123.4, 56.7), (400, 25)])
def test_the_room_of_a_shape_that_is_just_large_enough_holds_the_text(
    shape: str, width: float, height: float
) -> None:
    outer = needed(shape, width, height)
    inner = room(shape, Rect(7, 9, *outer))
    assert inner.width >= width
    assert inner.height >= height
    assert Rect(7, 9, *outer).contains(inner)


@pytest.mark.parametrize("shape", ["rectangle", "ellipse", "diamond", "note"])
@pytest.mark.parametrize("words", ["a", "Is the e-mail valid?", "word " * 40, "x" * 70, " "])
def test_a_fitted_shape_holds_its_label(shape: str, words: str) -> None:
    label, width, height = fitted(shape, words, FONT, MEASURE)
    inner = room("rectangle" if shape == "note" else shape, Rect(0, 0, width, height))
    assert inner.width >= label.width
    assert inner.height >= label.height
    assert width / height < 6


def test_a_tipped_shape_grows_rather_than_break_a_word() -> None:
    label, _, _ = fitted("ellipse", "PostgreSQL", FONT, MEASURE)
    assert label.lines == ("PostgreSQL",)
