"""Puts the fonts that an SVG of ours uses into it, so that it looks the same everywhere."""

import base64
import io
import logging
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

logging.getLogger("fontTools.subset").setLevel(logging.WARNING)  # it logs every table

FONTS = Path(__file__).parent.parent / "assets" / "fonts"
FAMILIES = {
    "Excalifont": "Excalifont",
    "Nunito": "Nunito",
    "Lilita": "Lilita One",
    "ComicShanns": "Comic Shanns",
}
_TAG = re.compile(r"<[^>]*>")
LATIN = frozenset(map(ord, "aez09 .,"))


def with_fonts(svg: str) -> str:
    """The SVG with the characters that it needs of each family that it names, a few kB each."""
    wanted = set(map(ord, unescape(_TAG.sub("", svg))))
    faces = [
        face
        for folder, family in FAMILIES.items()
        if f'font-family="{family}' in svg
        for face in _faces(folder, family, wanted)
    ]
    head, end, rest = svg.partition(">")
    return f"{head}{end}\n<style>{''.join(faces)}</style>{rest}" if faces and end else svg


def family_files(folder: str) -> list[TTFont]:
    """A family's files, Latin first: it wins where several have a character."""
    fonts = [
        TTFont(path, recalcTimestamp=False) for path in sorted((FONTS / folder).glob("*.woff2"))
    ]
    return sorted(fonts, key=lambda font: -len(LATIN & set(font.getBestCmap() or ())))


def _faces(folder: str, family: str, wanted: set[int]) -> Iterator[str]:
    missing = set(wanted)
    for font in family_files(folder):
        found = missing & set(font.getBestCmap() or ())
        if found:
            missing -= found
            data = base64.b64encode(_subset(font, found)).decode()
            ranges = ",".join(f"U+{code:X}" for code in sorted(found))
            yield (
                f"@font-face{{font-family:'{family}';src:url(data:font/woff2;base64,{data});"
                f"unicode-range:{ranges}}}"
            )


def _subset(font: TTFont, characters: Iterable[int]) -> bytes:
    import fontTools.subset  # a hundred modules that nothing else needs

    subset: Any = fontTools.subset  # without types
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga"], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
