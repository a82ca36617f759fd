"""History: earlier scenes out of today's and the inverses of what happened since; pure.

A version of a canvas is named by the number of the last change in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.sync.groups import DERIVED, group_of, of_group_with, touched_groups
from app.domain.sync.merge import StoredObject
from app.domain.sync.messages import Change

PAUSE = timedelta(minutes=2)  # who edits on after a longer pause begins a new version
SPAN = timedelta(minutes=10)  # however long people go on without one

Inverse = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Span:
    """What is known of a change set without its content. `single` ones are versions of their own:
    what a job drew, an undo, a restore."""

    first_seq: int
    last_seq: int
    started: datetime
    ended: datetime
    single: bool


def follows(before: Span, after: Span) -> bool:
    """Whether two neighbours belong to one version."""
    return (
        not before.single
        and not after.single
        and before.last_seq + 1 == after.first_seq
        and after.started - before.ended <= PAUSE
        and after.ended - before.started <= SPAN
    )


def scene_before(
    objects: Mapping[str, StoredObject], newer: Iterable[Inverse]
) -> dict[str, StoredObject]:
    """The objects as they were before the change sets `newer`, of which the newest comes first.

    `objects` are today's by id, deleted ones included; so are those of the answer, and those that
    were not made yet: as they were made, but deleted.
    """
    scene = dict(objects)
    for inverse in newer:
        for entry in reversed(inverse):
            stored = scene.get(entry["id"])
            if stored is not None:
                scene[entry["id"]] = _unmade(stored) if entry["created"] else _before(stored, entry)
    return scene


def _unmade(stored: StoredObject) -> StoredObject:
    element = {**stored.element, "isDeleted": True}
    return StoredObject(element, {**stored.group_seq, "deleted": 0})


def _before(stored: StoredObject, entry: Mapping[str, Any]) -> StoredObject:
    groups = entry["groups"]
    element = {name: v for name, v in stored.element.items() if group_of(name) not in groups}
    for before in groups.values():
        element.update(before)
    origins = {group: origin_in(entry, group) for group in groups}
    return StoredObject(element, {**stored.group_seq, **origins})


def origin_in(entry: Mapping[str, Any], group: str) -> int:
    """The number of the change that had made the group's value; 0: it is not known (any more)."""
    return int(entry.get("origins", {}).get(group, 0))


@dataclass
class Tally:
    """How many objects a version added, changed and removed: what came and went is neither."""

    _before: dict[str, bool] = field(default_factory=dict)
    _after: dict[str, bool] = field(default_factory=dict)

    def add(self, inverse: Inverse) -> None:
        """One more change set, later than those before."""
        for entry in inverse:
            object_id, deleted = entry["id"], entry.get("deleted")
            was_there = not entry["created"] and deleted is not False
            self._before.setdefault(object_id, was_there)
            self._after[object_id] = (
                self._after.get(object_id, True) if deleted is None else not deleted
            )

    @property
    def added(self) -> int:
        return self._count(before=False, after=True)

    @property
    def changed(self) -> int:
        return self._count(before=True, after=True)

    @property
    def removed(self) -> int:
        return self._count(before=True, after=False)

    def _count(self, *, before: bool, after: bool) -> int:
        return sum(
            was == before and self._after[object_id] == after
            for object_id, was in self._before.items()
        )


def fold(inverses: Iterable[Inverse]) -> list[dict[str, Any]]:
    """One inverse in place of several that follow each other: of each group the earliest state."""
    gathered: dict[str, dict[str, Any]] = {}
    for inverse in inverses:
        for entry in inverse:
            fresh = {"id": entry["id"], "created": entry["created"], "groups": {}, "origins": {}}
            known = gathered.setdefault(entry["id"], fresh)
            if not known["created"]:
                known["groups"] = {**entry["groups"], **known["groups"]}
                known["origins"] = {**entry.get("origins", {}), **known["origins"]}
            if "deleted" in entry and known.pop("deleted", None) is None:
                known["deleted"] = entry["deleted"]  # there and back again is neither
    return list(gathered.values())


def changes_to(
    target: Mapping[str, StoredObject], current: Mapping[str, StoredObject]
) -> list[Change]:
    """What makes the scene `current`, deleted objects included, look like `target`, with every
    value given back to who made it. Empty if they look alike."""
    changes = [
        Change(object_id, dict(wanted.element), create=True, origins=wanted.group_seq)
        for object_id, wanted in target.items()
        if object_id not in current and not wanted.element["isDeleted"]
    ]
    silent: list[Change] = []
    for object_id, stored in current.items():
        wanted_object = target.get(object_id) or _unmade(stored)
        change, is_visible = _back(object_id, wanted_object, stored)
        if change.set:
            (changes if is_visible else silent).append(change)
    return changes and changes + silent


def _back(object_id: str, wanted: StoredObject, stored: StoredObject) -> tuple[Change, bool]:
    """The change, and whether anybody would see it: the same value may have been made anew, and
    what is deleted is given back as well, for whoever brings it back later."""
    props: dict[str, Any] = {}
    origins: dict[str, int] = {}
    is_visible = False
    names = wanted.element.keys() | stored.element.keys()
    for group in touched_groups(names):
        before, now = (of_group_with(names, o.element, group) for o in (wanted, stored))
        differs, origin = before != now, wanted.group_seq.get(group, 0)
        if differs or (group != DERIVED and origin != stored.group_seq.get(group, 0)):
            props |= before
            origins[group] = origin
            is_visible = is_visible or differs
    is_gone = wanted.element["isDeleted"] and stored.element["isDeleted"]
    return Change(object_id, props, origins=origins), is_visible and not is_gone
