"""What of a job's changes yields: who edits after it was asked for wins (rule U7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.scene.elements import ElementView
from app.domain.sync.groups import PASSIVE_GROUPS, group_of, of_group
from app.domain.sync.ledger import Ledger
from app.domain.sync.messages import Change
from app.domain.sync.undo import StoredScene, with_belongings


@dataclass(frozen=True)
class Yielded:
    """`changes` is what the job still may do; `left` are objects that stay, wholly or in part, as a
    person made them, `gone` those that were to be changed but were removed meanwhile."""

    changes: tuple[Change, ...]
    left: tuple[str, ...]
    gone: tuple[str, ...]


def yielding(
    changes: Sequence[Change],
    scene: StoredScene,
    seen: Mapping[str, ElementView],
    asked: int,
    ledger: Ledger,
) -> Yielded:
    """Given the scene as it is, as the job saw it, and the number of the newest change when the job
    was asked for. `scene` holds at least every object that the job changes."""
    newer = {change.id: _newer(change, scene, seen, asked, ledger) for change in changes}
    deleting = {c.id for c in changes if c.set.get("isDeleted") and c.id in scene}
    staying = {key for key in deleting if newer[key]}
    staying = with_belongings(deleting, staying, scene)
    left: set[str] = set()
    gone: set[str] = set()
    kept: list[Change] = []
    for change in changes:
        stored = scene.get(change.id)
        if change.id in staying:
            left.add(change.id)
            continue
        if stored is not None and stored.element["isDeleted"] and not change.create:
            if "isDeleted" not in change.set:
                gone.add(change.id)
            continue
        props = {k: v for k, v in change.set.items() if group_of(k) not in newer[change.id]}
        if len(props) < len(change.set):
            left.add(change.id)
        if props:
            kept.append(Change(change.id, props, change.create))
    return Yielded(tuple(kept), tuple(sorted(left)), tuple(sorted(gone)))


def _newer(
    change: Change,
    scene: StoredScene,
    seen: Mapping[str, ElementView],
    asked: int,
    ledger: Ledger,
) -> set[str]:
    """The groups that a person wrote since the job was asked, or anybody since it looked."""
    stored, before = scene.get(change.id), seen.get(change.id)
    if stored is None:
        return set()
    groups = {
        group
        for group, origin in stored.group_seq.items()
        if origin > asked and ledger.is_persons(origin)
    }
    if before is not None:
        groups |= {
            group
            for group in stored.group_seq
            if of_group(stored.element, group) != of_group(before, group)
        }
    return groups - PASSIVE_GROUPS
