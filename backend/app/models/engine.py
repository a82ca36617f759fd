"""How the engine speaks to SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, Engine, event

SQLITE_BUSY_MS = 5_000
WRITE = "write"  # execution option: this transaction will write

POSTGRESQL_OPTIONS = {
    "pool_pre_ping": True,
    "pool_size": 10,
    "max_overflow": 20,
    "pool_timeout": 5,
    "connect_args": {
        "connect_timeout": 3,
        "options": "-c statement_timeout=15s -c lock_timeout=5s"
        " -c idle_in_transaction_session_timeout=30s",
    },
}
SQLITE_OPTIONS = {"connect_args": {"check_same_thread": False}, "pool_size": 20, "max_overflow": 20}


def engine_options(url: str) -> dict[str, Any]:
    return dict(SQLITE_OPTIONS if url.startswith("sqlite") else POSTGRESQL_OPTIONS)


def configure_engine(engine: Engine) -> None:
    """SQLite: write-ahead log, durable commits, and `BEGIN IMMEDIATE` for every writing
    transaction, because a read that turns into a write double-claims or fails at once."""
    if engine.dialect.name != "sqlite":
        return

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
