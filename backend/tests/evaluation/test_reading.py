"""What people type is drawn as they mean it, or refused by name: never drawn wrongly."""

import pytest

from tests.support.reading import Reading, faults, readings

FILES = ("plain.toml", "pasted.toml", "more.toml")
CASES = [case for name in FILES for case in readings(name)]
LEAST_DRAWN = 0.7


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.input[:60])
def test_a_text_is_drawn_right_or_refused_by_name(case: Reading) -> None:
    assert faults(case) == []


def test_most_of_what_spells_out_its_content_is_drawn() -> None:
    spelled_out = [case for case in readings("more.toml") if case.outcome != "refuse"]
    assert len(spelled_out) >= 60
    drawn = [case for case in spelled_out if case.outcome == "draw"]
    assert len(drawn) >= LEAST_DRAWN * len(spelled_out)
