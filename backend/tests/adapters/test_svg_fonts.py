"""Fonts inside an SVG: the characters that are used, and no more."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from app.adapters.svg_fonts import with_fonts

FACE = re.compile(r"@font-face\{font-family:'([^']+)';src:url\(data:font/woff2;base64,([^)]+)\)")


def svg(text: str, family: str = "Nunito") -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"><text font-family="{family}">{text}</text></svg>'
    )


def characters(document: str, family: str) -> set[str]:
    """All that the family's embedded faces can draw."""
    found: set[str] = set()
    for name, data in FACE.findall(document):
        if name == family:
            found |= {chr(c) for c in TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()}
    return found


@pytest.mark.parametrize("family", ["Nunito", "Excalifont"])
@pytest.mark.parametrize("text", ["Über", "Зробити"])
def test_the_used_characters_are_in_it(family: str, text: str) -> None:
    document = with_fonts(svg(text, family))
    assert set(text) <= characters(document, family)
    assert "я" not in characters(document, family)
    assert len(document) < 20_000
    assert document.endswith(svg(text, family).partition(">")[2])


def test_families_that_are_not_used_are_not_in_it() -> None:
    assert {name for name, _ in FACE.findall(with_fonts(svg("Order")))} == {"Nunito"}


def test_a_drawing_without_text_stays_as_it_is() -> None:
    plain = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    assert with_fonts(plain) == plain
