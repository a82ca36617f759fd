"""`lint`: what is wrong with a drawing, by name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from app.cli.files import read_drawing
from app.domain.scene.lint import LintFinding, lint
from app.domain.scene.topology import Topology

MAX_WORDS = 40


@click.command("lint")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint_file(file: Path) -> None:
    """Check FILE (.excalidraw) for overlaps, cut text, loose arrows, arrows through shapes,
    covered labels and faint text. Exit status 1 if anything is found."""
    scene = read_drawing(file).elements
    report = lint(scene)
    topology = Topology(scene)
    for finding in report.findings:
        click.echo(f"{finding.check}: {_named(finding, topology)}")
    click.echo(f"{file}: {len(scene)} elements, score {report.score} of 100")
    if report.findings:
        raise SystemExit(1)


def _named(finding: LintFinding, topology: Topology) -> str:
    return " and ".join(_name(topology.by_id[i], topology) for i in finding.elements)


def _name(element: Mapping[str, Any], topology: Topology) -> str:
    """ "rectangle 'Order' (id)", so that a person finds it and a program too."""
    words = topology.label(element["id"])
    shown = words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1] + "\u2026"
    kind = element["type"]
    return f"{kind} {shown!r} ({element['id']})" if shown else f"{kind} ({element['id']})"
