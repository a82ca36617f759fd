"""`python -m evaluation`: draw the suite, write the gallery, print the figures."""

import sys
from pathlib import Path

import click
from rich.console import Console

from evaluation.cases import load
from evaluation.drawing import Studio
from evaluation.gallery import page
from evaluation.report import faults, measures, table
from evaluation.scoring import score

GALLERY = Path(__file__).resolve().parents[2] / ".evaluation"


@click.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=GALLERY,
    help="Folder of the gallery.",
)
@click.option("--only", default="", help="Only cases whose name contains this.")
def evaluate(output: Path, only: str) -> None:
    """Draw every instruction of the suite. Exit status 1 if a threshold is missed."""
    studio = Studio()
    scores = [score(case, studio.draw(case)) for case in load() if only in case.name]
    found = measures(scores)
    output.mkdir(parents=True, exist_ok=True)
    (output / "index.html").write_text(page(scores, found), encoding="utf-8")
    for one in scores:
        for fault in faults(one):
            click.echo(f"{one.case.name}: {fault}")
    Console().print(table(found))
    click.echo(f"{len(scores)} instructions drawn: {output / 'index.html'}")
    sys.exit(0 if all(measure.met for measure in found) else 1)


if __name__ == "__main__":
    evaluate()
