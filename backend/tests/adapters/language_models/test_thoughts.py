"""Thoughts before an answer are left out however the stream cuts them; labels stay whole."""

import pytest

from app.adapters.language_models.thoughts import ThoughtFilter


def passed(text: str, size: int) -> str:
    thoughts = ThoughtFilter()
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    return "".join(thoughts.pass_on(piece) for piece in pieces)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"title": "a"}', '{"title": "a"}'),
        ("<think>boxes {and} arrows</think>{1}", "{1}"),
        ("\n <thinking>a</thinking>\n<think>b < c</think>{1}", "\n{1}"),
        ("<think></think>{1}", "{1}"),
        ("<think>never ends, {1}", ""),
        ('{"label": "<think>x</think>"}', '{"label": "<think>x</think>"}'),
        ("<b>bold</b>", "<b>bold</b>"),
        ("", ""),
    ],
)
def test_only_a_thought_at_the_beginning_is_left_out(text: str, answer: str, size: int) -> None:
    assert passed(text, size).lstrip() == answer.lstrip()
