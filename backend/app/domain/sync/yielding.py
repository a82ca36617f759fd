"""What of a job's changes yields: who edits after it was asked for wins (rule U7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.scene.elements import ElementView
from app.domain.sync.groups import PASSIVE_GROUPS, group_of, of_group, touched_groups
from app.domain.sync.labels import shifted
from app.domain.sync.ledger import Ledger
from app.domain.sync.messages import Change
from app.domain.sync.references import Props, bound_to
from app.domain.sync.undo import StoredScene, with_belongings


@dataclass(frozen=True)
class Yielded:
    """`changes` is what the job still may do; `left` are objects that stay, wholly or in part, as a
    person made them (but not what only belongs to them), `gone` those that were to be changed but
    were removed meanwhile."""

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
    was asked for. `scene` holds every object that the job changes, and every one that is there."""
    edits = _Edits(scene, seen, asked, ledger)
    deleting = {c.id for c in changes if c.set.get("isDeleted") and c.id in scene}
    staying = with_belongings(deleting, {key for key in deleting if edits.of(key)}, scene)
    left: set[str] = set()
    gone: set[str] = set()
    kept: dict[str, Change] = {}
    for change in changes:
        stored = scene.get(change.id)
        if change.id in staying:
            left |= {change.id} if edits.of(change.id) else set()
            continue
        if stored is not None and stored.element["isDeleted"] and not change.create:
            if "isDeleted" not in change.set:
                gone.add(change.id)
            continue
        newer = edits.of(change.id)
        wanted = edits.whole_geometry(change)
        props = {name: v for name, v in wanted.items() if group_of(name) not in newer}
        if len(props) < len(wanted):
            left.add(change.id)
        if props:
            kept[change.id] = Change(change.id, props, change.create)
    _put_labels_on(changes, kept, scene, seen)
    return Yielded(tuple(kept.values()), tuple(sorted(left)), tuple(sorted(gone)))


@dataclass
class _Edits:
    """What people wrote since the job was asked for, or anybody since it looked."""

    scene: StoredScene
    seen: Mapping[str, ElementView]
    asked: int
    ledger: Ledger
    _known: dict[str, set[str]] = field(default_factory=dict)

    def of(self, key: str) -> set[str]:
        """The property groups that the job leaves alone."""
        groups = self._written(key)
        return groups - {"geometry"} if "geometry" in groups and self._came_along(key) else groups

    def whole_geometry(self, change: Change) -> Props:
        """The change; with all of a course that was brought along meanwhile, not to mix the two."""
        before = self.seen.get(change.id)
        geometry = [name for name in change.set if group_of(name) == "geometry"]
        if before is None or not geometry or "geometry" not in self._written(change.id):
            return change.set
        return of_group({**before, **change.set}, "geometry") | change.set

    def _written(self, key: str) -> set[str]:
        if key not in self._known:
            stored, before = self.scene.get(key), self.seen.get(key)
            if stored is None:
                return set()
            self._known[key] = {
                group
                for group, origin in stored.group_seq.items()
                if (origin > self.asked and self.ledger.is_persons(origin))
                or (before and of_group(stored.element, group) != of_group(before, group))
            } - PASSIVE_GROUPS
        return self._known[key]

    def _came_along(self, key: str) -> bool:
        """Whether it is where it is because of what it hangs on: that alone is no edit of it."""
        now, before = self.scene[key].element, self.seen.get(key)
        if now.get("containerId"):
            return True
        if before is None:
            return False
        ends = [target for target, _ in bound_to(before)]
        there = [target for target in ends if self._is_there(target)]
        return there == [target for target, _ in bound_to(now)] and (
            there != ends or any("geometry" in self._written(target) for target in ends)
        )

    def _is_there(self, key: str) -> bool:
        return key in self.scene and not self.scene[key].element["isDeleted"]


def _put_labels_on(
    changes: Sequence[Change],
    kept: dict[str, Change],
    scene: StoredScene,
    seen: Mapping[str, ElementView],
) -> None:
    """A label goes where its container is, which may not be where the job wanted it."""
    wanted = {change.id: {**seen.get(change.id, {}), **change.set} for change in changes}
    for key, change in list(kept.items()):
        stored, groups = scene.get(key), touched_groups(change.set)
        container = str(stored.element.get("containerId")) if stored else ""
        meant = wanted.get(container) or seen.get(container)
        if not stored or meant is None or container not in scene or "geometry" not in groups:
            continue
        stays = kept[container].set if container in kept else {}
        found = {**scene[container].element, **stays}
        if found["type"] == "arrow":
            continue
        words = wanted[key] if "text" in groups else stored.element
        size = {name: words[name] for name in ("width", "height")}
        place = shifted(wanted[key], meant, found, words)
        kept[key] = Change(key, change.set | place | size)
