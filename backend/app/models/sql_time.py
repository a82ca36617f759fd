"""Time by the database's clock, the only one all processes share; always aware UTC in Python."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """`timestamptz` on PostgreSQL; naive UTC text on SQLite. Python always sees aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class utc_now(FunctionElement[datetime]):  # noqa: N801  named like the SQL function it is
    """Now, read at execution and not at the start of the transaction."""

    type = UtcDateTime()
    inherit_cache = True


class utc_after(FunctionElement[datetime]):  # noqa: N801
    """`utc_after(seconds)`: the database's now plus (or minus) some seconds."""

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, seconds: Any) -> None:
        from sqlalchemy import literal

        super().__init__(literal(seconds, Float) if isinstance(seconds, int | float) else seconds)


class epoch_of(FunctionElement[float]):  # noqa: N801
    """`epoch_of(time)`: seconds since 1970 as a float."""

    type = Float()
    inherit_cache = True


# SQLite compares times as text: the format has to be the one SQLAlchemy stores.
_SQLITE_FORMAT = "'%Y-%m-%d %H:%M:%f000'"


@compiles(utc_now)
def _now(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return "clock_timestamp()"


@compiles(utc_now, "sqlite")
def _now_sqlite(_element: Any, _compiler: Any, **_kw: Any) -> str:
    return f"strftime({_SQLITE_FORMAT}, 'now')"


@compiles(utc_after)
def _after(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"


@compiles(utc_after, "sqlite")
def _after_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    seconds = compiler.process(element.clauses, **kw)
    return f"strftime({_SQLITE_FORMAT}, 'now', printf('%+f seconds', {seconds}))"


@compiles(epoch_of)
def _epoch(element: Any, compiler: Any, **kw: Any) -> str:
    return f"extract(epoch from {compiler.process(element.clauses, **kw)})::double precision"


@compiles(epoch_of, "sqlite")
def _epoch_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    value = compiler.process(element.clauses, **kw)
    return f"((julianday({value}) - 2440587.5) * 86400.0)"
