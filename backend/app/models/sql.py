"""The one way to the database: a statement is a function, built once and run by its arguments."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Annotated, Any, Generic, ParamSpec, TypeVar, get_origin

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    CursorResult,
    Executable,
    Float,
    Row,
    bindparam,
)
from sqlalchemy.orm import Session

from app.extensions import db
from app.models.sql_time import UtcDateTime

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Fixed = Annotated[T, "fixed"]
# Numbers of changes outgrow 32 bits.
_TYPES: dict[Any, Any] = {
    int: BigInteger(),
    float: Float(),
    dict: JSON(),
    datetime: UtcDateTime(),
}


def session() -> Session:
    """That of the scope in which the caller works."""
    return db.session()


def run(
    statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
) -> CursorResult[Any]:
    """Execute in the session's transaction, after what was added to it, without the ORM's work
    around a statement, which costs as much as the statement itself."""
    here = session()
    here.flush()
    return here.connection().execute(statement, values)


class Statement(Generic[P, R]):
    """A function whose body composes a statement of its parameters.

    The body runs once, with a bound parameter in place of each argument, for composing costs ten
    times as much as running. A call binds its arguments, a collection for `IN`, and gives what
    `fetch` makes of the result. Parameters that are `Fixed` come first, and are what they are: the
    body runs once for each value of them.
    """

    def __init__(
        self, body: Callable[P, Executable], fetch: Callable[[CursorResult[Any]], R], *, alone: bool
    ) -> None:
        self._compose: Callable[..., Executable] = body
        self._fetch = fetch
        self._alone = alone
        parameters = signature(body, eval_str=True).parameters
        self._fixed = sum(map(_is_fixed, parameters.values()))
        self._bound = {name: _bound(of) for name, of in list(parameters.items())[self._fixed :]}
        self._built: dict[tuple[Any, ...], Executable] = {}
        update_wrapper(self, body)

    def built(self, *fixed: Any) -> Executable:
        if fixed not in self._built:
            self._built[fixed] = self._compose(*fixed, **self._bound)
        return self._built[fixed]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        statement, given = self.built(*args[: self._fixed]), {}
        bound_args = zip(self._bound, args[self._fixed :], strict=False)
        for name, value in (*bound_args, *kwargs.items()):
            bound = self._bound[name]
            given[bound.key] = list(value) if bound.expanding else value  # type: ignore[call-overload]
        if self._alone and is_postgresql() and not session().in_transaction():
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                return self._fetch(connection.execute(statement, given))
        return self._fetch(run(statement, given))


def statement(
    fetch: Callable[[CursorResult[Any]], R], *, alone: bool = False
) -> Callable[[Callable[P, Executable]], Statement[P, R]]:
    """Make a statement of a function. With `alone` it only reads, and PostgreSQL is spared a
    transaction around it, which would take two more exchanges; inside one that has begun it is a
    part of it."""
    return lambda body: Statement(body, fetch, alone=alone)


def rows(result: CursorResult[Any]) -> Sequence[Any]:
    return result.all()


def first(result: CursorResult[Any]) -> Row[Any] | None:
    return result.first()


def one(result: CursorResult[Any]) -> Any:
    """The row that there is."""
    return result.one()


def value(result: CursorResult[Any]) -> Any:
    """The first column of the first row; None if there is no row."""
    return result.scalar()


def values(result: CursorResult[Any]) -> list[Any]:
    """The first column of every row."""
    return list(result.scalars())


def pairs(result: CursorResult[Any]) -> dict[Any, Any]:
    """The second column by the first."""
    found: Sequence[Any] = result.all()
    return {row[0]: row[1] for row in found}


def by_first(result: CursorResult[Any]) -> dict[Any, Row[Any]]:
    """Each row by its first column."""
    return {row[0]: row for row in result.all()}


def each(make: Callable[..., R]) -> Callable[[CursorResult[Any]], list[R]]:
    """What `make` makes of the columns of every row."""
    return lambda result: [make(*row) for row in result.all()]


def count(result: CursorResult[Any]) -> int:
    """How many rows were changed."""
    return result.rowcount


def nothing(_result: CursorResult[Any]) -> None:
    return None


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _is_fixed(parameter: Parameter) -> bool:
    return get_origin(parameter.annotation) is Annotated


def _bound(parameter: Parameter) -> BindParameter[Any]:
    """Named apart from columns: UPDATE and INSERT keep these names for themselves."""
    origin = get_origin(parameter.annotation)
    several = isinstance(origin, type) and issubclass(origin, Collection) and origin is not dict
    kind = _TYPES.get(origin or parameter.annotation)
    return bindparam(f"{parameter.name}_", type_=kind, expanding=several)
