"""The rows of a scene: the canvas's order, its objects, its change sets, its browsers' outboxes."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, false, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.policy import Role
from app.models.canvas import Canvas
from app.models.canvas_object import CanvasObject
from app.models.canvas_permission import CanvasPermission
from app.models.change_set import ChangeSet
from app.models.sql import first, is_postgresql, nothing, rows, run, statement, value, values
from app.models.sql_time import utc_now
from app.models.sync_client import SyncClient

C: Any = Canvas.__table__
O: Any = CanvasObject.__table__  # noqa: E741  as the others
PERMISSIONS: Any = CanvasPermission.__table__
S: Any = SyncClient.__table__
ADD_CANVAS = insert(C)
ADD_MEMBER = insert(PERMISSIONS)
ADD_CHANGE_SETS = insert(ChangeSet)
OBJECT_COLUMNS = ("data", "group_seq", "seq", "deleted", "updated_by")
IDS_AT_ONCE = 1_000  # databases bound the parameters of a statement


def add_canvas(canvas_id: str, owner_id: str, title: str) -> None:
    run(ADD_CANVAS, {"id": canvas_id, "owner_id": owner_id, "title": title})
    run(ADD_MEMBER, {"canvas_id": canvas_id, "user_id": owner_id, "role": Role.OWNER})


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


@statement(first, alone=True)
def head_and_role(canvas_id: str, user_id: str) -> Executable:
    """(head_seq, role): how far the canvas is, and what this person is on it; None: no canvas."""
    theirs = (PERMISSIONS.c.canvas_id == C.c.id) & (PERMISSIONS.c.user_id == user_id)
    found = select(C.c.head_seq, PERMISSIONS.c.role).where(C.c.id == canvas_id)
    return found.join_from(C, PERMISSIONS, theirs, isouter=True)


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


def _live(canvas_id: Any) -> tuple[Any, Any]:
    return (O.c.canvas_id == canvas_id, O.c.deleted == false())


def write_objects(objects: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, or overwrite those that exist; the canvas's row must be locked."""
    if objects:
        run(_upsert(O, OBJECT_COLUMNS, "updated_at", postgres=is_postgresql()), objects)


def add_change_sets(change_sets: Sequence[dict[str, Any]]) -> None:
    if change_sets:
        run(ADD_CHANGE_SETS, change_sets)


def client_rows(canvas_id: str, client_ids: Collection[str]) -> dict[str, Any]:
    """(client_id, user_id, last_n) of each of these browser tabs that was heard of."""
    return {row.client_id: row for row in _client_rows(canvas_id, sorted(client_ids))}


@statement(rows)
def _client_rows(canvas_id: str, client_ids: Collection[str]) -> Executable:
    named = (S.c.canvas_id == canvas_id, S.c.client_id.in_(client_ids))
    return select(S.c.client_id, S.c.user_id, S.c.last_n).where(*named)


def write_clients(clients: Sequence[dict[str, Any]]) -> None:
    """Note the newest batch of each of these browser tabs; the canvas's row must be locked."""
    if clients:
        run(_upsert(S, ("last_n",), "seen_at", postgres=is_postgresql()), clients)


@cache
def _upsert(table: Any, columns: tuple[str, ...], time: str, *, postgres: bool) -> Executable:
    """`time` is the column that says when the row was written last."""
    new = postgresql.insert(table) if postgres else sqlite.insert(table)
    changed: dict[str, Any] = {name: new.excluded[name] for name in columns}
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={**changed, time: utc_now()}
    )
