"""The one write path of scenes, which people's edits and jobs' drawings share.

A change is durable before anyone, its author included, is told about it. The order of a canvas is
its `head_seq`, raised in the committing transaction under the row's lock, so that commit order and
sequence order are the same.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, update

from app.domain.access.policy import Rule, may
from app.domain.errors import DomainError, Invalid, NotAllowed, NotFound
from app.domain.sync.merge import Gone, Merged, StoredObject, merge
from app.domain.sync.messages import Change
from app.extensions import db
from app.models import Canvas, CanvasObject, ChangeSet, SyncClient
from app.models.ids import new_id
from app.models.sql_time import utc_now
from app.services import scene_events
from app.services.access_service import role_of
from app.services.unit_of_work import UnitOfWork, unit_of_work

MAX_OBJECTS = 10_000


@dataclass(frozen=True)
class Push:
    """One author's changes. `client_id` and `n` make a browser's batch apply exactly once."""

    user_id: str
    changes: tuple[Change, ...]
    client_id: str | None = None
    n: int = 0
    job_id: str | None = None


@dataclass(frozen=True)
class Applied:
    """What became of one push. `refused` lists object ids that no longer exist."""

    first_seq: int
    last_seq: int
    change_set_id: str | None
    count: int
    refused: tuple[str, ...] = ()


class _ForeignClient(Invalid):
    """A tab may only speak for itself."""


@dataclass
class _Batch:
    """One locked canvas during one transaction."""

    canvas_id: str
    head: int
    start: int
    objects: dict[str, CanvasObject]
    live: int
    now_ms: int
    changes: list[dict[str, Any]] = field(default_factory=list)
    acks: dict[str, int] = field(default_factory=dict)


def commit_pushes(canvas_id: str, pushes: Sequence[Push]) -> list[Applied | DomainError]:
    """Commit several authors' pushes in one transaction and tell the room once.

    A push that is refused (role, validity, size) answers with its error and changes nothing; the
    others are not affected. Roles are read again here, inside the transaction.

    Raises:
        NotFound: the canvas is gone.
    """
    with unit_of_work() as work:
        batch = _lock(canvas_id, [change.id for push in pushes for change in push.changes])
        answers = [_answer(batch, push) for push in pushes]
        _finish(work, batch)
    return answers


def apply_changes(
    work: UnitOfWork,
    *,
    canvas_id: str,
    user_id: str,
    changes: Sequence[Change | dict[str, Any]],
    job_id: str | None = None,
) -> Applied:
    """Apply a job's (or an undo's) changes inside the caller's transaction; all or nothing.

    Raises:
        NotFound: the canvas is gone, or the user is no member any more.
        NotAllowed: the user may no longer edit.
        ElementRejected: a change is not valid.
    """
    plain = tuple(
        change if isinstance(change, Change) else _as_change(change) for change in changes
    )
    batch = _lock(canvas_id, [change.id for change in plain])
    applied = _apply(batch, Push(user_id, plain, job_id=job_id))
    _finish(work, batch)
    return applied


def _as_change(raw: dict[str, Any]) -> Change:
    return Change(raw["id"], dict(raw["set"]), bool(raw.get("create")))


def _lock(canvas_id: str, object_ids: list[str]) -> _Batch:
    """Lock the canvas row; whoever comes later waits, and then sees these changes."""
    head = db.session.execute(
        update(Canvas)
        .where(Canvas.id == canvas_id)
        .values(updated_at=utc_now())
        .returning(Canvas.head_seq)
        .execution_options(synchronize_session=False)
    ).scalar()
    if head is None:
        raise NotFound("Canvas not found.")
    rows = db.session.execute(
        select(CanvasObject)
        .where(CanvasObject.canvas_id == canvas_id, CanvasObject.id.in_(set(object_ids)))
        .execution_options(populate_existing=True)
    ).scalars()
    live = db.session.execute(
        select(func.count()).where(
            CanvasObject.canvas_id == canvas_id, CanvasObject.deleted.is_(False)
        )
    ).scalar_one()
    objects = {row.id: row for row in rows}
    return _Batch(canvas_id, head, head, objects, live, int(time.time() * 1000))


def _answer(batch: _Batch, push: Push) -> Applied | DomainError:
    try:
        return _apply(batch, push)
    except DomainError as error:
        # The batch is answered for good: sending it again changes nothing. A client id of somebody
        # who is no member, or of another person, is not noted.
        if push.client_id and not isinstance(error, NotFound | _ForeignClient):
            _remember(batch, push)
        return error


def _apply(batch: _Batch, push: Push) -> Applied:
    role = role_of(push.user_id, batch.canvas_id)
    if role is None:
        raise NotFound("Canvas not found.")
    if not may(role, Rule.CANVAS_EDIT):
        raise NotAllowed("As viewer of this canvas you may not edit it.")
    if push.client_id and not _is_next(batch, push):
        return Applied(batch.head, batch.head, None, 0)
    merged, refused = _merge_all(batch, push.changes)
    first = batch.head + 1
    author = f"job:{push.job_id}" if push.job_id else push.user_id
    for item in merged:
        _store(batch, item, push.user_id, author)
    change_set_id = _record(batch, push, first, merged)
    if push.client_id:
        _remember(batch, push)
    return Applied(first, batch.head, change_set_id, len(merged), refused)


def _merge_all(batch: _Batch, changes: Sequence[Change]) -> tuple[list[Merged], tuple[str, ...]]:
    """Merge all changes of a push before any is stored, so that a bad one leaves no trace."""
    merged: list[Merged] = []
    refused: list[str] = []
    current: dict[str, StoredObject] = {}
    seq = batch.head
    created = 0
    for change in changes:
        existing = current.get(change.id) or _stored(batch.objects.get(change.id))
        created += existing is None
        try:
            result = merge(existing, change, seq=seq + 1, updated_ms=batch.now_ms)
        except Gone:
            refused.append(change.id)
            created -= 1
            continue
        if not result.set:
            continue
        seq += 1
        current[change.id] = result.stored
        merged.append(result)
    if created and batch.live + created > MAX_OBJECTS:
        raise Invalid(f"A canvas holds at most {MAX_OBJECTS:,} objects.")
    return merged, tuple(refused)


def _stored(row: CanvasObject | None) -> StoredObject | None:
    return None if row is None else StoredObject(row.data, row.group_seq)


def _store(batch: _Batch, merged: Merged, user_id: str, author: str) -> None:
    batch.head += 1
    element = merged.stored.element
    row = batch.objects.get(element["id"])
    deleted = bool(element["isDeleted"])
    if row is None:
        row = CanvasObject(canvas_id=batch.canvas_id, id=element["id"])
        db.session.add(row)
        batch.objects[row.id] = row
        batch.live += not deleted
    else:
        batch.live += int(row.deleted) - int(deleted)
    row.data = element
    row.group_seq = merged.stored.group_seq
    row.seq = batch.head
    row.deleted = deleted
    row.updated_by = user_id
    batch.changes.append({"seq": batch.head, "id": row.id, "set": merged.set, "by": author})


def _record(batch: _Batch, push: Push, first: int, merged: list[Merged]) -> str | None:
    if not merged:
        return None
    change_set = ChangeSet(
        id=new_id(),
        canvas_id=batch.canvas_id,
        user_id=push.user_id,
        job_id=push.job_id,
        first_seq=first,
        last_seq=batch.head,
        inverse=[item.inverse for item in merged],
    )
    db.session.add(change_set)
    return change_set.id


def _is_next(batch: _Batch, push: Push) -> bool:
    """Whether this batch of the client was not answered yet.

    Raises:
        Invalid: the client id is another person's; theirs is not to be moved on.
    """
    row = db.session.get(SyncClient, (batch.canvas_id, push.client_id))
    if row is None:
        return True
    if row.user_id != push.user_id:
        raise _ForeignClient(fields={"client_id": "belongs to somebody else"})
    return push.n > row.last_n


def _remember(batch: _Batch, push: Push) -> None:
    """Note the batch as answered."""
    row = db.session.get(SyncClient, (batch.canvas_id, push.client_id))
    if row is None:
        row = SyncClient(
            canvas_id=batch.canvas_id, client_id=push.client_id, user_id=push.user_id, last_n=0
        )
        db.session.add(row)
    row.last_n = max(row.last_n, push.n)
    batch.acks[row.client_id] = row.last_n
    db.session.flush()


def _finish(work: UnitOfWork, batch: _Batch) -> None:
    if batch.head == batch.start:
        return
    db.session.execute(
        update(Canvas)
        .where(Canvas.id == batch.canvas_id)
        .values(head_seq=batch.head)
        .execution_options(synchronize_session=False)
    )
    frame = {
        "canvas_id": batch.canvas_id,
        "from": batch.start + 1,
        "to": batch.head,
        "changes": batch.changes,
        "acks": batch.acks,
    }
    work.after_commit(lambda: scene_events.scene_changed(frame))
