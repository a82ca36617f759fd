"""The rows of a scene: the canvas's order, its objects, its browsers' outboxes."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Executable, delete, false, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.models.canvas import Canvas
from app.models.canvas_object import CanvasObject
from app.models.sql import (
    Fixed,
    by_first,
    first,
    is_postgresql,
    nothing,
    rows,
    statement,
    value,
    values,
)
from app.models.sql_time import utc_after, utc_now
from app.models.sync_client import SyncClient

C: Any = Canvas.__table__
O: Any = CanvasObject.__table__  # noqa: E741  as the others
S: Any = SyncClient.__table__
IDS_AT_ONCE = 1_000  # databases bound the parameters of a statement


@statement(value)
def lock_head(canvas_id: str) -> Executable:
    """Lock the canvas's row until the transaction ends; the number of its newest change, or None:
    there is no such canvas."""
    return select(C.c.head_seq).where(C.c.id == canvas_id).with_for_update(key_share=True)


@statement(nothing)
def move_head(canvas_id: str, head: int) -> Executable:
    return update(C).where(C.c.id == canvas_id).values(head_seq=head, updated_at=utc_now())


@statement(first)
def order_of(canvas_id: str) -> Executable:
    """(epoch, head_seq, min_seq) of the canvas, or None."""
    return select(C.c.epoch, C.c.head_seq, C.c.min_seq).where(C.c.id == canvas_id)


@statement(rows)
def heads_of(canvas_ids: Collection[str]) -> Executable:
    """(id, head_seq) of each of these canvases that exists."""
    return select(C.c.id, C.c.head_seq).where(C.c.id.in_(canvas_ids))


@statement(nothing)
def raise_min_seq(canvas_id: str, seq: int) -> Executable:
    """From now on, a client that has not seen change number `seq` gets a snapshot."""
    return update(C).where(C.c.id == canvas_id, C.c.min_seq < seq).values(min_seq=seq)


@statement(values)
def live_elements(canvas_id: str) -> Executable:
    return select(O.c.data).where(*_live(canvas_id))


@statement(values)
def elements_since(canvas_id: str, seq: int) -> Executable:
    """What was changed after change number `seq`, deleted or not."""
    return select(O.c.data).where(O.c.canvas_id == canvas_id, O.c.seq > seq)


def objects_of(canvas_id: str, ids: Collection[str]) -> list[Any]:
    """Rows (id, data, group_seq) of these objects, as far as they exist."""
    wanted = sorted(ids)
    found: list[Any] = []
    for start in range(0, len(wanted), IDS_AT_ONCE):
        found += _objects_of(canvas_id, wanted[start : start + IDS_AT_ONCE])
    return found


@statement(rows)
def _objects_of(canvas_id: str, ids: Collection[str]) -> Executable:
    named = (O.c.canvas_id == canvas_id, O.c.id.in_(ids))
    return select(O.c.id, O.c.data, O.c.group_seq).where(*named)


@statement(rows)
def live_objects_of(canvas_id: str) -> Executable:
    """As `objects_of`, of all that are not deleted."""
    return select(O.c.id, O.c.data, O.c.group_seq).where(*_live(canvas_id))


@statement(value)
def count_live(canvas_id: str) -> Executable:
    return select(func.count()).where(*_live(canvas_id))


@statement(rows)
def all_objects(canvas_id: str) -> Executable:
    """(id, data, group_seq) of every object, deleted or not."""
    return select(O.c.id, O.c.data, O.c.group_seq).where(O.c.canvas_id == canvas_id)


@statement(value)
def tombstone_beyond(canvas_id: str, kept: int) -> Executable:
    """The number of the newest deletion after the `kept` newest ones, or None."""
    dead = select(O.c.seq).where(O.c.canvas_id == canvas_id, O.c.deleted.is_(True))
    return dead.order_by(O.c.seq.desc()).offset(kept).limit(1)


@statement(nothing)
def delete_tombstones(canvas_id: str, seq: int) -> Executable:
    """Forget the objects that were deleted by change number `seq` or before."""
    gone = (O.c.canvas_id == canvas_id, O.c.deleted.is_(True), O.c.seq <= seq)
    return delete(O).where(*gone)


def _live(canvas_id: Any) -> tuple[Any, Any]:
    return (O.c.canvas_id == canvas_id, O.c.deleted == false())


def _upsert(table: Any, of_postgresql: bool, new: dict[str, Any], **changed: Any) -> Executable:
    """A new row; in one that is there already only what is `changed`."""
    inserts: Any = postgresql if of_postgresql else sqlite
    row: Executable = (
        inserts.insert(table)
        .values(new)
        .on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    )
    return row


def write_objects(objects: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, or overwrite those that exist; the canvas's row must be locked."""
    _write_object.many(objects, is_postgresql())


@statement(nothing)
def _write_object(
    of_postgresql: Fixed[bool],
    canvas_id: str,
    id: str,  # noqa: A002  named like their columns
    data: dict[str, Any],
    group_seq: dict[str, int],
    seq: int,
    deleted: bool,
    updated_by: str,
) -> Executable:
    state = {
        "data": data,
        "group_seq": group_seq,
        "seq": seq,
        "deleted": deleted,
        "updated_by": updated_by,
    }
    new = {"canvas_id": canvas_id, "id": id, **state}
    return _upsert(O, of_postgresql, new, **state, updated_at=utc_now())


def write_clients(clients: Sequence[dict[str, Any]]) -> None:
    """Note the newest batch of each of these browser tabs; the canvas's row must be locked."""
    _write_client.many(clients, is_postgresql())


@statement(nothing)
def _write_client(
    of_postgresql: Fixed[bool], canvas_id: str, client_id: str, user_id: str, last_n: int
) -> Executable:
    new = {"canvas_id": canvas_id, "client_id": client_id, "user_id": user_id, "last_n": last_n}
    return _upsert(S, of_postgresql, new, last_n=last_n, seen_at=utc_now())


@statement(by_first)
def client_rows(canvas_id: str, client_ids: Collection[str]) -> Executable:
    """(client_id, user_id, last_n) of each of these browser tabs that was heard of, by its id."""
    named = (S.c.canvas_id == canvas_id, S.c.client_id.in_(client_ids))
    return select(S.c.client_id, S.c.user_id, S.c.last_n).where(*named)


@statement(nothing)
def forget_clients(age: float) -> Executable:
    """Forget browser tabs that were not heard of for so many seconds."""
    return delete(S).where(S.c.seen_at < utc_after(-age))
