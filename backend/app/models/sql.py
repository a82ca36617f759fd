"""The one way to the database: a statement is a function, built once and run by its arguments."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Any, Generic, ParamSpec, TypeVar, get_origin

from sqlalchemy import JSON, BindParameter, CursorResult, Executable, Float, Integer, Row, bindparam
from sqlalchemy.orm import Session

from app.extensions import db

P = ParamSpec("P")
R = TypeVar("R")
_TYPES: dict[Any, Any] = {int: Integer(), float: Float(), dict: JSON()}


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
    `fetch` makes of the result.
    """

    def __init__(
        self, body: Callable[P, Executable], fetch: Callable[[CursorResult[Any]], R], *, alone: bool
    ) -> None:
        self._compose: Callable[..., Executable] = body
        self._fetch = fetch
        self._alone = alone
        self._bound = {
            name: _bound(of) for name, of in signature(body, eval_str=True).parameters.items()
        }
        self._built: Executable | None = None
        update_wrapper(self, body)

    @property
    def built(self) -> Executable:
        if self._built is None:
            bound: Any = self._bound
            self._built = self._compose(**bound)
        return self._built

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        given = {}
        for name, value in (*zip(self._bound, args, strict=False), *kwargs.items()):
            bound = self._bound[name]
            given[bound.key] = list(value) if bound.expanding else value  # type: ignore[call-overload]
        if self._alone and is_postgresql() and not session().in_transaction():
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                return self._fetch(connection.execute(self.built, given))
        return self._fetch(run(self.built, given))


def statement(
    fetch: Callable[[CursorResult[Any]], R], *, alone: bool = False
) -> Callable[[Callable[P, Executable]], Statement[P, R]]:
    """Make a statement of a function. With `alone` it only reads, and PostgreSQL is spared a
    transaction around it, which would take two more exchanges; inside one that has begun it is a
    part of it."""
    return lambda body: Statement(body, fetch, alone=alone)


def rows(result: CursorResult[Any]) -> Sequence[Row[Any]]:
    return result.all()


def first(result: CursorResult[Any]) -> Row[Any] | None:
    return result.first()


def value(result: CursorResult[Any]) -> Any:
    """The first column of the first row; None if there is no row."""
    return result.scalar()


def values(result: CursorResult[Any]) -> list[Any]:
    """The first column of every row."""
    return list(result.scalars())


def count(result: CursorResult[Any]) -> int:
    """How many rows were changed."""
    return result.rowcount


def nothing(_result: CursorResult[Any]) -> None:
    return None


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _bound(parameter: Parameter) -> BindParameter[Any]:
    """Named apart from columns: UPDATE and INSERT keep these names for themselves."""
    origin = get_origin(parameter.annotation)
    several = isinstance(origin, type) and issubclass(origin, Collection) and origin is not dict
    kind = _TYPES.get(origin or parameter.annotation)
    return bindparam(f"{parameter.name}_", type_=kind, expanding=several)
