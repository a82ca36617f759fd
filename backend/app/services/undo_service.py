"""Undo and redo of what a job changed: what people edited since stays, and is reported."""

from dataclasses import dataclass

from app.domain.errors import Conflict, NotFound
from app.domain.scene.effects import Effects, effects_of, things
from app.domain.scene.elements import Element
from app.domain.sync.ledger import JobSet, Ledger
from app.domain.sync.undo import UndoPlan, plan_redo, plan_undo
from app.models import change_sets
from app.services.scene_batch import Batch, load, load_live, lock
from app.services.scene_repair import Follows
from app.services.scene_service import Applied, Push, apply_locked
from app.services.undo_ledger import ledger_of
from app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Undone:
    """What became of it: the objects that changed, those that did not (`UndoPlan`), what people
    would count, and why the others did not change, a sentence each."""

    changed: tuple[str, ...]
    kept: tuple[str, ...]
    covered: tuple[str, ...]
    gone: tuple[str, ...]
    effects: Effects
    remarks: tuple[str, ...]
    applied: Applied


def undo_change_set(work: UnitOfWork, *, change_set_id: str, user_id: str) -> Undone:
    """Take back one job's changes inside the caller's transaction; itself a change set.

    Raises:
        NotFound: there is no such change set (any more).
        Conflict: it is undone, or nothing of it can be taken back.
        NotAllowed: the user may not edit the canvas.
    """
    batch, inverse, done = _opened(change_set_id)
    ledger = ledger_of(batch.canvas_id)
    if ledger.is_undone(done):
        raise Conflict("This was already undone.")
    plan = plan_undo(done, inverse, dict(batch.objects), ledger)
    push = Push(user_id, plan.changes, undoes=change_set_id, follows=_follows(done, batch, ledger))
    return _applied(work, batch, plan, push, "Nothing of this can be taken back")


def redo_change_set(work: UnitOfWork, *, change_set_id: str, user_id: str) -> Undone:
    """Do an undone job's changes again; raises as `undo_change_set`."""
    batch, inverse, done = _opened(change_set_id)
    ledger = ledger_of(batch.canvas_id)
    if not ledger.is_undone(done):
        raise Conflict("This is not undone. What was taken back by hand comes back by hand.")
    plan = plan_redo(done, inverse, dict(batch.objects), ledger)
    push = Push(user_id, plan.changes, redoes=change_set_id, follows=_follows(done, batch, ledger))
    return _applied(work, batch, plan, push, "Nothing of this can be done again")


def _opened(change_set_id: str) -> tuple[Batch, list[dict[str, object]], JobSet]:
    done = change_sets.change_set(change_set_id)
    if done is None:
        raise NotFound("There is nothing to undo.")
    batch = lock(done.canvas_id)  # before anything is looked at: nobody edits meanwhile
    load(batch, (entry["id"] for entry in done.inverse))
    load_live(batch)
    return batch, done.inverse, JobSet(change_set_id, done.first_seq, done.last_seq)


def _applied(work: UnitOfWork, batch: Batch, plan: UndoPlan, push: Push, refusal: str) -> Undone:
    if not plan.changes:
        raise Conflict(f"{refusal}{_reason(plan)}")
    before = {key: stored.element for key, stored in batch.objects.items()}
    applied = apply_locked(work, batch, push)
    after = {key: stored.element for key, stored in batch.objects.items()}
    unchanged = (plan.kept, plan.covered, plan.gone)
    effects, remarks = effects_of(before, after), _remarks(plan, after)
    return Undone(plan.taken_back, *unchanged, effects, remarks, applied)


def _follows(done: JobSet, batch: Batch, ledger: Ledger) -> Follows:
    """The newest one gives back what was there; else arrows and labels have to go where what they
    hang on is."""
    live = [stored for stored in batch.objects.values() if not stored.element["isDeleted"]]
    origins = (origin for stored in live for origin in stored.group_seq.values())
    return "none" if ledger.is_newest(done, origins) else "all"


def _remarks(plan: UndoPlan, scene: dict[str, Element]) -> tuple[str, ...]:
    live = {key: element for key, element in scene.items() if not element["isDeleted"]}
    kept, covered, gone = things(plan.kept, live), things(plan.covered, live), len(plan.gone)
    remarks = []
    if kept:
        remarks.append(f"Left {kept}, as people edited them, or what they belong to, since.")
    if covered:
        remarks.append(f"Left {covered}, as a later job changed them.")
    if gone:
        remarks.append(f"Gone for good: {gone} object{'' if gone == 1 else 's'}.")
    return tuple(remarks)


def _reason(plan: UndoPlan) -> str:
    if plan.kept:
        return ": people edited it since."
    return ": later jobs changed it. Undo those first." if plan.covered else ": it is gone already."
