"""Migrations run on the engine that `app.models.schema` hands over."""

from typing import Any

from alembic import context
from sqlalchemy import text

MIGRATION_LOCK = 7_204_913  # any number of our own; several processes may start at once


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration is history: it must not import today's application."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    engine, metadata = (context.config.attributes[name] for name in ("engine", "metadata"))
    with engine.connect().execution_options(write=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                # A migration may take its time, and wait for another process's.
                connection.connection.driver_connection.patience = None
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            context.run_migrations()


run()
