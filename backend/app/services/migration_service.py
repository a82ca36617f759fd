"""Bring the database to this program's schema."""

from pathlib import Path

from flask_migrate import upgrade

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate_database() -> None:
    """Apply all pending migrations; several processes at once are safe (see migrations/env.py)."""
    upgrade(directory=str(MIGRATIONS))
