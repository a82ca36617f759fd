"""Which schema the database has, and how it gets this program's."""

from functools import lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect, text

from app.extensions import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate_database() -> None:
    """Apply all pending migrations; several processes at once are safe (see migrations/env.py)."""
    is_current = stored_revision() == newest_revision()
    db.session.remove()
    if not is_current:
        import flask_migrate  # with Alembic: ten megabytes that most starts need not load

        install_alembic()
        flask_migrate.upgrade(directory=str(MIGRATIONS))


def install_alembic() -> None:
    """What Flask-Migrate's commands need in the application."""
    from flask_migrate import Migrate

    Migrate(current_app, db, render_as_batch=True, compare_type=True)


def stored_revision() -> str | None:
    """None: the database is empty, or not ours."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return None
    revision: str | None = db.session.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


@lru_cache
def newest_revision() -> str:
    """The newest migration that this program knows: they are numbered."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """A migration's file is named by its revision."""
    return frozenset(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
