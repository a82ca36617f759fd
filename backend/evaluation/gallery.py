"""One HTML page with every drawing of the suite, its instruction and its score."""

import base64
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import app
from app.domain.scene.svg import to_svg
from evaluation.report import Measure, faults
from evaluation.scoring import Score

_FONTS = Path(app.__file__).parent / "assets" / "fonts"
_FAMILIES = {"Excalifont": "Excalifont", "Nunito": "Nunito", "Comic Shanns": "ComicShanns"}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def page(scores: Sequence[Score], found: Sequence[Measure]) -> str:
    """A page that needs nothing beside itself: fonts and drawings are inside."""
    template = _TEMPLATES.get_template("gallery.html")
    return template.render(
        scores=scores, measures=found, faults=faults, draw=_drawn, fonts=_font_faces()
    )


def _drawn(score: Score) -> Markup:
    return Markup(to_svg(score.outcome.after))  # noqa: S704 - our own SVG, texts escaped


def _font_faces() -> Markup:
    faces = []
    for family, folder in _FAMILIES.items():
        for path in sorted((_FONTS / folder).glob("*.woff2")):
            data = base64.b64encode(path.read_bytes()).decode()
            source = f"url(data:font/woff2;base64,{data}) format('woff2')"
            faces.append(f"@font-face {{ font-family: '{family}'; src: {source}; }}")
    return Markup("\n".join(faces))  # noqa: S704 - our own files
