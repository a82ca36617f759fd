"""History: earlier scenes out of today's and the inverses of what happened since; pure.

A version of a canvas is named by the number of the last change in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.domain.scene.elements import Element
from app.domain.sync.groups import group_of, of_group, touched_groups
from app.domain.sync.messages import Change

PAUSE = timedelta(minutes=2)  # edits after a longer pause begin a new version
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


def scene_before(objects: Mapping[str, Element], newer: Iterable[Inverse]) -> dict[str, Element]:
    """The objects as they were before the change sets `newer`, of which the newest comes first.

    `objects` are today's by id, deleted ones included; so are those of the answer.
    """
    scene = dict(objects)
    for inverse in newer:
        for entry in reversed(inverse):
            if entry["created"]:
                scene.pop(entry["id"], None)
            elif entry["id"] in scene:
                scene[entry["id"]] = _with_groups(scene[entry["id"]], entry["groups"])
    return scene


def _with_groups(element: Element, groups: Mapping[str, Mapping[str, Any]]) -> Element:
    kept = {name: value for name, value in element.items() if group_of(name) not in groups}
    for before in groups.values():
        kept.update(before)
    return kept


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
            known = gathered.setdefault(
                entry["id"], {"id": entry["id"], "created": entry["created"], "groups": {}}
            )
            if not known["created"]:
                known["groups"] = {**entry["groups"], **known["groups"]}
            if "deleted" in entry and known.pop("deleted", None) is None:
                known["deleted"] = entry["deleted"]  # there and back again is neither
    return list(gathered.values())


def changes_to(target: Mapping[str, Element], current: Mapping[str, Element]) -> list[Change]:
    """What makes the scene `current`, deleted objects included, look like `target`."""
    changes = [
        Change(object_id, dict(element), create=True)
        for object_id, element in target.items()
        if object_id not in current and not element["isDeleted"]
    ]
    for object_id, element in current.items():
        wanted = target.get(object_id)
        if wanted is None or wanted["isDeleted"]:
            if not element["isDeleted"]:
                changes.append(Change(object_id, {"isDeleted": True}))
            continue
        props: dict[str, Any] = {}
        for group in touched_groups([*wanted, *element]):
            if of_group(wanted, group) != of_group(element, group):
                props.update(of_group(wanted, group))
        if props:
            changes.append(Change(object_id, props))
    return changes
