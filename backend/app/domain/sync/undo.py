"""Undo: which changes take a change set back, without taking what others did since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.sync.merge import StoredObject
from app.domain.sync.messages import Change
from app.domain.sync.references import bound_to, repair_references

# Others' arrows hang on an object without anybody having edited it.
PASSIVE_GROUPS = frozenset({"links", "order"})


@dataclass(frozen=True)
class UndoPlan:
    """`taken_back` become as they were; `kept` stay, because somebody edited them since."""

    changes: tuple[Change, ...]
    taken_back: tuple[str, ...]
    kept: tuple[str, ...]


def plan_undo(
    inverse: Sequence[Mapping[str, Any]],
    first_seq: int,
    last_seq: int,
    scene: Mapping[str, StoredObject],
) -> UndoPlan:
    """Take back the change set `first_seq..last_seq`, given every object of the canvas by id.

    What it created is deleted and what it changed gets its earlier properties, group by group,
    unless somebody wrote them since. A created shape that was edited stays with its label and its
    arrows to what also stays; no arrow is left that points to something deleted.
    """
    created = {entry["id"] for entry in inverse if entry["created"]}
    drawn = {key for key in created if key in scene and not _is_deleted(scene[key])}
    kept = _kept(drawn, last_seq, scene)
    changes: dict[str, dict[str, Any]] = {key: {"isDeleted": True} for key in drawn - kept}
    left: set[str] = set(kept)
    for entry in reversed(inverse):
        object_id = entry["id"]
        if object_id in created:
            continue
        if object_id not in scene:
            left.add(object_id)
            continue
        for group, before in entry["groups"].items():
            if first_seq <= scene[object_id].group_seq.get(group, 0) <= last_seq:
                changes.setdefault(object_id, {}).update(before)
            elif group not in PASSIVE_GROUPS:
                left.add(object_id)
    taken_back = tuple(sorted(changes))
    _repair(changes, scene)
    return UndoPlan(
        tuple(Change(key, props) for key, props in changes.items()), taken_back, tuple(sorted(left))
    )


def _repair(changes: dict[str, dict[str, Any]], scene: Mapping[str, StoredObject]) -> None:
    after = {key: {**stored.element, **changes.get(key, {})} for key, stored in scene.items()}
    for key, props in repair_references(after, changes.keys()).items():
        changes.setdefault(key, {}).update(props)


def _kept(drawn: set[str], last_seq: int, scene: Mapping[str, StoredObject]) -> set[str]:
    """Drawn objects that stay: edited ones, and what belongs to them."""
    kept = {key for key in drawn if _was_edited(scene[key], last_seq)}
    for key, stored in scene.items():
        container = stored.element.get("containerId")
        if key not in drawn and container in drawn and not _is_deleted(stored):
            kept.add(container)  # somebody wrote into it
    while True:
        more = set(_belonging(drawn, kept, scene)) - kept
        if not more:
            return kept
        kept |= more


def _belonging(drawn: set[str], kept: set[str], scene: Mapping[str, StoredObject]) -> Iterator[str]:
    """A label and its container stay together; an arrow stays with its ends."""
    for key in drawn:
        element = scene[key].element
        container = element.get("containerId")
        if container in drawn and key in kept:
            yield container
        elif container in kept:
            yield key
        ends = {target for target, kind in bound_to(element) if kind == "arrow"}
        if ends & kept and all(_stays(end, drawn, kept, scene) for end in ends):
            yield key


def _stays(key: str, drawn: set[str], kept: set[str], scene: Mapping[str, StoredObject]) -> bool:
    return key in kept or (key not in drawn and key in scene and not _is_deleted(scene[key]))


def _was_edited(stored: StoredObject, last_seq: int) -> bool:
    """Arrows and labels move along with what they hang on: that alone is no edit of them."""
    passive = PASSIVE_GROUPS | ({"geometry"} if any(bound_to(stored.element)) else set())
    return any(seq > last_seq for group, seq in stored.group_seq.items() if group not in passive)


def _is_deleted(stored: StoredObject) -> bool:
    return bool(stored.element["isDeleted"])
