"""Earlier versions of a canvas: looked at, and gone back to."""

import json
import zlib
from typing import Any

from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.scene.elements import Element
from app.domain.sync.history import changes_to, scene_before
from app.domain.sync.merge import StoredObject
from app.models import change_sets, named_versions, scene_rows
from app.services.access_service import Actor
from app.services.scene_batch import lock
from app.services.scene_reading import in_order
from app.services.scene_service import Push, apply_locked
from app.services.unit_of_work import begin_snapshot, unit_of_work

NO_VERSION = "There is no such version, or it is too long ago."
MAX_PACKED = 16 * 1024 * 1024


def scene_at(canvas_id: ViewableCanvasId, version: int) -> list[Element]:
    """The elements of a version, in drawing order.

    Raises:
        NotFound: there is no such version (any more).
    """
    begin_snapshot()
    named = _named_scene(canvas_id, version)
    if named is not None:
        return named
    scene = scene_before(_objects(canvas_id), _inverses_after(canvas_id, version))
    elements = [stored.element for stored in scene.values()]
    return in_order([element for element in elements if not element["isDeleted"]])


def restore(actor: Actor, canvas_id: EditableCanvasId, version: int) -> dict[str, Any]:
    """Make the canvas look as it did; itself a change set, so it can be gone back on.

    Raises:
        NotFound: there is no such version (any more). Conflict: nothing is different.
    """
    with unit_of_work() as work:
        batch = lock(canvas_id)
        today = _objects(canvas_id)
        changes = changes_to(_target(canvas_id, version, today), today)
        if not changes:
            raise Conflict("The canvas looks like this version already.")
        applied = apply_locked(
            work, batch, Push(actor.id, tuple(changes), restores=version, follows="none")
        )
    return {"version": applied.last_seq, "changes": applied.count}


def _target(
    canvas_id: str, version: int, today: dict[str, StoredObject]
) -> dict[str, StoredObject]:
    """The version's objects. The history knows who made each value; a name alone does not."""
    try:
        return scene_before(today, _inverses_after(canvas_id, version))
    except NotFound:
        named = _named_scene(canvas_id, version)
        if named is None:
            raise
        return {element["id"]: StoredObject(element, {}) for element in named}


def pack(elements: list[Element]) -> bytes:
    """A scene as a named version stores it. Raises Invalid: it is too large for that."""
    packed = zlib.compress(json.dumps(elements, separators=(",", ":")).encode())
    if len(packed) > MAX_PACKED:
        raise Invalid("This canvas is too large to keep versions of it by name.")
    return packed


def _named_scene(canvas_id: str, version: int) -> list[Element] | None:
    """What a named version looked like; None if this one has no name."""
    packed = named_versions.packed_scene(canvas_id, version)
    return None if packed is None else json.loads(zlib.decompress(packed))


def _objects(canvas_id: str) -> dict[str, StoredObject]:
    """Today's by id, deleted ones included."""
    rows = scene_rows.all_objects(canvas_id)
    return {row.id: StoredObject(row.data, row.group_seq) for row in rows}


def _inverses_after(canvas_id: str, version: int) -> list[Any]:
    """The inverses of the change sets after a version, newest first.

    Raises:
        NotFound: there is no such version (any more).
    """
    canvas = scene_rows.order_of(canvas_id)
    if canvas is None or not canvas.min_seq <= version <= canvas.head_seq:
        raise NotFound(NO_VERSION)
    newer = change_sets.inverses_after(canvas_id, version)
    if newer and newer[-1].first_seq != version + 1:
        raise NotFound(NO_VERSION)  # in the middle of what belongs together
    return [row.inverse for row in newer]
