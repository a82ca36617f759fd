"""The one write path of scenes, which people's edits and jobs' drawings share.

A change is durable before it is published to anyone, its author included. The order of a canvas is
its `head_seq`, raised in the committing transaction under the row's lock, so that commit order and
sequence order are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.domain.access.policy import Rule, may
from app.domain.errors import DomainError, Invalid, NotAllowed, NotFound, OutOfOrder
from app.domain.sync.merge import Gone, Merged, StoredObject, merge
from app.domain.sync.messages import Change
from app.models.ids import new_id
from app.services.scene_batch import (
    Batch,
    finish,
    load,
    load_authors,
    lock,
    require_capacity,
    store,
)
from app.services.scene_repair import Follows, repairs
from app.services.unit_of_work import UnitOfWork, unit_of_work
from app.utils.crash_point import crash_point


@dataclass(frozen=True)
class Push:
    """One author's changes. `client_id` and `n` make a browser's batch apply exactly once, and only
    right after its batch `after` (None: n - 1).

    `undoes` is the change set that they take back, `redoes` the one that they do again, `restores`
    the version that they go back to. `follows` says which arrows and labels have to be brought
    along with their shapes (`scene_repair`).
    """

    user_id: str
    changes: tuple[Change, ...]
    client_id: str | None = None
    n: int = 0
    job_id: str | None = None
    undoes: str | None = None
    redoes: str | None = None
    restores: int | None = None
    follows: Follows = "left_behind"
    after: int | None = None


@dataclass(frozen=True)
class Applied:
    """What became of one push. `refused` lists object ids that no longer exist."""

    first_seq: int
    last_seq: int
    change_set_id: str | None
    count: int
    refused: tuple[str, ...] = ()


def commit_pushes(canvas_id: str, pushes: Sequence[Push]) -> list[Applied | DomainError]:
    """Commit several authors' pushes in one transaction and publish one frame to the room.

    A push that is refused (role, validity, size) answers with its error and changes nothing, not
    even its client's `last_n`: the client splits it, or gives it up, knowing why. The others are
    not affected. Roles are read again here, inside the transaction.

    Raises:
        NotFound: the canvas is gone.
    """
    with unit_of_work() as work:
        work.after_commit(partial(crash_point, "after_edit_commit"))
        batch = lock(canvas_id)
        load(batch, (change.id for push in pushes for change in push.changes))
        clients = (push.client_id for push in pushes if push.client_id)
        load_authors(batch, (push.user_id for push in pushes), clients)
        answers = [_answer(batch, push) for push in pushes]
        finish(work, batch)
    return answers


def apply_changes(
    work: UnitOfWork,
    *,
    canvas_id: str,
    user_id: str,
    changes: Sequence[Change | dict[str, Any]],
    job_id: str | None = None,
) -> Applied:
    """Apply changes inside the caller's transaction; all or nothing.

    Raises:
        NotFound: the canvas is gone, or the user is no member any more.
        NotAllowed: the user may no longer edit.
        ElementRejected: a change is not valid.
    """
    plain = [as_change(change) for change in changes]
    return apply_locked(work, lock(canvas_id), Push(user_id, tuple(plain), job_id=job_id))


def apply_locked(work: UnitOfWork, batch: Batch, push: Push) -> Applied:
    """Apply changes that were made under the lock (an undo, a restore); raises as above."""
    load(batch, (change.id for change in push.changes))
    load_authors(batch, [push.user_id])
    applied = _apply(batch, push)
    finish(work, batch)
    return applied


def as_change(raw: Change | dict[str, Any]) -> Change:
    if isinstance(raw, Change):
        return raw
    return Change(raw["id"], dict(raw["set"]), bool(raw.get("create")))


def _answer(batch: Batch, push: Push) -> Applied | DomainError:
    try:
        return _apply(batch, push)
    except DomainError as error:
        return error


def _apply(batch: Batch, push: Push) -> Applied:
    role = batch.roles.get(push.user_id)
    if role is None:
        raise NotFound("Canvas not found.")
    if not may(role, Rule.CANVAS_EDIT):
        raise NotAllowed("As viewer of this canvas you may not edit it.")
    if _is_repeated(batch, push):
        return Applied(batch.head, batch.head, None, 0)
    current: dict[str, StoredObject] = {}
    merged, refused = _merge_all(batch, push.changes, current)
    fixes = repairs(batch, current, by_job=push.job_id is not None, follows=push.follows)
    merged += _merge_all(batch, fixes, current, after=len(merged))[0]
    first = batch.head + 1
    author = f"job:{push.job_id}" if push.job_id else push.user_id
    for item in merged:
        store(batch, item, push.user_id, author)
    change_set_id = _record(batch, push, first, merged)
    if push.client_id:
        batch.acks[push.client_id] = push.n
        batch.clients[push.client_id] = (push.user_id, push.n)
    return Applied(first, batch.head, change_set_id, len(merged), refused)


def _merge_all(
    batch: Batch, changes: Sequence[Change], current: dict[str, StoredObject], after: int = 0
) -> tuple[list[Merged], tuple[str, ...]]:
    """Merge all changes of a push before any is stored, so that a bad one leaves no trace.

    `current` gets the objects as the push leaves them; `after` so many merged before these.
    """
    merged: list[Merged] = []
    refused: list[str] = []
    growth = 0
    for change in changes:
        existing = current.get(change.id) or batch.objects.get(change.id)
        seq = batch.head + after + len(merged) + 1
        try:
            result = merge(existing, change, seq=seq, updated_ms=batch.now_ms)
        except Gone:
            refused.append(change.id)
            continue
        if not result.set:
            continue
        growth += _is_live(result.stored) - _is_live(existing)
        current[change.id] = result.stored
        merged.append(result)
    require_capacity(batch, growth)
    return merged, tuple(refused)


def _is_live(stored: StoredObject | None) -> int:
    return int(stored is not None and not stored.element["isDeleted"])


def _record(batch: Batch, push: Push, first: int, merged: list[Merged]) -> str | None:
    if not merged:
        return None
    change_set_id = new_id()
    batch.change_sets.append(
        {
            "id": change_set_id,
            "canvas_id": batch.canvas_id,
            "user_id": push.user_id,
            "job_id": push.job_id,
            "undoes": push.undoes,
            "redoes": push.redoes,
            "restores": push.restores,
            "first_seq": first,
            "last_seq": batch.head,
            "inverse": [item.inverse for item in merged],
        }
    )
    return change_set_id


def _is_repeated(batch: Batch, push: Push) -> bool:
    """Whether this batch of a browser's tab was applied already.

    Raises:
        Invalid: the tab is another person's; theirs is not to be moved on.
        OutOfOrder: what comes before it is not applied.
    """
    if push.client_id is None:
        return False
    user_id, last_n = batch.clients.get(push.client_id, (push.user_id, 0))
    if user_id != push.user_id:
        raise Invalid(fields={"client_id": "belongs to somebody else"})
    after = push.n - 1 if push.after is None else push.after
    if push.n > last_n and after != last_n:
        raise OutOfOrder(last_n)
    return push.n <= last_n
