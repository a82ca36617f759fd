"""The one place that commits: a use case is one transaction; the world hears of it after."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.errors import Unavailable
from app.models.database import is_outage
from app.models.transactions import DURABLE, WRITE
from app.runtime import runtime
from app.utils.logger import SmartLogger

_STATE = "unit_of_work"


class UnitOfWork:
    def __init__(self) -> None:
        self._after_commit: list[Callable[[], None]] = []

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Run `callback` once this transaction is durable; not at all if it is rolled back."""
        self._after_commit.append(callback)

    def run_callbacks(self) -> None:
        for callback in self._after_commit:
            try:
                callback()
            except Exception as error:  # noqa: BLE001  the fact is committed; only publishing it failed
                SmartLogger().log_error("after_commit_failed", error)


def as_unavailable(error: BaseException) -> Unavailable | None:
    """What to answer when the database is away, busy or silent; None for any other error."""
    return Unavailable() if is_outage(error) else None


def release_connection() -> None:
    """End a transaction that only read: nothing is held while something slow is done."""
    runtime().session().rollback()


def begin_snapshot() -> None:
    """Begin a reading transaction whose statements all see the same moment, and nothing later.

    Inside a unit of work this does nothing: there the locks that it holds keep order.
    """
    session = runtime().session()
    if _STATE in session.info:
        return
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":  # SQLite's transactions are snapshots
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@contextmanager
def unit_of_work(*, durable: bool = True) -> Iterator[UnitOfWork]:
    """One writing transaction. Nested use joins the outer one.

    Without `durable` it is committed at once and reaches the disk a moment later, in order: only
    for what loses nothing if a crash of the database's machine forgets it, such as a claim.

    Raises:
        Unavailable: the database could not be reached or stayed locked.
    """
    session = runtime().session()
    outer: UnitOfWork | None = session.info.get(_STATE)
    if outer is not None:
        yield outer
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a unit of work may not inherit unsaved objects")
    session.rollback()  # ends a read transaction, so that the write lock is taken up front
    work = UnitOfWork()
    session.info[_STATE] = work
    try:
        session.connection(execution_options={WRITE: True, DURABLE: durable})
        yield work
        session.commit()
    except BaseException as error:
        session.rollback()
        if (outage := as_unavailable(error)) is not None:
            raise outage from error
        raise
    finally:
        session.info.pop(_STATE, None)
    work.run_callbacks()
