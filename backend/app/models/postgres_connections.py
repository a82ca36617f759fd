"""Connections to PostgreSQL: nobody waits long for a database that has fallen silent.

PostgreSQL's own timeouts need a PostgreSQL that answers. Behind a dead network path, or a proxy
that hangs, a plain connection waits for ever, and soon every thread of the server with it.
"""

import threading
import time
from collections.abc import Generator, Mapping
from typing import Any, Self, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import namedtuple_row
from sqlalchemy import Connection, Engine, event, exc

from app.models.transactions import DURABLE

PING_SECONDS = 2.0
TRUST_SECONDS = 1.0  # a connection that worked so recently is lent again without a question
CONNECT_SECONDS = 3
STATEMENT_SECONDS = 5
LOCK_SECONDS = 4
SILENCE_SECONDS = 6.0  # longer than any statement may take
IDLE_SECONDS = 15  # of a transaction: a frozen process must not keep its locks
REST_SECONDS = 1.0
OPTIONS = {
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": 2,
    "connect_args": {
        "connect_timeout": CONNECT_SECONDS,
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
        f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s",
    },
}

RV = TypeVar("RV")


def configure(engine: Engine) -> None:
    """Bounded waiting: least for the question whether a connection of the pool still works, which
    is asked of those that were not in use just now."""
    opener = ConnectionOpener()
    _know_transactions(engine)

    @event.listens_for(engine, "do_connect")
    def _open(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
        return opener.open(*arguments, **options)

    @event.listens_for(engine, "checkout")
    def _lend(connection: Any, _record: Any, _proxy: Any) -> None:
        if time.monotonic() > connection.trusted_until:
            try:
                engine.dialect.do_ping(connection)
            except psycopg.Error as error:
                raise exc.InvalidatePoolError from error
        connection.patience = SILENCE_SECONDS

    @event.listens_for(engine, "checkin")
    def _take_back(connection: Any, _record: Any) -> None:
        if connection is not None:
            connection.patience = PING_SECONDS
            connection.trusted_until = time.monotonic() + TRUST_SECONDS


def _know_transactions(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.has_written = False
        driver.is_durable = connection.get_execution_options().get(DURABLE, True)


class NotingCursor(psycopg.Cursor[Any]):
    """Notes on its connection that something was perhaps written."""

    connection: "BoundedConnection"

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Self:
        self._note(query)
        return super().execute(query, *args, **kwargs)

    def executemany(self, query: Any, *args: Any, **kwargs: Any) -> None:
        self._note(query)
        super().executemany(query, *args, **kwargs)

    def _note(self, query: str) -> None:
        if not query.startswith("SELECT"):
            self.connection.has_written = True


class BoundedConnection(psycopg.Connection[Any]):
    """Gives up, and is of no more use, when an exchange with the server takes too long."""

    patience: float | None = PING_SECONDS
    trusted_until = float("inf")  # a new one
    has_written = True  # in this transaction, as far as is known
    is_durable = True  # whether the commit of this transaction waits for the disk

    def commit(self) -> None:
        waits = self.is_durable or self.info.transaction_status != TransactionStatus.INTRANS
        end = super().commit if waits else self._end_without_the_disk
        end()

    def _end_without_the_disk(self) -> None:
        # In one exchange, which the driver could not prepare.
        self.execute("SET LOCAL synchronous_commit TO off; COMMIT", prepare=False)

    def run(self, query: str, values: Mapping[str, Any] | list[Mapping[str, Any]]) -> Any:
        """The cursor of a statement, whose rows have names; of many, if the values are a list."""
        cursor = self.cursor(row_factory=namedtuple_row)
        if isinstance(values, list):
            cursor.executemany(query, values)
        else:
            cursor.execute(query, values)
        return cursor

    def rollback(self) -> None:
        """What only read has nothing to take back, and after a commit the driver still knows the
        statements that it has prepared; after a rollback each is parsed and planned anew."""
        sound = self.info.transaction_status == TransactionStatus.INTRANS
        end = self.commit if sound and not self.has_written else super().rollback
        end()

    def wait(
        self, gen: Generator[Any, Any, RV], interval: float = 0.1, timeout: float | None = None
    ) -> RV:
        began = time.monotonic()
        patience = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, patience)
        except psycopg.OperationalError as error:
            if patience is None or time.monotonic() - began < patience:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("the database has fallen silent") from error


class ConnectionOpener:
    """Opens connections. While that fails, one caller at a time tries, and the others hear at once
    that it is no use."""

    def __init__(self) -> None:
        self._trial = threading.Lock()
        self._rest_until: float | None = None

    def open(self, *arguments: Any, **options: Any) -> BoundedConnection:
        if self._rest_until is None:
            return self._try(*arguments, **options)
        if time.monotonic() < self._rest_until or not self._trial.acquire(blocking=False):
            raise psycopg.OperationalError("the database could not be reached a moment ago")
        try:
            return self._try(*arguments, **options)
        finally:
            self._trial.release()

    def _try(self, *arguments: Any, **options: Any) -> BoundedConnection:
        try:
            connection = BoundedConnection.connect(
                *arguments, cursor_factory=NotingCursor, **options
            )
        except psycopg.OperationalError:
            self._rest_until = time.monotonic() + REST_SECONDS
            raise
        self._rest_until = None
        return connection
