"""Statements that PostgreSQL's driver executes give, and raise, what SQLAlchemy would."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import count
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Executable,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    exc,
    insert,
    literal,
    select,
    text,
    update,
)

from app.extensions import db
from app.models.sql import Statement, first, nothing, rows, statement, values
from app.models.sql import count as changed
from app.models.sql_time import UtcDateTime, utc_now

pytestmark = pytest.mark.services

_numbers = count(1)
THINGS = Table(
    "things",
    MetaData(),
    Column("name", String(10), primary_key=True),
    Column("number", BigInteger, default=lambda: next(_numbers)),
    Column("kind", String(10), default="plain"),
    Column("data", JSON),
    Column("bare", JSON(none_as_null=True)),
    Column("at", UtcDateTime, default=utc_now()),
    Column("size", Integer, nullable=False, server_default=text("1")),
)
T: Any = THINGS.c
NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
SOME = 'a "quoted" \\ ümläut % %s %(name)s :name'
DOCUMENTS: list[Any] = [{"a": [1, None, {"b": SOME}]}, [], {}, [1.5, True], None]


@statement(nothing)
def _add(name: str, data: dict[str, Any] | None, at: datetime) -> Executable:
    return insert(THINGS).values(name=name, data=data, at=at)


@statement(nothing)
def _add_with_defaults(name: str) -> Executable:
    return insert(THINGS).values(name=name)


@statement(first)
def _whole(name: str) -> Executable:
    return select(T.name, T.kind, T.data, T.bare, T.size).where(T.name == name)


@statement(values)
def _named(names: Collection[str], at_least: int) -> Executable:
    return select(T.name).where(T.name.in_(names), T.size >= at_least).order_by(T.name)


@statement(values)
def _other_than(names: Collection[str]) -> Executable:
    return select(T.name).where(T.name.not_in(names)).order_by(T.name)


@statement(changed)
def _resize(names: Collection[str], size: int) -> Executable:
    return update(THINGS).where(T.name.in_(names)).values(size=size)


@statement(values)
def _remove(name: str) -> Executable:
    return delete(THINGS).where(T.name == name).returning(T.name)


@statement(rows)
def _echo(word: str) -> Executable:
    return select(literal(SOME).label("constant"), text("'50%'"), literal(7), T.name == word)


@statement(first)
def _end_the_session() -> Executable:
    return text("SELECT pg_terminate_backend(pg_backend_pid())").columns()


@pytest.fixture
def app(make_postgres_app: Callable[..., Flask]) -> Iterator[Flask]:
    app = make_postgres_app()
    with app.app_context():
        THINGS.create(db.engine)
        yield app
        db.session.remove()


def _by_sqlalchemy() -> AbstractContextManager[Any]:
    return mock.patch.object(Statement, "_ready", return_value=None)


WAYS = {"driver": nullcontext, "sqlalchemy": _by_sqlalchemy}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    """Everything here holds whoever executes it."""
    with WAYS[request.param]():
        yield request.param


def test_the_driver_gets_them(app: Flask) -> None:
    taken = mock.Mock(side_effect=AssertionError)
    with mock.patch("sqlalchemy.engine.Connection.execute", taken):
        _add("a", {}, NOON)
        _add_with_defaults("b")
        assert _named(["a", "b"], 0) == ["a", "b"]
        assert _resize(["a"], 2) == 1
    assert not taken.called


@pytest.mark.parametrize("document", DOCUMENTS, ids=repr)
def test_json_comes_back_as_it_was_given(way: str, document: Any) -> None:
    _add("a", document, NOON)
    assert _whole("a").data == document
    # JSON's null is a value: the column does not become NULL.
    assert db.session.scalar(select(T.data.is_(text("NULL")))) is False


def test_text_and_times_come_back_as_they_were_given(way: str) -> None:
    _add(name="% %s :a", data={}, at=NOON)
    assert _whole("% %s :a").name == "% %s :a"
    assert db.session.scalar(select(T.at)) == NOON
    assert tuple(_echo("x")[0]) == (SOME, "50%", 7, False)


def test_columns_that_are_not_named_get_their_defaults(way: str) -> None:
    before = next(_numbers)
    _add_with_defaults("a")
    _add_with_defaults.many([{"name": "b"}, {"name": "c"}])
    assert [tuple(_whole(name)) for name in "abc"] == [
        (name, "plain", None, None, 1) for name in "abc"
    ]
    numbers = db.session.scalars(select(T.number).order_by(T.name)).all()
    assert numbers == [before + 1, before + 2, before + 3]  # each its own
    assert db.session.scalar(select(T.at.is_(None)).distinct()) is False


@pytest.mark.parametrize("length", [0, 1, 2, 3, 7, 8, 9, 100, 1_000])
def test_a_collection_may_have_any_length(way: str, length: int) -> None:
    known = [f"n{number:04}" for number in range(length)]
    _add_with_defaults.many([{"name": name} for name in [*known, "other"]])
    assert _named(known, 1) == known
    assert _named(set(known), 2) == []
    assert _other_than(known) == ["other"]
    assert _resize(known, 3) == length


def test_few_forms_of_a_statement_serve_all_lengths(app: Flask) -> None:
    """Each is kept for good: one of a thousand values takes as much memory as a page."""
    known = [f"n{number:04}" for number in range(3_000)]
    _add_with_defaults.many([{"name": name} for name in known])
    _other_than._for_driver.clear()
    lengths = [*range(130), *range(130, 3_001, 287)]
    for length in lengths:
        assert _other_than(known[:length]) == known[length:]
    assert len(_other_than._for_driver) <= 14


def test_many_rows_are_one_statement(way: str) -> None:
    _add.many([{"name": str(n), "data": {"n": n}, "at": NOON} for n in range(5)])
    _add.many([])
    assert [_whole(str(n)).data for n in range(5)] == [{"n": n} for n in range(5)]


def test_returned_rows_and_none(way: str) -> None:
    _add_with_defaults("a")
    assert _remove("a") == ["a"]
    assert _remove("a") == []
    assert _whole("a") is None


def _raised(work: Callable[[], Any]) -> tuple[Any, ...]:
    with pytest.raises((exc.SQLAlchemyError, TypeError)) as caught:
        work()
    return type(caught.value), type(getattr(caught.value, "orig", None)).__name__


REFUSED: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "a row that is there": (
        lambda: _add_with_defaults("a"), exc.IntegrityError, "UniqueViolation"),
    "one of many that is there": (
        lambda: _add_with_defaults.many([{"name": "b"}, {"name": "a"}]),
        exc.IntegrityError, "UniqueViolation"),
    "too long": (
        lambda: _add_with_defaults("a" * 11), exc.DataError, "StringDataRightTruncation"),
    "no null here": (
        lambda: _resize(["a"], None), exc.IntegrityError, "NotNullViolation"),  # type: ignore[arg-type]
    "too large": (
        lambda: _resize(["a"], 2**40), exc.DataError, "NumericValueOutOfRange"),
    "a zero byte": (
        lambda: _whole("\0"), exc.DataError, "DataError"),
    "no JSON": (
        lambda: _add("b", {"a": object()}, NOON), TypeError, "NoneType"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_database_refuses_is_refused_alike(way: str, case: str) -> None:
    work, error, original = REFUSED[case]
    _add_with_defaults("a")
    db.session.commit()
    assert _raised(work) == (error, original)
    db.session.rollback()
    assert _named(["a", "b"], 1) == ["a"]


@pytest.mark.parametrize("alone", [False, True])
def test_a_connection_that_is_lost_is_not_lent_again(way: str, alone: bool) -> None:
    ending = Statement(
        lambda: select(text("pg_terminate_backend(pg_backend_pid())")), first, alone=alone
    )
    with pytest.raises(exc.OperationalError) as caught:
        ending()
    assert caught.value.connection_invalidated
    db.session.rollback()
    assert _named(["a"], 1) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_a_connection_that_was_left_in_the_middle_is_not_lent_again(
    way: str, stop: type[BaseException]
) -> None:
    driver: Any = db.session.connection().connection.dbapi_connection
    with mock.patch.object(type(driver), "wait", side_effect=stop), pytest.raises(stop):
        _named(["a"], 1)
    db.session.rollback()
    assert driver.closed
    assert _named(["a"], 1) == []
