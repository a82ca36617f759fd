"""Statements about change sets: what the history reads, gathers and forgets."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Executable,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from app.models.change_set import MARKED, ChangeSet
from app.models.sql import Result, first, nothing, rows, run, statement, value, values
from app.models.sql_time import utc_after

SETS: Any = ChangeSet.__table__
STREAMED_AT_ONCE = 20  # inverses are large
EXTEND = update(SETS).where(SETS.c.id == bindparam("change_set_id"))
SPAN = (
    SETS.c.first_seq, SETS.c.last_seq, SETS.c.user_id, SETS.c.job_id, SETS.c.undoes,
    SETS.c.redoes, SETS.c.restores, SETS.c.authors, SETS.c.created_at, SETS.c.ended_at,
)  # fmt: skip
WHOLE = (SETS.c.id, SETS.c.inverse, SETS.c.settled, *SPAN)


def add_change_sets(change_sets: Sequence[dict[str, Any]]) -> None:
    """Insert the rows; the canvas's row must be locked."""
    _add.many(change_sets)


@statement(nothing)
def _add(
    id: str,  # noqa: A002  named like their columns
    canvas_id: str,
    user_id: str,
    job_id: str | None,
    undoes: str | None,
    redoes: str | None,
    restores: int | None,
    first_seq: int,
    last_seq: int,
    inverse: list[dict[str, Any]],
) -> Executable:
    marks = {"undoes": undoes, "redoes": redoes, "restores": restores}
    span = {"first_seq": first_seq, "last_seq": last_seq, "inverse": inverse}
    return insert(SETS).values(
        id=id, canvas_id=canvas_id, user_id=user_id, job_id=job_id, **marks, **span
    )


@statement(first)
def change_set(change_set_id: str) -> Executable:
    """(canvas_id, first_seq, last_seq, inverse), or None."""
    columns = (SETS.c.canvas_id, SETS.c.first_seq, SETS.c.last_seq, SETS.c.inverse)
    return select(*columns).where(SETS.c.id == change_set_id)


@statement(rows)
def job_sets(canvas_id: str) -> Executable:
    """(id, first_seq, last_seq) of what jobs changed, oldest first."""
    columns = (SETS.c.id, SETS.c.first_seq, SETS.c.last_seq)
    drawn = select(*columns).where(SETS.c.canvas_id == canvas_id, SETS.c.job_id.is_not(None))
    return drawn.order_by(SETS.c.first_seq)


@statement(rows)
def spans_of(change_set_ids: Collection[str]) -> Executable:
    """(id, canvas_id, last_seq) of each of these."""
    return select(SETS.c.id, SETS.c.canvas_id, SETS.c.last_seq).where(SETS.c.id.in_(change_set_ids))


@statement(rows)
def marks_on(canvas_ids: Collection[str]) -> Executable:
    """(id, canvas_id, last_seq, undoes, redoes, restores) of every undo, redo and restore there,
    oldest first."""
    columns = (
        SETS.c.id,
        SETS.c.canvas_id,
        SETS.c.last_seq,
        SETS.c.undoes,
        SETS.c.redoes,
        SETS.c.restores,
    )
    marks = select(*columns).where(SETS.c.canvas_id.in_(canvas_ids), text(f"({MARKED})"))
    return marks.order_by(SETS.c.last_seq)


@statement(value)
def inverse_of(change_set_id: str) -> Executable:
    return select(SETS.c.inverse).where(SETS.c.id == change_set_id)


@statement(rows)
def newest_before(canvas_id: str, seq: int, at_most: int) -> Executable:
    """Rows of `SPAN`, newest first, of the change sets that ended before change number `seq`."""
    older = select(*SPAN).where(SETS.c.canvas_id == canvas_id, SETS.c.last_seq < seq)
    return older.order_by(SETS.c.last_seq.desc()).limit(at_most)


@statement(rows)
def inverses_after(canvas_id: str, seq: int) -> Executable:
    """(first_seq, inverse) of the change sets that ended after change number `seq`, newest first.

    The last one may have begun before: then `seq` is in the middle of what belongs together.
    """
    newer = (SETS.c.canvas_id == canvas_id, SETS.c.last_seq > seq)
    found = select(SETS.c.first_seq, SETS.c.inverse).where(*newer)
    return found.order_by(SETS.c.last_seq.desc())


def _streamed(result: Result) -> Iterator[Row[Any]]:
    return iter(result)


@statement(_streamed)
def inverses_between(canvas_id: str, first_seq: int, last_seq: int) -> Executable:
    """(last_seq, inverse), oldest first; a few are in memory at a time."""
    inside = (
        SETS.c.canvas_id == canvas_id,
        SETS.c.first_seq >= first_seq,
        SETS.c.last_seq <= last_seq,
    )
    found = select(SETS.c.last_seq, SETS.c.inverse).where(*inside).order_by(SETS.c.first_seq)
    return found.execution_options(yield_per=STREAMED_AT_ONCE)


@statement(values)
def unsettled_canvases(age: float, at_most: int) -> Executable:
    """The ids of canvases with unsettled change sets that are so many seconds old."""
    return select(SETS.c.canvas_id).where(*_unsettled(age)).distinct().limit(at_most)


@statement(rows)
def unsettled_on(canvas_id: str, age: float, at_most: int) -> Executable:
    """Rows of `WHOLE`, oldest first."""
    due = select(*WHOLE).where(SETS.c.canvas_id == canvas_id, *_unsettled(age))
    return due.order_by(SETS.c.first_seq).limit(at_most)


def _unsettled(age: Any) -> tuple[Any, Any]:
    return (SETS.c.settled.is_(False), SETS.c.created_at < utc_after(-age))


@statement(rows)
def ending_at(canvas_id: str, seq: int) -> Executable:
    """Rows of `WHOLE`: the change set whose last change is this one, if there is one."""
    return select(*WHOLE).where(SETS.c.canvas_id == canvas_id, SETS.c.last_seq == seq)


@statement(nothing)
def mark_settled(ids: Collection[str]) -> Executable:
    return update(SETS).where(SETS.c.id.in_(ids)).values(settled=True)


def extend(change_sets: Sequence[dict[str, Any]]) -> None:
    """Let each `change_set_id` cover also what came after it: new values by column."""
    if change_sets:
        run(EXTEND, change_sets)


@statement(nothing)
def delete_change_sets(ids: Collection[str]) -> Executable:
    return delete(SETS).where(SETS.c.id.in_(ids))


@statement(nothing)
def delete_up_to(canvas_id: str, seq: int) -> Executable:
    return delete(SETS).where(SETS.c.canvas_id == canvas_id, SETS.c.last_seq <= seq)


@statement(value)
def last_older_than(canvas_id: str, age: float) -> Executable:
    """The end of the newest change set that is so many seconds old, or None."""
    old = (SETS.c.canvas_id == canvas_id, SETS.c.created_at < utc_after(-age))
    return select(func.max(SETS.c.last_seq)).where(*old)


@statement(value)
def last_beyond(canvas_id: str, kept: int) -> Executable:
    """The end of the newest settled change set after the `kept` newest ones, or None."""
    settled = select(SETS.c.last_seq).where(SETS.c.canvas_id == canvas_id, SETS.c.settled.is_(True))
    return settled.order_by(SETS.c.last_seq.desc()).offset(kept).limit(1)


@statement(value)
def end_of_change(canvas_id: str, seq: int) -> Executable:
    """The end of the change set that holds change number `seq`, or None: none is kept."""
    later = (SETS.c.canvas_id == canvas_id, SETS.c.last_seq >= seq)
    return select(func.min(SETS.c.last_seq)).where(*later)
