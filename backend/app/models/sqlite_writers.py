"""Writing to SQLite: write-ahead log, durable commits, and writers that take turns.

SQLite lets a second writer wait by sleeping, up to 100 ms at a time, and one that sleeps is
overtaken: under a burst some waited for seconds. That is left for other processes. The threads of
this one queue before they ask SQLite.

Commits reach the disk inside SQLite's own COMMIT. One fsync for many commits, after the lock is
given back, would be faster on a slow disk, but SQLite shows a commit to readers at once: they
would rely on what a power failure can still undo, and later commits would build upon it even if
that fsync fails.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event, exc

from app.models.transactions import DURABLE, WRITE

BUSY_SECONDS = 5.0


class WriteQueue:
    """A lock that goes to the thread that has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, seconds: float) -> bool:
        """Whether the turn came within so many seconds; if so, `leave` must follow."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            if turn.acquire(timeout=seconds):
                return True
        except BaseException:  # a signal's handler raised it
            if not self._withdraw(turn):
                self.leave()
            raise
        return not self._withdraw(turn)

    def _withdraw(self, turn: threading.Lock) -> bool:
        """False: the turn came at the very last moment."""
        with self._guard:
            if turn not in self._waiting:
                return False
            self._waiting.remove(turn)
            return True

    def leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class QueuedConnection(sqlite3.Connection):
    """Holds its place at the head of the queue exactly as long as its writing transaction."""

    _queue: WriteQueue | None = None
    _durable = True

    def take_turn(self, queue: WriteQueue) -> bool:
        if not queue.enter(BUSY_SECONDS):
            return False
        self._queue = queue
        return True

    def give_turn(self) -> None:
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.leave()

    def make_durable(self, durable: bool) -> None:
        """Whether the commit of the next transaction waits for the disk. One that does makes all
        earlier ones durable, too, as the log is written in order."""
        if durable != self._durable:
            # Not `execute`: it keeps compiled statements, and this one works when it is compiled.
            self.executescript(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    def commit(self) -> None:
        self._end(super().commit)

    def rollback(self) -> None:
        self._end(super().rollback)

    def close(self) -> None:
        try:
            super().close()
        finally:
            self.give_turn()

    def _end(self, how: Callable[[], None]) -> None:
        """A commit that failed may have left the transaction open; a rollback follows then."""
        try:
            how()
        finally:
            if self._queue is not None and not self.in_transaction:
                self.give_turn()


OPTIONS = {
    "connect_args": {"check_same_thread": False, "factory": QueuedConnection},
    "pool_size": 20,
    "max_overflow": 20,
}


def configure(engine: Engine) -> None:
    """`BEGIN IMMEDIATE` for every writing transaction, because a read that turns into a write
    double-claims or fails at once."""
    queue = WriteQueue()

    @event.listens_for(engine, "connect")
    def _connect(connection: QueuedConnection, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={round(BUSY_SECONDS * 1000)}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(WRITE, False):
            _begin_writing(connection, queue, durable=options.get(DURABLE, True))
        else:
            connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection, queue: WriteQueue, *, durable: bool) -> None:
    begin = "BEGIN IMMEDIATE"
    driver: Any = connection.connection.driver_connection
    if not driver.take_turn(queue):
        locked = sqlite3.OperationalError("database is locked")  # as SQLite itself would say
        raise exc.OperationalError(begin, None, locked)
    try:
        driver.make_durable(durable)
        connection.exec_driver_sql(begin)
    except BaseException:
        driver.give_turn()
        raise
