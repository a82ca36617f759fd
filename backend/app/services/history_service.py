"""Earlier versions of a canvas: looked at, and gone back to."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.scene.elements import Element
from app.domain.sync.history import changes_to, scene_before
from app.extensions import db
from app.models import Canvas, CanvasObject, ChangeSet, NamedVersion
from app.services.access_service import Actor
from app.services.scene_batch import lock
from app.services.scene_reading import in_order
from app.services.scene_service import Push, apply_locked
from app.services.unit_of_work import begin_snapshot, unit_of_work

NO_VERSION = "There is no such version, or it is too long ago."
MAX_PACKED = 16 * 1024 * 1024


def scene_at(canvas_id: str, version: int) -> list[Element]:
    """The elements of a version, in drawing order.

    Raises:
        NotFound: there is no such version (any more).
    """
    begin_snapshot()
    kept = _kept(canvas_id, version)
    if kept is not None:
        return kept
    scene = scene_before(dict(_objects(canvas_id)), _since(canvas_id, version))
    return in_order([element for element in scene.values() if not element["isDeleted"]])


def restore(actor: Actor, canvas_id: str, version: int) -> dict[str, Any]:
    """Make the canvas look as it did; itself a change set, so it can be gone back on.

    Raises:
        NotFound: there is no such version (any more). Conflict: nothing is different.
    """
    with unit_of_work() as work:
        batch = lock(canvas_id)
        today, kept = dict(_objects(canvas_id)), _kept(canvas_id, version)
        if kept is None:
            target = scene_before(today, _since(canvas_id, version))
        else:
            target = {element["id"]: element for element in kept}
        changes = changes_to(target, today)
        if not changes:
            raise Conflict("The canvas looks like this version already.")
        applied = apply_locked(work, batch, Push(actor.id, tuple(changes)))
        made = db.session.get_one(ChangeSet, applied.change_set_id)
        made.restores = version
    return {"version": applied.last_seq, "changes": applied.count}


def pack(elements: list[Element]) -> bytes:
    """A scene as it is kept. Raises Invalid: it is too large for that."""
    packed = zlib.compress(json.dumps(elements, separators=(",", ":")).encode())
    if len(packed) > MAX_PACKED:
        raise Invalid("This canvas is too large to keep versions of it by name.")
    return packed


def _kept(canvas_id: str, version: int) -> list[Element] | None:
    """What a named version looked like; None if this one has no name."""
    query = select(NamedVersion.scene).where(
        NamedVersion.canvas_id == canvas_id, NamedVersion.seq == version
    )
    packed = db.session.execute(query).scalar_one_or_none()
    return None if packed is None else json.loads(zlib.decompress(packed))


def _objects(canvas_id: str) -> Iterable[tuple[str, Element]]:
    query = select(CanvasObject.id, CanvasObject.data).where(CanvasObject.canvas_id == canvas_id)
    return [(row.id, row.data) for row in db.session.execute(query)]


def _since(canvas_id: str, version: int) -> list[Any]:
    """The inverses of the change sets after a version, newest first."""
    canvas = db.session.execute(
        select(Canvas.head_seq, Canvas.min_seq).where(Canvas.id == canvas_id)
    ).one_or_none()
    if canvas is None or not canvas.min_seq <= version <= canvas.head_seq:
        raise NotFound(NO_VERSION)
    rows = db.session.execute(
        select(ChangeSet.first_seq, ChangeSet.inverse)
        .where(ChangeSet.canvas_id == canvas_id, ChangeSet.last_seq > version)
        .order_by(ChangeSet.last_seq.desc())
    ).all()
    if rows and rows[-1].first_seq != version + 1:
        raise NotFound(NO_VERSION)  # in the middle of what belongs together
    return [row.inverse for row in rows]
