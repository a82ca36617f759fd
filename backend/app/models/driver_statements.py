"""Statements as PostgreSQL's driver takes them. SQLAlchemy composes each once, but does not execute
it: its work around an execution takes three times as long as the driver's."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, types

# The driver gives them as we want them; it reads JSON itself.
PLAIN = {
    types.JSON, types.BigInteger, types.Boolean, types.Integer, types.NullType, types.String,
    types.Text,
}  # fmt: skip
Values = Mapping[str, Any]


def driver_statement(
    statement: Executable, dialect: Dialect, lengths: Mapping[str, int]
) -> "DriverStatement | None":
    """None if SQLAlchemy has something to do with its rows. `lengths`: how many values each of the
    collections for `IN` has."""
    columns: Any = statement.exported_columns  # type: ignore[attr-defined]
    is_plain = all(type(column.type) in PLAIN for column in columns)
    if not is_plain or statement.get_execution_options():
        return None
    return DriverStatement(statement, dialect, lengths)


class DriverStatement:
    """Called with its arguments, it gives a cursor of the driver, or raises as SQLAlchemy would."""

    def __init__(self, statement: Executable, dialect: Dialect, lengths: Mapping[str, int]) -> None:
        compiled: Any = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        given = {bind.key for bind in compiled.bind_names if bind.required}
        blank = {key: [None] * lengths[key] if key in lengths else None for key in given}
        whole = compiled.construct_expanded_state(blank)
        self._text: str = whole.statement
        self._parts: Mapping[str, list[str]] = whole.parameter_expansion
        self._dumps: dict[str, Callable[[Any], Any]] = {}
        for bind, name in compiled.bind_names.items():
            if dump := bind.type.dialect_impl(dialect).bind_processor(dialect):
                self._dumps |= dict.fromkeys(self._parts.get(name, [name]), dump)
        self._defaults = {column.key: column.default for column in compiled.insert_prefetch}
        to_come = {part for key in given for part in self._parts.get(key, [key])}
        constants = {key: value for key, value in whole.parameters.items() if key not in to_come}
        self._constants = self._dumped(constants)

    def __call__(self, connection: Connection, given: Any) -> Any:
        several = isinstance(given, list)
        values = [self._values(each) for each in given] if several else self._values(given)
        driver: Any = connection.connection.dbapi_connection
        try:
            return driver.run(self._text, values)
        except BaseException as error:  # noqa: BLE001  whoever is stopped leaves no sound connection
            fail = connection._handle_dbapi_exception  # noqa: SLF001
            fail(error, self._text if isinstance(error, driver.Error) else None, values, None, None)

    def _values(self, given: Values) -> Values:
        values = {
            name: default.arg if default.is_scalar else default.arg(None)
            for name, default in self._defaults.items()
        }
        for name, value in given.items():
            if name in self._parts:
                values |= zip(self._parts[name], value, strict=True)
            else:
                values[name] = value
        return self._constants | self._dumped(values)

    def _dumped(self, values: dict[str, Any]) -> dict[str, Any]:
        for name in self._dumps.keys() & values.keys():
            values[name] = self._dumps[name](values[name])
        return values
