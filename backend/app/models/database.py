"""How SQLAlchemy speaks to SQLite and PostgreSQL, and what their errors mean."""

from typing import Any

from sqlalchemy import Engine, exc, make_url

from app.models import sqlite_writers
from app.utils import fast_json

DatabaseError = exc.DBAPIError  # whatever the driver says
NoFreeConnection = exc.TimeoutError
DuplicateRow = exc.IntegrityError  # of an INSERT: something unique is there already


def engine_options(url: str) -> dict[str, Any]:
    return {
        **(sqlite_writers.OPTIONS if url.startswith("sqlite") else _postgresql().OPTIONS),
        "json_serializer": fast_json.dumps,
        "json_deserializer": fast_json.loads,
    }


def configure_engine(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        sqlite_writers.configure(engine)
    else:
        _postgresql().configure(engine)


def _postgresql() -> Any:
    """Only where it is used: its driver takes ten megabytes of every process that loads it."""
    from app.models import postgres_connections

    return postgres_connections


def without_password(url: str) -> str:
    """The address of a database as people may read it."""
    return make_url(url).render_as_string(hide_password=True)


def is_outage(error: BaseException) -> bool:
    """Whether the database could not do it now, and may well do it soon."""
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, exc.OperationalError | exc.TimeoutError)
