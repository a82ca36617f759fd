"""`python -m evaluation.examples`: the documents' page of examples, drawn by the program itself."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from app.adapters.svg_fonts import with_fonts
from app.domain.scene.svg import to_svg
from evaluation.cases import Case, load
from evaluation.drawing import Studio

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "examples.md"
IMAGES = DOCS / "images" / "examples"
OPENING = """\
# Examples

Type these as they stand, or paste them. The offline planner read each one, without any model, and
the program drew the pictures: `cd backend && ../.venv/bin/python -m evaluation.examples` draws
them again. They are a part of the [evaluation](drawings.md)'s suite.
"""


def chosen(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(case for case in cases if case.example)


def markdown(cases: Sequence[Case]) -> str:
    return "\n".join([OPENING, *(_section(case) for case in cases)])


def _section(case: Case) -> str:
    before = f"On the canvas is `{case.start}`. Then:\n\n" if case.start else ""
    picture = f"![{case.example}]({IMAGES.relative_to(DOCS).as_posix()}/{case.name}.svg)"
    return f"## {case.example}\n\n{before}```text\n{case.instruction.strip()}\n```\n\n{picture}\n"


@click.command()
def write() -> None:
    """Draw the examples and write their page."""
    cases = chosen(load())
    studio = Studio()
    IMAGES.mkdir(parents=True, exist_ok=True)
    for old in IMAGES.glob("*.svg"):
        old.unlink()
    for case in cases:
        drawing = with_fonts(to_svg(studio.draw(case).after))
        (IMAGES / f"{case.name}.svg").write_text(drawing, encoding="utf-8")
    PAGE.write_text(markdown(cases), encoding="utf-8")
    click.echo(f"{len(cases)} examples: {PAGE}")


if __name__ == "__main__":
    write()
