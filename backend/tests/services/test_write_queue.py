"""Writers of one process take turns at SQLite's one lock: none sleeps, none is left behind."""

import gc
import os
import signal
import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Unavailable
from app.extensions import db
from app.models import sqlite_writers
from app.models.sqlite_writers import WriteQueue
from app.services.unit_of_work import unit_of_work
from tests.conftest import MakeApp
from tests.support.processes import wait_until

THREADS, ROUNDS = 12, 15


@pytest.fixture
def noted_app(app: Flask) -> Flask:
    """With a table to write into."""
    with app.app_context(), unit_of_work():
        db.session.execute(text("CREATE TABLE note (author INTEGER)"))
    return app


def note(author: int) -> None:
    db.session.execute(text("INSERT INTO note VALUES (:author)"), {"author": author})


def count(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(text("SELECT count(*) FROM note")).scalar_one())


def queue_at_my_back() -> Any:
    """Who waits for the turn that this writing transaction has."""
    connection: Any = db.session.connection().connection.driver_connection
    return connection._queue._waiting


def test_writers_in_a_crowd_all_get_their_turn_in_the_order_in_which_they_came(
    noted_app: Flask,
) -> None:
    """While one holds the lock, the others arrive one after the other."""
    order: list[int] = []

    def write(author: int) -> None:
        with noted_app.app_context(), unit_of_work():
            order.append(author)
            note(author)

    writers = [threading.Thread(target=write, args=(author,)) for author in range(THREADS)]
    with noted_app.app_context(), unit_of_work():
        waiting = queue_at_my_back()
        for place, writer in enumerate(writers, 1):
            writer.start()
            wait_until(lambda place=place: len(waiting) == place)
    for writer in writers:
        writer.join()
    assert order == list(range(THREADS))
    assert count(noted_app) == THREADS


def test_a_crowd_that_writes_without_pause_neither_fails_nor_starves_anyone(
    noted_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is overtaken by one who comes back: in each round everybody has one turn."""
    monkeypatch.setattr(sqlite_writers, "BUSY_SECONDS", 60.0)  # of a slow machine
    order: list[int] = []
    failures: list[Exception] = []

    def write(author: int) -> None:
        for turn in range(ROUNDS):
            try:
                with noted_app.app_context(), unit_of_work():
                    waiting = queue_at_my_back()
                    order.append(author)
                    note(author)
                    if turn < ROUNDS - 1:  # all the others are there, and want to write as well
                        wait_until(lambda waiting=waiting: len(waiting) == THREADS - 1, 60)
            except (Unavailable, AssertionError) as error:
                failures.append(error)

    writers = [threading.Thread(target=write, args=(author,)) for author in range(THREADS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert count(noted_app) == THREADS * ROUNDS
    full_rounds = order[: THREADS * (ROUNDS - 1)]
    assert full_rounds == full_rounds[:THREADS] * (ROUNDS - 1)


def test_whoever_waits_too_long_for_a_turn_hears_that_the_database_is_busy(
    noted_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writers, "BUSY_SECONDS", 0.2)
    refused: list[Exception] = []

    def write() -> None:
        with noted_app.app_context(), pytest.raises(Unavailable) as refusal, unit_of_work():
            note(2)
        refused.append(refusal.value)

    with noted_app.app_context(), unit_of_work():
        note(1)
        impatient = threading.Thread(target=write)
        impatient.start()
        impatient.join()
    assert refused
    with (
        noted_app.app_context(),
        unit_of_work(),
    ):  # a writer that gave up holds no place in the queue
        note(3)
    assert count(noted_app) == 2


def test_whoever_is_interrupted_while_waiting_leaves_the_line() -> None:
    """A signal's handler that raises, as one does when a worker is to stop."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise InterruptedError

    def signal_when_somebody_waits() -> None:
        wait_until(lambda: queue._waiting)
        os.kill(os.getpid(), signal.SIGALRM)

    queue = WriteQueue()
    assert queue.enter(1)
    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        watcher = threading.Thread(target=signal_when_somebody_waits)
        watcher.start()
        with pytest.raises(InterruptedError):
            queue.enter(60)
        watcher.join()
    finally:
        signal.signal(signal.SIGALRM, before)
    queue.leave()
    assert queue.enter(0)


def test_another_process_keeps_a_writer_waiting_for_a_bounded_time(
    make_sqlite_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writers, "BUSY_SECONDS", 0.2)
    ours, other = make_sqlite_app(), make_sqlite_app()
    with other.app_context(), unit_of_work():
        for _ in range(2):  # the first failure gave its turn back, or the second would not get here
            with ours.app_context(), pytest.raises(Unavailable, match="busy"), unit_of_work():
                note(1)
    with ours.app_context(), unit_of_work():
        pass


def test_however_a_transaction_ends_its_turn_ends_with_it(
    noted_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Committed, rolled back, ended by SQLite, invalidated, closed while open, or forgotten."""
    monkeypatch.setattr(sqlite_writers, "BUSY_SECONDS", 0.5)
    insert = text("INSERT INTO note VALUES (1)")
    with noted_app.app_context():
        writing = db.engine.execution_options(write=True)

        with writing.begin() as connection:
            connection.execute(insert)
        with writing.connect() as connection:
            connection.execute(insert)
            connection.rollback()
        with writing.connect() as connection:
            connection.execute(insert)
            connection.exec_driver_sql("ROLLBACK")  # what SQLite does on a full disk
            connection.commit()
        with writing.connect() as connection:
            connection.execute(insert)
            connection.invalidate()
        with writing.connect() as connection:
            connection.execute(insert)
            connection.detach()
        writing.connect().execute(insert).close()  # forgotten: the pool takes it back
        gc.collect()
        with unit_of_work():
            note(2)
    assert count(noted_app) == 2


def write_a_row_of_no_page(done: list[str]) -> None:
    with unit_of_work() as work:
        work.after_commit(lambda: done.append("written"))
        db.session.execute(text("INSERT INTO line VALUES (1)"))


def test_a_commit_that_fails_is_reported_and_gives_its_turn_back(
    noted_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deferred constraint makes SQLite refuse the COMMIT, and leaves the transaction open."""
    done: list[str] = []
    monkeypatch.setattr(sqlite_writers, "BUSY_SECONDS", 0.5)
    with noted_app.app_context():
        with unit_of_work():
            db.session.execute(text("CREATE TABLE page (id INTEGER PRIMARY KEY)"))
            db.session.execute(
                text(
                    "CREATE TABLE line (page INTEGER REFERENCES page(id)"
                    " DEFERRABLE INITIALLY DEFERRED)"
                )
            )
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            write_a_row_of_no_page(done)
        with unit_of_work():
            note(1)
    assert done == []
    assert count(noted_app) == 1


@pytest.mark.rule("T2")
def test_a_commit_waits_for_the_disk_unless_its_transaction_says_that_it_need_not(
    noted_app: Flask,
) -> None:
    """SQLite says 2 for FULL, 1 for NORMAL. One connection serves all, as a pool's does."""
    levels: list[int] = []
    with noted_app.app_context():
        with db.engine.connect() as connection:
            for durable in (True, False, False, True, False, True):
                connection.execution_options(write=True, durable=durable)
                levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
                connection.commit()
        with unit_of_work():
            levels.append(db.session.execute(text("PRAGMA synchronous")).scalar_one())
    assert levels == [2, 1, 1, 2, 1, 2, 2]


def test_readers_do_not_stand_in_line(noted_app: Flask) -> None:
    begun: list[str] = []
    with noted_app.app_context():

        @event.listens_for(db.engine, "before_cursor_execute")
        def _note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            begun.append(statement)

        with unit_of_work():
            note(1)
            reader = threading.Thread(target=count, args=(noted_app,))
            reader.start()
            reader.join(60)
            assert not reader.is_alive()
        event.remove(db.engine, "before_cursor_execute", _note)
    assert begun.count("BEGIN IMMEDIATE") == 1
