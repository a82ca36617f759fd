"""The one way to the database: a statement is a function, built once and run by its arguments."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Annotated, Any, Generic, ParamSpec, Protocol, TypeVar, get_origin

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Connection,
    CursorResult,
    Executable,
    Float,
    bindparam,
)
from sqlalchemy.orm import Session

from app.extensions import db
from app.models.driver_statements import DriverStatement, driver_statement
from app.models.sql_time import UtcDateTime

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Fixed = Annotated[T, "fixed"]
ROUND = 1_024
# Numbers of changes outgrow 32 bits.
_TYPES: dict[Any, Any] = {
    int: BigInteger(),
    float: Float(),
    dict: JSON(),
    list: JSON(),
    datetime: UtcDateTime(),
}


class Result(Protocol):
    """What came of a statement, whoever executed it."""

    @property
    def rowcount(self) -> int: ...
    def fetchall(self) -> Sequence[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


def session() -> Session:
    """That of the scope in which the caller works."""
    return db.session()


def run(
    statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[Any]:
    """Execute in the session's transaction, after what was added to it, without the ORM's work
    around a statement, which costs as much as the statement itself."""
    return _connection().execute(statement, values)


def _connection() -> Connection:
    here = session()
    here.flush()
    return here.connection()


@contextmanager
def _lone_connection() -> Iterator[Connection]:
    """One of PostgreSQL, on which each statement is a transaction by itself."""
    with db.engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.autocommit = True
        try:
            yield connection
        finally:
            if not driver.closed:
                driver.autocommit = False


class Statement(Generic[P, R]):
    """A function whose body composes a statement of its parameters.

    The body runs once, with a bound parameter in place of each argument, for composing costs ten
    times as much as running. A call binds its arguments, a collection for `IN`, and gives what
    `fetch` makes of the result. Parameters that are `Fixed` come first, and are what they are: the
    body runs once for each value of them. A `Collection` is for `IN`; a list, or a dictionary, is
    JSON.
    """

    def __init__(
        self, body: Callable[P, Executable], fetch: Callable[[Result], R], *, alone: bool
    ) -> None:
        self._compose: Callable[..., Executable] = body
        self._fetch = fetch
        self._alone = alone
        parameters = signature(body, eval_str=True).parameters
        self._fixed = sum(map(_is_fixed, parameters.values()))
        self._bound = {name: _bound(of) for name, of in list(parameters.items())[self._fixed :]}
        self._collections = [bound.key for bound in self._bound.values() if bound.expanding]
        self._built: dict[tuple[Any, ...], Executable] = {}
        self._for_driver: dict[tuple[Any, ...], DriverStatement | None] = {}
        update_wrapper(self, body)

    def built(self, *fixed: Any) -> Executable:
        if fixed not in self._built:
            self._built[fixed] = self._compose(*fixed, **self._bound)
        return self._built[fixed]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        given = {}
        bound_args = zip(self._bound, args[self._fixed :], strict=False)
        for name, value in (*bound_args, *kwargs.items()):
            bound = self._bound[name]
            given[bound.key] = list(value) if bound.expanding else value  # type: ignore[call-overload]
        return self._run(args[: self._fixed], given)

    def many(self, rows: Sequence[Mapping[str, Any]], *fixed: Any) -> None:
        """Once for each row of arguments, by their names."""
        given = [{self._bound[name].key: value for name, value in row.items()} for row in rows]
        if given:
            self._run(fixed, given[0] if len(given) == 1 else given)

    def _run(self, fixed: tuple[Any, ...], given: Any) -> R:
        if self._alone and is_postgresql() and not session().in_transaction():
            with _lone_connection() as connection:
                return self._fetch(self._result(connection, fixed, given))
        return self._fetch(self._result(_connection(), fixed, given))

    def _result(self, connection: Connection, fixed: tuple[Any, ...], given: Any) -> Any:
        ready = self._ready(connection, fixed, given)
        return ready(connection, given) if ready else connection.execute(self.built(*fixed), given)

    def _ready(
        self, connection: Connection, fixed: tuple[Any, ...], given: Any
    ) -> DriverStatement | None:
        if connection.dialect.name != "postgresql":
            return None
        for name in self._collections:
            given[name] = _rounded_up(given[name])
        lengths = {name: len(given[name]) for name in self._collections}
        key = (fixed, *lengths.values())
        if key not in self._for_driver:
            self._for_driver[key] = driver_statement(
                self.built(*fixed), connection.dialect, lengths
            )
        return self._for_driver[key]


def statement(
    fetch: Callable[[Result], R], *, alone: bool = False
) -> Callable[[Callable[P, Executable]], Statement[P, R]]:
    """Make a statement of a function. With `alone` it only reads, and PostgreSQL is spared a
    transaction around it, which would take two more exchanges; inside one that has begun it is a
    part of it."""
    return lambda body: Statement(body, fetch, alone=alone)


def rows(result: Result) -> Sequence[Any]:
    return result.fetchall()


def first(result: Result) -> Any:
    """None if there is no row."""
    found = result.fetchall()
    return found[0] if found else None


def one(result: Result) -> Any:
    """The row that there is."""
    [row] = result.fetchall()
    return row


def value(result: Result) -> Any:
    """The first column of the first row; None if there is no row."""
    row = first(result)
    return None if row is None else row[0]


def values(result: Result) -> list[Any]:
    """The first column of every row."""
    return [row[0] for row in result.fetchall()]


def pairs(result: Result) -> dict[Any, Any]:
    """The second column by the first."""
    return {row[0]: row[1] for row in result.fetchall()}


def by_first(result: Result) -> dict[Any, Any]:
    """Each row by its first column."""
    return {row[0]: row for row in result.fetchall()}


def each(make: Callable[..., R]) -> Callable[[Result], list[R]]:
    """What `make` makes of the columns of every row."""
    return lambda result: [make(*row) for row in result.fetchall()]


def count(result: Result) -> int:
    """How many rows were changed."""
    return result.rowcount


def nothing(_result: Result) -> None:
    return None


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _rounded_up(values: list[Any]) -> list[Any]:
    """The same for `IN`, of one of a few lengths: each length is a statement that is kept."""
    length = len(values)
    whole = 1 << max(length - 1, 0).bit_length() if length <= ROUND else -(-length // ROUND) * ROUND
    return values + values[-1:] * (whole - length)


def _is_fixed(parameter: Parameter) -> bool:
    return get_origin(parameter.annotation) is Annotated


def _bound(parameter: Parameter) -> BindParameter[Any]:
    """Named apart from columns: UPDATE and INSERT keep these names for themselves."""
    origin = get_origin(parameter.annotation)
    kind = _TYPES.get(origin or parameter.annotation)
    return bindparam(f"{parameter.name}_", type_=kind, expanding=origin is Collection)
