"""A job's changes on a scene that people went on editing: what yields to them, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.scene.effects import Effects, effects_in_words, effects_of, things
from app.domain.scene.elements import Element
from app.domain.sync.messages import Change
from app.domain.sync.yielding import Yielded, yielding
from app.services.scene_batch import Batch, load, load_live, lock
from app.services.scene_repair import Follows
from app.services.scene_service import Applied, Push, apply_locked, as_change
from app.services.undo_ledger import ledger_of
from app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SeenScene:
    """The scene that a job's changes were made on: its objects, and the number of the newest change
    in it. `asked` is that of the newest change when the job was asked for."""

    objects: Sequence[Element]
    seq: int
    asked: int


@dataclass(frozen=True)
class Outcome:
    """What came of a job's changes, and what yielded to people, a sentence each."""

    applied: Applied
    effects: Effects
    remarks: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return effects_in_words(self.effects) or "Nothing was changed"


def apply_job_changes(
    work: UnitOfWork,
    *,
    canvas_id: str,
    user_id: str,
    job_id: str,
    changes: Sequence[Change | dict[str, Any]],
    seen: SeenScene,
) -> Outcome:
    """Apply a job's changes inside the caller's transaction; all that does not yield, or nothing.

    Raises:
        NotFound: the canvas is gone, or the user is no member any more.
        NotAllowed: the user may no longer edit.
        ElementRejected: a change is not valid.
    """
    batch = lock(canvas_id)
    plain = [as_change(change) for change in changes]
    load(batch, (change.id for change in plain))
    remarks: tuple[str, ...] = ()
    saw = {element["id"]: element for element in seen.objects}
    is_newer = min(seen.seq, seen.asked) < batch.head
    may_yield = is_newer and any(not change.create for change in plain)
    if is_newer:
        load_live(batch)
    if may_yield:
        result = yielding(plain, batch.objects, saw, seen.asked, ledger_of(canvas_id))
        plain, remarks = list(result.changes), _remarks(result, saw | _elements(batch))
    different = {change.id for change in plain if _changes_something(batch, change)}
    plain = [change for change in plain if change.id in different]
    # What is around counts too: a label is its box's, an arrow that was read late is not new.
    around = saw if seen.seq == batch.head else {}
    before = around | _elements(batch)
    follows: Follows = "all" if remarks or batch.head > seen.seq else "left_behind"
    push = Push(user_id, tuple(plain), job_id=job_id, follows=follows)
    applied = apply_locked(work, batch, push)
    effects = effects_of(before, around | _elements(batch))
    if not effects and not remarks:
        remarks = ("Nothing was left to do: the drawing is like that already.",)
    return Outcome(applied, effects, remarks)


def _changes_something(batch: Batch, change: Change) -> bool:
    stored = batch.objects.get(change.id)
    props = change.set.items()
    return stored is None or any(stored.element.get(name) != value for name, value in props)


def _elements(batch: Batch) -> dict[str, Element]:
    return {key: stored.element for key, stored in batch.objects.items()}


def _remarks(result: Yielded, scene: dict[str, Element]) -> tuple[str, ...]:
    left, gone = things(result.left, scene), things(result.gone, scene)
    remarks = [f"Left {left} as somebody edited them since you asked."] if left else []
    remarks += [f"Somebody removed {gone} meanwhile."] if gone else []
    return tuple(remarks)
