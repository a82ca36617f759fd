"""How the statements of the hot paths, which every job and every edit runs, reach the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Executable, Row

from app.extensions import db


def run(
    statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[Any]:
    """Execute in the session's transaction, after what was added to it, without the ORM's work
    around a statement, which costs as much as the statement itself."""
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


def look(statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
    """All rows of one reading statement. PostgreSQL needs no transaction around it, which would
    take two more exchanges; inside one that has begun the statement is a part of it."""
    if db.session().in_transaction() or not is_postgresql():
        return run(statement, values).all()
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        return connection.execute(statement, values).all()


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"
