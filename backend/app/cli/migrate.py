"""`migrate`: the database's tables, brought up to date without serving."""

import click

from app import create_app
from app.models.schema import migrate_database, newest_revision


@click.command()
def migrate() -> None:
    """Bring the database up to date and say what changed (`serve` does it at its start, too)."""
    with create_app().app_context():
        before = migrate_database()
    now = newest_revision()
    moved = f"The database moved from {before or 'nothing'} to {now}."
    click.echo(f"The database is at {now}." if before == now else moved)
