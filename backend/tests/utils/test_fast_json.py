"""Fast JSON means the same as Python's own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.utils import fast_json

NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_reads_back_in_python(value: object) -> None:
    assert json.loads(fast_json.dumps(value)) == value


@given(VALUES)
def test_what_python_wrote_is_read(value: object) -> None:
    assert fast_json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("text", ['"\\ud83d"', '{"a": "x\\udc00y"}'])
def test_half_an_emoji_is_read_and_written_for_those_who_clean_it(text: str) -> None:
    assert fast_json.loads(text) == json.loads(text)
    assert json.loads(fast_json.dumps(json.loads(text))) == json.loads(text)


@pytest.mark.parametrize("text", ["", "{", "nul", "[" * 100_000, '{"a": }', "\x00"])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        fast_json.loads(text)
