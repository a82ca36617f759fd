"""A scene being changed: a copy to work on, which at the end has a list of what is different."""

from collections.abc import Iterable, Sequence
from typing import Any

from fractional_indexing import generate_n_keys_between

from app.domain.scene.elements import Element, number_in_order

ElementChange = dict[str, Any]


class Draft:
    """Elements by id, in drawing order. Values inside an element are replaced, never mutated,
    so that the originals stay what they were."""

    def __init__(self, scene: Iterable[Element]) -> None:
        self._before = {e["id"]: e for e in scene if not e.get("isDeleted")}
        order = sorted(self._before.values(), key=lambda e: (e.get("index") or "", e["id"]))
        self.elements: dict[str, Element] = {e["id"]: dict(e) for e in order}
        self._last = max((e["index"] for e in order if e.get("index")), default=None)

    def add(self, elements: Sequence[Element]) -> None:
        """New elements, drawn above everything else."""
        if not elements:
            return
        number_in_order(elements, self._last)
        self._last = elements[-1]["index"]
        self.elements.update((element["id"], element) for element in elements)

    def add_below(self, elements: Sequence[Element], index: str) -> None:
        """New elements, drawn just below the one with this order key."""
        lower = [
            e["index"] for e in self.elements.values() if e.get("index") and e["index"] < index
        ]
        keys = generate_n_keys_between(max(lower, default=None), index, len(elements))
        for element, key in zip(elements, keys, strict=True):
            element["index"] = key
            self.elements[element["id"]] = element

    def remove(self, element_id: str) -> None:
        self.elements.pop(element_id, None)

    def is_new(self, element_id: str) -> bool:
        return element_id not in self._before

    def new(self) -> list[Element]:
        return [element for key, element in self.elements.items() if key not in self._before]

    def changes(self) -> list[ElementChange]:
        """What to commit: whole new elements, changed properties, deletions."""
        changes: list[ElementChange] = []
        for key, element in self.elements.items():
            before = self._before.get(key)
            if before is None:
                changes.append({"id": key, "create": True, "set": element})
                continue
            props = {name: v for name, v in element.items() if before.get(name, _ABSENT) != v}
            if props:
                changes.append({"id": key, "set": props})
        gone = [key for key in self._before if key not in self.elements]
        return changes + [{"id": key, "set": {"isDeleted": True}} for key in gone]


_ABSENT = object()
