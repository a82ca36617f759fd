"""One locked canvas during one transaction: its objects, its order, and what the room will hear."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.domain.access.policy import Role
from app.domain.errors import Invalid
from app.domain.sync.merge import Merged, StoredObject
from app.models import change_sets, scene_rows
from app.services import access_service, scene_events
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import UnitOfWork

MAX_OBJECTS = 10_000


@dataclass
class Batch:
    canvas_id: str
    start: int
    head: int
    now_ms: int = field(default_factory=lambda: int(time.time() * 1000))
    objects: dict[str, StoredObject] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    acks: dict[str, int] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    clients: dict[str, tuple[str, int]] = field(default_factory=dict)  # (user's id, last n)
    # Written when the batch is finished: one statement a table for all authors.
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    change_sets: list[dict[str, Any]] = field(default_factory=list)
    live: int | None = None  # counted when somebody adds objects


def lock(canvas_id: str) -> Batch:
    """Begin a batch under the canvas's lock. Raises NotFound: the canvas is gone."""
    head = lock_canvas(canvas_id)
    return Batch(canvas_id, head, head, live=None if head else 0)


def load(batch: Batch, object_ids: Iterable[str]) -> None:
    """Read these objects, as far as they exist, as they are under the lock."""
    ids = set(object_ids) - batch.objects.keys()
    if ids and batch.start:  # nothing was ever drawn on a canvas whose head is 0
        _remember(batch, scene_rows.objects_of(batch.canvas_id, ids))


def load_authors(batch: Batch, user_ids: Iterable[str], client_ids: Iterable[str] = ()) -> None:
    """Read what these people may do, and how far these browser tabs came, under the lock."""
    batch.roles = access_service.roles_of(batch.canvas_id, set(user_ids))
    if clients := set(client_ids):
        known = scene_rows.client_rows(batch.canvas_id, clients)
        batch.clients = {key: (row.user_id, row.last_n) for key, row in known.items()}


def load_live(batch: Batch) -> None:
    _remember(batch, scene_rows.live_objects_of(batch.canvas_id))


def _remember(batch: Batch, rows: Iterable[Any]) -> None:
    for row in rows:
        batch.objects.setdefault(row.id, StoredObject(row.data, row.group_seq))


def require_capacity(batch: Batch, growth: int) -> None:
    """Raises Invalid if the canvas cannot hold `growth` more live objects."""
    if growth <= 0:
        return
    if batch.live is None:
        batch.live = scene_rows.count_live(batch.canvas_id)
    if batch.live + growth > MAX_OBJECTS:
        raise Invalid(f"A canvas holds at most {MAX_OBJECTS:,} objects.")


def store(batch: Batch, merged: Merged, user_id: str, author: str) -> None:
    """Give one merged change the canvas's next number; `finish` writes it."""
    batch.head += 1
    element = merged.stored.element
    object_id, deleted = element["id"], bool(element["isDeleted"])
    before = batch.objects.get(object_id)
    if batch.live is not None:
        was_live = before is not None and not before.element["isDeleted"]
        batch.live += int(not deleted) - int(was_live)
    batch.objects[object_id] = merged.stored
    batch.rows[object_id] = {
        "canvas_id": batch.canvas_id,
        "id": object_id,
        "data": element,
        "group_seq": merged.stored.group_seq,
        "seq": batch.head,
        "deleted": deleted,
        "updated_by": user_id,
    }
    batch.changes.append({"seq": batch.head, "id": object_id, "set": merged.set, "by": author})


def finish(work: UnitOfWork, batch: Batch) -> None:
    """Write what came of it, move the canvas's head, and publish it once all is durable."""
    scene_rows.write_clients([_client(batch, client_id) for client_id in batch.acks])
    if batch.head == batch.start:
        return
    scene_rows.write_objects(list(batch.rows.values()))
    change_sets.add_change_sets(batch.change_sets)
    scene_rows.move_head(batch.canvas_id, batch.head)
    frame = {
        "canvas_id": batch.canvas_id,
        "from": batch.start + 1,
        "to": batch.head,
        "changes": batch.changes,
        "acks": batch.acks,
    }
    work.after_commit(lambda: scene_events.scene_changed(frame))


def _client(batch: Batch, client_id: str) -> dict[str, Any]:
    user_id, last_n = batch.clients[client_id]
    key = {"canvas_id": batch.canvas_id, "client_id": client_id}
    return key | {"user_id": user_id, "last_n": last_n}
