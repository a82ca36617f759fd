"""History: earlier scenes out of today's and the inverses of what happened since; pure.

A version of a canvas is named by the number of the last change in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.sync.groups import group_of, of_group, touched_groups
from app.domain.sync.messages import Change

PAUSE = timedelta(minutes=2)  # who edits on after a longer pause begins a new version
SPAN = timedelta(minutes=10)  # however long people go on without one

Inverse = Sequence[Mapping[str, Any]]
Element = dict[str, Any]


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


def gather(inverses: Iterable[Inverse]) -> list[dict[str, Any]]:
    """One inverse in place of several that follow each other: of each group the earliest state."""
    gathered: dict[str, dict[str, Any]] = {}
    for inverse in inverses:
        for entry in inverse:
            known = gathered.setdefault(
                entry["id"], {"id": entry["id"], "created": entry["created"], "groups": {}}
            )
            if not known["created"]:
                known["groups"] = {**entry["groups"], **known["groups"]}
    return list(gathered.values())


def changes_to(target: Mapping[str, Element], current: Mapping[str, Element]) -> list[Change]:
    """What makes the scene `current` look like `target` (both with deleted objects)."""
    changes: list[Change] = []
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
