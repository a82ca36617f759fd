"""How the statements of the hot paths, which every job and every edit runs, reach the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable

from app.extensions import db


def run(
    statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[Any]:
    """Execute in the session's transaction, after what was added to it, without the ORM's work
    around a statement, which costs as much as the statement itself."""
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"
