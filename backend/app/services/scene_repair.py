"""What a push leaves to be put right: references that hold, arrows and labels that follow.

Runs in the transaction, under the canvas's lock, whoever edits; everybody is told, the author too.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from app.domain.scene.elements import ElementView
from app.domain.sync.follow import CLOSE, NEAR, follow, has_moved, is_apart
from app.domain.sync.labels import settled, shifted
from app.domain.sync.merge import StoredObject
from app.domain.sync.messages import Change
from app.domain.sync.references import (
    ENDS,
    REFERENCES,
    Props,
    bound_to,
    listed,
    referred,
    repair_references,
)
from app.services.scene_batch import Batch, load

Follows = Literal["none", "left_behind", "all"]
"""What moved shapes bring along: nothing (it was right as a whole), what their author did not know
of, or whatever hangs on a changed shape (the author looked at another scene)."""

_SEEN = 0.02  # pixels: less is rounding


def repairs(
    batch: Batch, current: Mapping[str, StoredObject], *, by_job: bool, follows: Follows
) -> list[Change]:
    """The changes that put right what `current`, the objects as a push leaves them, needs.

    A job's repairs are its own, and undone with it; others leave every value whose it was.
    """
    return _Repair(batch, current, follows, by_job).changes()


class _Repair:
    def __init__(
        self, batch: Batch, current: Mapping[str, StoredObject], follows: Follows, by_job: bool
    ) -> None:
        self._batch, self._current, self._follows = batch, current, follows
        self._by_job = by_job
        self._set: dict[str, Props] = {}

    def changes(self) -> list[Change]:
        touched = {key for key in self._current if self._refers_otherwise(key)}
        if touched:
            self._load_around(touched)
            for key, props in repair_references(self._scene(), touched).items():
                self._set[key] = props
        if self._follows != "none":
            self._bring_along()
        return [
            Change(key, props, origins={} if self._by_job else self._stored(key).group_seq)
            for key, props in self._set.items()
        ]

    def _bring_along(self) -> None:
        self._bring_labels()
        self._bring_arrows()
        if self._follows == "all":
            self._settle_labels()

    def _bring_arrows(self) -> None:
        arrows = self._arrows()
        if arrows:
            live = {k: e for k, e in self._scene().items() if not e.get("isDeleted")}
            near = CLOSE if self._follows == "all" else NEAR
            for key, props in follow(live, arrows, near).items():
                self._set.setdefault(key, {}).update(props)

    def _stored(self, key: str) -> StoredObject:
        return self._current.get(key) or self._batch.objects[key]

    def _before(self, key: str) -> ElementView | None:
        stored = self._batch.objects.get(key)
        return stored.element if stored else None

    def _now(self, key: str) -> ElementView | None:
        """The object as the push, and what was put right so far, leave it."""
        stored = self._current.get(key) or self._batch.objects.get(key)
        return {**stored.element, **self._set.get(key, {})} if stored else None

    def _scene(self) -> dict[str, ElementView]:
        keys = self._batch.objects.keys() | self._current.keys()
        return {key: self._now(key) or {} for key in keys}

    def _refers_otherwise(self, key: str) -> bool:
        before, now = self._before(key), self._current[key].element
        if before is None:
            return bool(referred(now)) or now["type"] != "freedraw"
        return any(before.get(name) != now.get(name) for name in REFERENCES)

    def _load_around(self, touched: Iterable[str]) -> None:
        """Everything that the touched objects mention or mentioned, and what hangs on that."""
        states = [state for key in touched for state in (self._before(key), self._now(key))]
        mentioned = {other for state in states if state for other in referred(state)}
        load(self._batch, mentioned - self._current.keys())
        shapes = {t for key in touched for t, _ in bound_to(self._now(key) or {})} | set(touched)
        found = [state for key in shapes for state in (self._before(key), self._now(key))]
        load(self._batch, {i for state in found if state for i in listed(state)})

    def _moved(self) -> list[tuple[str, ElementView, ElementView]]:
        """Shapes that this push moved: (id, before, now)."""
        moved = []
        for key in self._current:
            before, now = self._before(key), self._now(key)
            if before is None or now is None or now["isDeleted"] or now["type"] == "arrow":
                continue
            if has_moved(before, now):
                moved.append((key, before, now))
        return moved

    def _bring_labels(self) -> None:
        """A label that somebody else wrote meanwhile is not left behind."""
        for key, before, now in self._moved():
            left = [other for other in listed(now) if other not in self._current]
            load(self._batch, left)
            for other in left:
                text = self._now(other)
                if text and text.get("containerId") == key and other not in self._set:
                    self._set[other] = shifted(text, before, now)

    def _settle_labels(self) -> None:
        """Those of everything that changed, each against its shape."""
        changed = self._current.keys() | self._set.keys()
        labels = {key for key in changed if (self._now(key) or {}).get("containerId")}
        labels |= {other for key in changed for other in listed(self._now(key) or {})}
        load(self._batch, labels)
        shapes = {key: str((self._now(key) or {}).get("containerId")) for key in labels}
        load(self._batch, shapes.values())
        for key, shape_id in sorted(shapes.items()):
            words, shape = self._now(key), self._now(shape_id)
            if not words or not shape or words["isDeleted"] or shape["isDeleted"]:
                continue
            place = settled((self._there(key), words), (self._there(shape_id), shape))
            if any(abs(words[name] - value) >= _SEEN for name, value in place.items()):
                self._set.setdefault(key, {}).update(place)

    def _there(self, key: str) -> ElementView | None:
        before = self._before(key)
        return None if before is None or before["isDeleted"] else before

    def _arrows(self) -> set[str]:
        """Arrows that may have to follow: those that their author did not know of, and those
        whose other end's shape somebody else moved."""
        moved = {key for key, _, _ in self._moved()}
        arrows = {
            i
            for key, _, now in ((k, b, n) for k, b, n in self._moved())
            for i in listed(now)
            if i not in self._current
        }
        load(self._batch, arrows)
        for key, stored in self._current.items():
            if stored.element["type"] == "arrow" and not stored.element["isDeleted"]:
                arrows |= (
                    {key} if self._by_job else self._with_a_stray_end(key, stored.element, moved)
                )
        if self._follows == "all":
            arrows |= self._all_arrows()
        ends = {t for key in arrows for t, _ in bound_to(self._now(key) or {})}
        load(self._batch, ends | {i for key in arrows for i in listed(self._now(key) or {})})
        return arrows

    def _with_a_stray_end(self, key: str, arrow: ElementView, moved: set[str]) -> set[str]:
        """Who drags a shape brings its arrows' near ends along, and leaves the far ends where they
        saw them. An arrow that is drawn itself is left to whoever draws it."""
        targets = {end: arrow[end]["elementId"] for end in ENDS if arrow.get(end)}
        far = {end: t for end, t in targets.items() if t not in self._current}
        if not far or not moved & set(targets.values()):
            return set()
        load(self._batch, far.values())
        shapes: dict[str, Any] = {t: self._now(t) for t in far.values() if self._now(t)}
        return {key} if any(is_apart(shapes, arrow, end) for end in far) else set()

    def _all_arrows(self) -> set[str]:
        return {
            key
            for key, element in self._scene().items()
            if element["type"] == "arrow" and not element["isDeleted"]
            if any(
                target in self._current or key in self._current for target, _ in bound_to(element)
            )
        }
