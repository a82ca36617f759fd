"""One locked canvas during one transaction: its objects, its order, and what the room will hear."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, update

from app.domain.errors import Invalid, NotFound
from app.domain.sync.merge import Merged, StoredObject
from app.extensions import db
from app.models import Canvas, CanvasObject
from app.models.sql_time import utc_now
from app.services import scene_events
from app.services.unit_of_work import UnitOfWork

MAX_OBJECTS = 10_000
IDS_AT_ONCE = 1_000  # databases bound the parameters of a statement


@dataclass
class Batch:
    canvas_id: str
    start: int
    head: int
    now_ms: int = field(default_factory=lambda: int(time.time() * 1000))
    objects: dict[str, CanvasObject] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    acks: dict[str, int] = field(default_factory=dict)
    live: int | None = None  # counted when somebody adds objects

    def stored(self, object_id: str) -> StoredObject | None:
        row = self.objects.get(object_id)
        return None if row is None else StoredObject(row.data, row.group_seq)


def lock(canvas_id: str) -> Batch:
    """Lock the canvas row; whoever comes later waits, and then sees these changes.

    Raises:
        NotFound: the canvas is gone.
    """
    head = db.session.execute(
        update(Canvas)
        .where(Canvas.id == canvas_id)
        .values(updated_at=utc_now())
        .returning(Canvas.head_seq)
        .execution_options(synchronize_session=False)
    ).scalar()
    if head is None:
        raise NotFound("Canvas not found.")
    return Batch(canvas_id, head, head)


def load(batch: Batch, object_ids: Iterable[str]) -> None:
    """Read these objects, as far as they exist, as they are under the lock."""
    ids = sorted(set(object_ids) - batch.objects.keys())
    for start in range(0, len(ids), IDS_AT_ONCE):
        _read(batch, CanvasObject.id.in_(ids[start : start + IDS_AT_ONCE]))


def load_live(batch: Batch) -> None:
    _read(batch, CanvasObject.deleted.is_(False))


def _read(batch: Batch, condition: Any) -> None:
    rows = db.session.execute(
        select(CanvasObject)
        .where(CanvasObject.canvas_id == batch.canvas_id, condition)
        .execution_options(populate_existing=True)
    ).scalars()
    batch.objects.update((row.id, row) for row in rows)


def require_room(batch: Batch, growth: int) -> None:
    """Raises Invalid if the canvas cannot hold `growth` more live objects."""
    if growth <= 0:
        return
    if batch.live is None:
        count = select(func.count()).where(
            CanvasObject.canvas_id == batch.canvas_id, CanvasObject.deleted.is_(False)
        )
        batch.live = db.session.execute(count).scalar_one()
    if batch.live + growth > MAX_OBJECTS:
        raise Invalid(f"A canvas holds at most {MAX_OBJECTS:,} objects.")


def store(batch: Batch, merged: Merged, user_id: str, author: str) -> None:
    """Write one merged change under the canvas's next number."""
    batch.head += 1
    element = merged.stored.element
    deleted = bool(element["isDeleted"])
    row = batch.objects.get(element["id"])
    was_live = row is not None and not row.deleted
    if row is None:
        row = CanvasObject(canvas_id=batch.canvas_id, id=element["id"])
        db.session.add(row)
        batch.objects[row.id] = row
    if batch.live is not None:
        batch.live += int(not deleted) - int(was_live)
    row.data = element
    row.group_seq = merged.stored.group_seq
    row.seq = batch.head
    row.deleted = deleted
    row.updated_by = user_id
    batch.changes.append({"seq": batch.head, "id": row.id, "set": merged.set, "by": author})


def finish(work: UnitOfWork, batch: Batch) -> None:
    """Move the canvas's head, and tell the room once everything is durable."""
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
