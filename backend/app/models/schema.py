"""Which schema the database has, and how it gets this program's."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Executable, inspect, select, text
from sqlalchemy.exc import OperationalError

from app.domain.errors import Conflict, Unavailable
from app.extensions import db
from app.models.sql import nothing, run, session, statement

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate_database() -> str | None:
    """Apply all pending migrations; several processes at once are safe (see migrations/env.py).

    Returns the revision of before.

    Raises:
        Unavailable: the database cannot be reached. Conflict: a newer program has migrated it.
    """
    try:
        before = stored_revision()
    except OperationalError as error:
        reason = " ".join(str(error.orig).split())
        raise Unavailable(f"The database cannot be reached: {reason}") from error
    finally:
        db.session.remove()
    if before is not None and before not in known_revisions():
        raise Conflict(
            f"The database is at {before}, which a newer version of CollabCanvas made."
            " Update this one."
        )
    if before != newest_revision():
        move_to("head")
    return before


def move_to(revision: str) -> None:
    """Up or down to this migration (`head`: the newest)."""
    from alembic import command  # ten megabytes that most starts need not load
    from alembic.config import Config

    config = Config(attributes={"engine": db.engine, "metadata": db.metadata})
    config.set_main_option("script_location", str(MIGRATIONS))
    newer = revision == "head" or revision > (stored_revision() or "")
    db.session.remove()
    (command.upgrade if newer else command.downgrade)(config, revision)


def stored_revision() -> str | None:
    """None: the database is empty, or not ours."""
    if not inspect(session().connection()).has_table("alembic_version"):
        return None
    revision: str | None = run(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


@lru_cache
def newest_revision() -> str:
    """The newest migration that this program knows: they are numbered."""
    return max(known_revisions())


def known_revisions() -> frozenset[str]:
    """A migration's file is named by its revision."""
    return frozenset(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))


@statement(nothing)
def ping() -> Executable:
    """Raises whatever the driver says if the database cannot be reached."""
    return select(1)
