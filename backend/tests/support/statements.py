"""Which statements reach the database while a block runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import event

from app.extensions import db
from app.models.postgres_connections import BoundedConnection


@contextmanager
def before_each_statement(note: Callable[[str, Any], None]) -> Iterator[None]:
    """`note` is called with the text of each, and the driver's connection."""
    run = BoundedConnection.run

    def by_driver(connection: BoundedConnection, query: str, values: Any) -> Any:
        note(query, connection)
        return run(connection, query, values)

    def by_sqlalchemy(_connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        note(statement, cursor.connection)

    event.listen(db.engine, "before_cursor_execute", by_sqlalchemy)
    try:
        with mock.patch.object(BoundedConnection, "run", by_driver):
            yield
    finally:
        event.remove(db.engine, "before_cursor_execute", by_sqlalchemy)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    sent: list[str] = []
    with app.app_context():
        with before_each_statement(lambda statement, _connection: sent.append(statement)):
            yield sent
        db.session.remove()
