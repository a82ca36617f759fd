"""The rows of a scene: the canvas's order, its objects, its change sets, its browsers' outboxes."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, false, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.policy import Role
from app.models.canvas import Canvas
from app.models.canvas_object import CanvasObject
from app.models.canvas_permission import CanvasPermission
from app.models.change_set import ChangeSet
from app.models.sql import is_postgresql, look, run
from app.models.sql_time import utc_now
from app.models.sync_client import SyncClient

C: Any = Canvas.__table__
CHANGE_SETS: Any = ChangeSet.__table__
O: Any = CanvasObject.__table__  # noqa: E741  as the others
PERMISSIONS: Any = CanvasPermission.__table__
S: Any = SyncClient.__table__
OBJECT_COLUMNS = ("data", "group_seq", "seq", "deleted", "updated_by")
IDS_AT_ONCE = 1_000  # databases bound the parameters of a statement


def add_canvas(canvas_id: str, owner_id: str, title: str) -> None:
    run(_add_canvas(), {"id": canvas_id, "owner_id": owner_id, "title": title})
    run(_add_owner(), {"canvas_id": canvas_id, "user_id": owner_id, "role": Role.OWNER})


@cache
def _add_canvas() -> Executable:
    return insert(C)


@cache
def _add_owner() -> Executable:
    return insert(PERMISSIONS)


def lock_head(canvas_id: str) -> int | None:
    """Lock the canvas's row until the transaction ends; the number of its newest change."""
    head: int | None = run(_lock_head(), {"canvas": canvas_id}).scalar()
    return head


@cache
def _lock_head() -> Executable:
    this = C.c.id == bindparam("canvas")
    return select(C.c.head_seq).where(this).with_for_update(key_share=True)


def move_head(canvas_id: str, head: int) -> None:
    run(_move_head(), {"canvas": canvas_id, "head": head})


@cache
def _move_head() -> Executable:
    this = C.c.id == bindparam("canvas")
    return update(C).where(this).values(head_seq=bindparam("head"), updated_at=utc_now())


def order_of(canvas_id: str) -> Any:
    """(epoch, head_seq, min_seq) of the canvas, or None."""
    return run(_order_of(), {"canvas": canvas_id}).one_or_none()


@cache
def _order_of() -> Executable:
    return select(C.c.epoch, C.c.head_seq, C.c.min_seq).where(C.c.id == bindparam("canvas"))


def head_and_role(canvas_id: str, user_id: str) -> Any:
    """(head_seq, role): how far the canvas is, and what this person is on it; None: no canvas."""
    rows = look(_head_and_role(), {"canvas": canvas_id, "user": user_id})
    return rows[0] if rows else None


@cache
def _head_and_role() -> Executable:
    theirs = (PERMISSIONS.c.canvas_id == C.c.id) & (PERMISSIONS.c.user_id == bindparam("user"))
    return (
        select(C.c.head_seq, PERMISSIONS.c.role)
        .join_from(C, PERMISSIONS, theirs, isouter=True)
        .where(C.c.id == bindparam("canvas"))
    )


def live_elements(canvas_id: str) -> list[Any]:
    return list(run(_live_elements(), {"canvas": canvas_id}).scalars())


@cache
def _live_elements() -> Executable:
    return select(O.c.data).where(*_live())


def elements_since(canvas_id: str, seq: int) -> list[Any]:
    """What was changed after change number `seq`, deleted or not."""
    return list(run(_elements_since(), {"canvas": canvas_id, "since": seq}).scalars())


@cache
def _elements_since() -> Executable:
    newer = O.c.seq > bindparam("since")
    return select(O.c.data).where(O.c.canvas_id == bindparam("canvas"), newer)


def objects_of(canvas_id: str, ids: Collection[str]) -> list[Any]:
    """Rows (id, data, group_seq) of these objects, as far as they exist."""
    wanted = sorted(ids)
    rows: list[Any] = []
    for start in range(0, len(wanted), IDS_AT_ONCE):
        some = wanted[start : start + IDS_AT_ONCE]
        rows += run(_objects_of(), {"canvas": canvas_id, "ids": some})
    return rows


@cache
def _objects_of() -> Executable:
    named = O.c.id.in_(bindparam("ids", expanding=True))
    return select(O.c.id, O.c.data, O.c.group_seq).where(
        O.c.canvas_id == bindparam("canvas"), named
    )


def live_objects_of(canvas_id: str) -> list[Any]:
    return list(run(_live_objects_of(), {"canvas": canvas_id}))


@cache
def _live_objects_of() -> Executable:
    return select(O.c.id, O.c.data, O.c.group_seq).where(*_live())


def count_live(canvas_id: str) -> int:
    return int(run(_count_live(), {"canvas": canvas_id}).scalar_one())


@cache
def _count_live() -> Executable:
    return select(func.count()).where(*_live())


def _live() -> tuple[Any, Any]:
    return (O.c.canvas_id == bindparam("canvas"), O.c.deleted == false())


def write_objects(rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, or overwrite those that exist; the canvas's row must be locked."""
    if rows:
        run(_upsert(O, OBJECT_COLUMNS, "updated_at", postgres=is_postgresql()), rows)


def add_change_sets(rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        run(_add_change_sets(), rows)


@cache
def _add_change_sets() -> Executable:
    return insert(CHANGE_SETS)


def client_rows(canvas_id: str, client_ids: Collection[str]) -> dict[str, Any]:
    """(client_id, user_id, last_n) of each of these browser tabs that was heard of."""
    rows = run(_client_rows(), {"canvas": canvas_id, "clients": sorted(client_ids)})
    return {row.client_id: row for row in rows}


@cache
def _client_rows() -> Executable:
    named = S.c.client_id.in_(bindparam("clients", expanding=True))
    return select(S.c.client_id, S.c.user_id, S.c.last_n).where(
        S.c.canvas_id == bindparam("canvas"), named
    )


def write_clients(rows: Sequence[dict[str, Any]]) -> None:
    """Note the newest batch of each of these browser tabs; the canvas's row must be locked."""
    if rows:
        run(_upsert(S, ("last_n",), "seen_at", postgres=is_postgresql()), rows)


@cache
def _upsert(table: Any, columns: tuple[str, ...], time: str, *, postgres: bool) -> Executable:
    """`time` is the column that says when the row was written last."""
    new = postgresql.insert(table) if postgres else sqlite.insert(table)
    changed: dict[str, Any] = {name: new.excluded[name] for name in columns}
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={**changed, time: utc_now()}
    )
