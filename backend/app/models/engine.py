"""How the engine speaks to SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Connection, Engine, event, exc

from app.models.transactions import WRITE
from app.utils import fast_json

SQLITE_BUSY_MS = 5_000

SQLITE_OPTIONS = {"connect_args": {"check_same_thread": False}, "pool_size": 20, "max_overflow": 20}


def engine_options(url: str) -> dict[str, Any]:
    return {
        **(SQLITE_OPTIONS if url.startswith("sqlite") else _postgresql().OPTIONS),
        "json_serializer": fast_json.dumps,
        "json_deserializer": fast_json.loads,
    }


def configure_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        _configure_sqlite(engine)
    else:
        _postgresql().configure(engine)


def _postgresql() -> Any:
    """Only where it is used: its driver takes ten megabytes of every process that loads it."""
    from app.models import postgres_line

    return postgres_line


def is_outage(error: BaseException) -> bool:
    """Whether the database could not do it now, and may well do it soon."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, exc.OperationalError | exc.TimeoutError)


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
