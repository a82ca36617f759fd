"""`doctor`: what is set, what can be reached, and what to do about the rest."""

import click
from rich.console import Console
from rich.table import Table

from app import create_app
from app.config.settings import Settings
from app.services import doctor_service

MARKS = {"ok": "[green]ok[/]", "warn": "[yellow]look[/]", "bad": "[red]bad[/]"}


@click.command()
def doctor() -> None:
    """Check settings, database, Redis and model, and say what to do. Exit status 1 if bad."""
    settings = Settings()
    console = Console()
    with create_app(settings).app_context():
        findings = doctor_service.examine(settings)
    table = Table("What", "", "Finding")
    for finding in findings:
        table.add_row(finding.what, MARKS[finding.verdict], finding.sentence)
    console.print(table)
    shown = Table("Setting", "Value")
    for name, value in doctor_service.visible_settings(settings).items():
        shown.add_row(name, value)
    console.print(shown)
    if any(finding.verdict == "bad" for finding in findings):
        raise SystemExit(1)
