"""Undo of a change set by its inverse: what others edited since stays, and is reported."""

from dataclasses import dataclass

from app.domain.errors import Conflict, NotFound
from app.domain.sync.undo import plan_undo
from app.models import change_sets
from app.services.scene_batch import load, load_live, lock
from app.services.scene_service import Applied, Push, apply_locked
from app.services.unit_of_work import UnitOfWork


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
    undone = change_sets.change_set(change_set_id)
    if undone is None:
        raise NotFound("There is nothing to undo.")
    batch = lock(undone.canvas_id)  # before anything is looked at: nobody edits meanwhile
    if change_sets.undo_of(change_set_id) is not None:
        raise Conflict("This was already undone.")
    load(batch, (entry["id"] for entry in undone.inverse))
    load_live(batch)
    plan = plan_undo(undone.inverse, undone.first_seq, undone.last_seq, dict(batch.objects))
    applied = apply_locked(work, batch, Push(user_id, plan.changes, undoes=change_set_id))
    return Undone(len(plan.taken_back), plan.kept, applied)
