"""Undo and redo of what a job changed, without taking what people did since (rules U1 to U6).

Every value of an object lies in a pile: who came later lies on top, and only the top is seen. Undo
takes a job's values out of their piles, wherever they lie; redo puts them back where they were.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.sync.groups import PASSIVE_GROUPS
from app.domain.sync.history import Inverse, fold
from app.domain.sync.ledger import JobSet, Ledger, Value
from app.domain.sync.merge import StoredObject
from app.domain.sync.messages import Change
from app.domain.sync.references import Props, bound_to

StoredScene = Mapping[str, StoredObject]


@dataclass(frozen=True)
class UndoPlan:
    """`taken_back` become as they were (or, of a redo, as the job made them). `kept` stay, because
    a person edited them, or what they belong to, since; `covered`, because a later job changed
    them. `gone` were deleted so long ago that they are forgotten."""

    changes: tuple[Change, ...]
    taken_back: tuple[str, ...]
    kept: tuple[str, ...]
    covered: tuple[str, ...]
    gone: tuple[str, ...] = ()


@dataclass
class _Plan:
    changes: dict[str, Props] = field(default_factory=dict)
    origins: dict[str, dict[str, int]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    covered: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def give_back(self, object_id: str, group: str, props: Props, origin: int) -> None:
        self.changes.setdefault(object_id, {}).update(props)
        self.origins.setdefault(object_id, {})[group] = origin

    def note_gone(self, entry: Mapping[str, Any]) -> None:
        if entry["created"] or not PASSIVE_GROUPS.issuperset(entry["groups"]):
            self.gone.add(entry["id"])

    def done(self) -> UndoPlan:
        changes = (Change(k, props, origins=self.origins[k]) for k, props in self.changes.items())
        return UndoPlan(
            tuple(changes),
            tuple(sorted(self.changes)),
            tuple(sorted(self.kept)),
            tuple(sorted(self.covered - self.kept)),
            tuple(sorted(self.gone)),
        )


def plan_undo(done: JobSet, inverse: Inverse, scene: StoredScene, ledger: Ledger) -> UndoPlan:
    """Take back what a job changed, given every object of the canvas by id.

    What it created is deleted, what it changed becomes what lies under it in each property group,
    unless somebody wrote that since. A created shape that a person edited stays with its label and
    its arrows to what also stays.
    """
    plan = _Plan()
    created = {entry["id"] for entry in inverse if entry["created"]}
    drawn = {key for key in created if key in scene and not _is_deleted(scene[key])}
    plan.kept |= _kept(drawn, done.last_seq, scene, ledger)
    for key in sorted(drawn - plan.kept):
        plan.give_back(key, "deleted", {"isDeleted": True}, 0)
    for entry in fold([inverse]):
        object_id = entry["id"]
        stored = scene.get(object_id)
        if object_id in created:
            continue
        if stored is None:
            plan.note_gone(entry)
            continue
        for group in entry["groups"]:
            origin = stored.group_seq.get(group, 0)
            if done.made(origin):
                value = _underneath(done, object_id, group, stored, ledger)
                if value is not None:
                    plan.give_back(object_id, group, *value)
            elif origin > done.last_seq and group not in PASSIVE_GROUPS:
                _note(plan, object_id, origin, ledger)
    return plan.done()


def _note(plan: _Plan, object_id: str, origin: int, ledger: Ledger) -> None:
    (plan.kept if ledger.is_persons(origin) else plan.covered).add(object_id)


def _underneath(
    done: JobSet, object_id: str, group: str, stored: StoredObject, ledger: Ledger
) -> Value | None:
    """The value below the job's, and whose it is: what was undone since lies in no pile."""
    below, value = done, ledger.before(done, object_id, group)
    while value is not None:
        value = ledger.between(value[1], below, object_id, group) or value
        under = ledger.job_set(value[1])
        if under is None or not ledger.is_undone(under) or ledger.was_undone(under, below):
            return value  # what was seen below the job although it was undone had stayed: as here
        if group == "deleted" and ledger.created(under, object_id):
            is_kept = _was_edited(stored, under.last_seq, ledger)
            return value if is_kept else ({"isDeleted": True}, 0)
        lower = ledger.before(under, object_id, group)
        if lower is None:
            return value
        below, value = under, lower
    return None


def plan_redo(done: JobSet, inverse: Inverse, scene: StoredScene, ledger: Ledger) -> UndoPlan:
    """Do again what an undone job had done, below what came after it."""
    plan = _Plan()
    values = ledger.values(done)
    for entry in fold([inverse]):
        object_id = entry["id"]
        stored = scene.get(object_id)
        if stored is None:
            plan.note_gone(entry)
            continue
        for group in ["deleted"] if entry["created"] else entry["groups"]:
            origin = stored.group_seq.get(group, 0)
            if origin < done.first_seq and (object_id, group) in values:
                plan.give_back(object_id, group, *values[object_id, group])
            elif origin > done.last_seq and group not in PASSIVE_GROUPS:
                _note(plan, object_id, origin, ledger)
    return plan.done()


def _kept(drawn: set[str], last_seq: int, scene: StoredScene, ledger: Ledger) -> set[str]:
    """Drawn objects that stay: those that people edited, and what belongs to them."""
    kept = {key for key in drawn if _was_edited(scene[key], last_seq, ledger)}
    for key, stored in scene.items():
        container = stored.element.get("containerId")
        is_foreign = key not in drawn and container in drawn and not _is_deleted(stored)
        if is_foreign and container and _was_edited(stored, last_seq, ledger):
            kept.add(container)  # somebody wrote into it
    return with_belongings(drawn, kept, scene)


def with_belongings(going: set[str], kept: set[str], scene: StoredScene) -> set[str]:
    """Of what is going: the kept, and what belongs to them."""
    kept = set(kept)
    while True:
        more = set(_belonging(going, kept, scene)) - kept
        if not more:
            return kept
        kept |= more


def _belonging(going: set[str], kept: set[str], scene: StoredScene) -> Iterator[str]:
    """A label and its container stay together; an arrow stays with its ends."""
    for key in going:
        element = scene[key].element
        container = element.get("containerId")
        if container in going and key in kept:
            yield container
        elif container in kept:
            yield key
        ends = {target for target, kind in bound_to(element) if kind == "arrow"}
        if ends & kept and all(_stays(end, going, kept, scene) for end in ends):
            yield key


def _stays(key: str, going: set[str], kept: set[str], scene: StoredScene) -> bool:
    return key in kept or (key not in going and key in scene and not _is_deleted(scene[key]))


def _was_edited(stored: StoredObject, last_seq: int, ledger: Ledger) -> bool:
    """Whether a person edited it since, also below what a later job did. Arrows and labels move
    along with what they hang on: that alone is no edit of them."""
    passive = PASSIVE_GROUPS | ({"geometry"} if any(bound_to(stored.element)) else set())
    return any(
        ledger.is_persons(origin)
        for group, top in stored.group_seq.items()
        if group not in passive
        for origin in _pile(stored.element["id"], group, top, last_seq, ledger)
    )


def _pile(object_id: str, group: str, top: int, last_seq: int, ledger: Ledger) -> Iterator[int]:
    """The numbers of the changes that lie there above change `last_seq`, from the top down."""
    origin = top
    while origin > last_seq:
        yield origin
        job_set = ledger.job_set(origin)
        value = ledger.before(job_set, object_id, group) if job_set else None
        origin = value[1] if value else 0


def _is_deleted(stored: StoredObject) -> bool:
    return bool(stored.element["isDeleted"])
