"""Undo of a change set by its inverse: what others edited since stays, and is reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.errors import Conflict, NotFound
from app.domain.sync.messages import Change
from app.extensions import db
from app.models import CanvasObject, ChangeSet
from app.services.scene_service import Applied, apply_changes
from app.services.unit_of_work import UnitOfWork

# Others' arrows and labels hang on an object without anybody having edited it.
PASSIVE_GROUPS = frozenset({"links", "order"})


@dataclass(frozen=True)
class Undone:
    """How many objects are as before, and which were left because somebody edited them since."""

    restored: int
    skipped: tuple[str, ...]
    applied: Applied


def undo_change_set(work: UnitOfWork, *, change_set_id: str, user_id: str) -> Undone:
    """Take back one change set inside the caller's transaction; itself a change set.

    Raises:
        NotFound: there is no such change set.
        Conflict: it was undone before.
        NotAllowed: the user may not edit the canvas.
    """
    change_set = db.session.get(ChangeSet, change_set_id)
    if change_set is None:
        raise NotFound("There is nothing to undo.")
    already = select(ChangeSet.id).where(ChangeSet.undoes == change_set_id)
    if db.session.execute(already).first() is not None:
        raise Conflict("This was already undone.")
    changes, skipped = _inverse_changes(change_set)
    applied = apply_changes(work, canvas_id=change_set.canvas_id, user_id=user_id, changes=changes)
    if applied.change_set_id is not None:
        undo = db.session.get(ChangeSet, applied.change_set_id)
        if undo is not None:
            undo.undoes = change_set_id
    return Undone(applied.count, skipped, applied)


def _inverse_changes(change_set: ChangeSet) -> tuple[list[Change], tuple[str, ...]]:
    rows = db.session.execute(
        select(CanvasObject).where(
            CanvasObject.canvas_id == change_set.canvas_id,
            CanvasObject.id.in_([entry["id"] for entry in change_set.inverse]),
        )
    ).scalars()
    objects = {row.id: row for row in rows}
    kept = _edited_since(change_set, objects)
    changes: list[Change] = []
    for entry in reversed(change_set.inverse):
        row = objects.get(entry["id"])
        if row is None or (row.deleted and entry["created"]):
            continue
        if entry["created"]:
            if row.id not in kept:
                changes.append(Change(row.id, {"isDeleted": True}))
            continue
        restored = _unchanged_groups(change_set, entry, row)
        if restored:
            changes.append(Change(row.id, restored))
    return changes, tuple(sorted(kept))


def _edited_since(change_set: ChangeSet, objects: Mapping[str, CanvasObject]) -> set[str]:
    """Created objects that somebody edited after the change set, with the text bound to them."""
    created = {entry["id"] for entry in change_set.inverse if entry["created"]}
    edited = {
        object_id
        for object_id in created & objects.keys()
        if any(
            seq > change_set.last_seq
            for group, seq in objects[object_id].group_seq.items()
            if group not in PASSIVE_GROUPS and not objects[object_id].deleted
        )
    }
    labels = {
        object_id
        for object_id in created & objects.keys()
        if objects[object_id].data.get("containerId") in edited
    }
    return edited | labels


def _unchanged_groups(
    change_set: ChangeSet, entry: dict[str, Any], row: CanvasObject
) -> dict[str, Any]:
    """The earlier properties of the groups that nobody has written since."""
    props: dict[str, Any] = {}
    for group, before in entry["groups"].items():
        if change_set.first_seq <= row.group_seq.get(group, 0) <= change_set.last_seq:
            props.update(before)
    return props
