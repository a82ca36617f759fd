"""`review`: what is wrong with what a drawing says, by rule."""

from pathlib import Path

import click

from app.cli.files import read_drawing
from app.domain.kinds import KINDS
from app.domain.scene.review import review


@click.command("review")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def review_file(file: Path) -> None:
    """Review what FILE (.excalidraw) says: exits of decisions without labels, dead ends, what
    nothing leads to, loops, doubled names, notes far from everything, tables without keys. Exit
    status 1 if anything is found."""
    findings = review(read_drawing(file).elements, KINDS)
    for finding in findings:
        click.echo(f"{finding.rule}: {finding.message} ({', '.join(finding.elements)})")
    click.echo(f"{file}: {len(findings)} findings")
    if findings:
        raise SystemExit(1)
