"""The page of examples: it is what the suite says, and every picture shows its drawing."""

import re
from html import unescape

from app.domain.planning.text import key
from evaluation.cases import load
from evaluation.examples import IMAGES, PAGE, chosen, markdown

EXAMPLES = chosen(load())


def test_the_page_lists_the_examples_of_the_suite() -> None:
    assert len(EXAMPLES) >= 10
    assert PAGE.read_text("utf-8") == markdown(EXAMPLES), "run python -m evaluation.examples"


def test_every_example_has_its_picture_and_every_picture_its_example() -> None:
    assert {path.stem for path in IMAGES.iterdir()} == {case.name for case in EXAMPLES}
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < 300_000


def test_the_pictures_show_what_was_asked_for() -> None:
    missing = {
        (case.name, label)
        for case in EXAMPLES
        for label in case.labels
        if not set(key(label).split()) <= set(key(_text(case.name)).split())
    }
    assert missing == set()


def _text(name: str) -> str:
    """The words in a picture; a label's lines are parts of one text."""
    svg = (IMAGES / f"{name}.svg").read_text("utf-8")
    return unescape(" ".join(re.findall(r"<tspan[^>]*>([^<]*)</tspan>", svg)))
