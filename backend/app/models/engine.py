"""How the engine speaks to SQLite and PostgreSQL."""

import time
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, exc

from app.models.postgres_line import (
    CONNECT_SECONDS,
    IDLE_SECONDS,
    LOCK_SECONDS,
    PING_SECONDS,
    SILENCE_SECONDS,
    STATEMENT_SECONDS,
    TRUST_SECONDS,
    PostgresLine,
)
from app.utils import fast_json

SQLITE_BUSY_MS = 5_000
WRITE = "write"  # execution option: this transaction will write

POSTGRESQL_OPTIONS = {
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": 2,
    "connect_args": {
        "connect_timeout": CONNECT_SECONDS,
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
        f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s",
    },
}
SQLITE_OPTIONS = {"connect_args": {"check_same_thread": False}, "pool_size": 20, "max_overflow": 20}


def engine_options(url: str) -> dict[str, Any]:
    options = SQLITE_OPTIONS if url.startswith("sqlite") else POSTGRESQL_OPTIONS
    return {
        **options,
        "json_serializer": fast_json.dumps,
        "json_deserializer": fast_json.loads,
    }


def configure_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine)
    else:
        _configure_postgresql(engine)


def is_outage(error: BaseException) -> bool:
    """Whether the database could not do it now, and may well do it soon."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, exc.OperationalError | exc.TimeoutError)


def _configure_postgresql(engine: Engine) -> None:
    """Bounded waiting: least for the question whether a connection of the pool still works, which
    is asked of those that were not in use just now."""
    line = PostgresLine()

    @event.listens_for(engine, "do_connect")
    def _open(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Any:
        return line.open(*arguments, **options)

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


def _configure_sqlite(engine: Engine) -> None:
    """Write-ahead log, durable commits, and `BEGIN IMMEDIATE` for every writing transaction,
    because a read that turns into a write double-claims or fails at once."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SQLITE_BUSY_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
