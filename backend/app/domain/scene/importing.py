"""An .excalidraw document put beside a scene: what can be shown is taken, the rest counted."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import ElementRejected
from app.domain.layout.geometry import Rect, bounds
from app.domain.scene.elements import Element, number_in_order, rect_of
from app.domain.scene.validate import validate_element

BESIDE = 100  # between what was there and what comes
_USABLE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_FIRST_KEY = "a0"  # stands in for the order that the document's own sequence gives


@dataclass(frozen=True)
class Imported:
    """Elements ready to be created, bottom first; and how many could not be taken."""

    elements: list[Element]
    skipped: int


def import_elements(
    raw_elements: Sequence[Any],
    file_ids: Mapping[str, str],
    scene: Sequence[Element],
    new_id: Callable[[], str],
) -> Imported:
    """What of a document can be put beside `scene`.

    `file_ids` says which picture each of the document's became. Where there is something already,
    everything that comes gets new ids, so that a drawing can be imported twice.
    """
    fresh = _Names(new_id, keep=not scene)
    clean = [element for raw in raw_elements if (element := _taken(raw, file_ids, fresh))]
    unique = list({element["id"]: element for element in clean}.values())
    _move_beside(unique, scene)
    top = max((element["index"] for element in scene), default=None)
    number_in_order(unique, top)
    return Imported(unique, len(raw_elements) - len(unique))


class _Names:
    """One new name for each old one, or the old one where that is free and usable."""

    def __init__(self, new_id: Callable[[], str], *, keep: bool) -> None:
        self._new_id, self._keep = new_id, keep
        self._known: dict[str, str] = {}

    def __call__(self, old: Any) -> Any:
        if not isinstance(old, str) or (self._keep and _USABLE_ID.fullmatch(old)):
            return old
        return self._known.setdefault(old, self._new_id())


def _taken(raw: Any, file_ids: Mapping[str, str], fresh: _Names) -> Element | None:
    if not isinstance(raw, Mapping):
        return None
    try:
        element = validate_element({**raw, **_renamed(raw, fresh), "index": _FIRST_KEY})
    except ElementRejected:
        return None
    element.pop("customData", None)  # which job drew it means nothing here
    if element["type"] != "image":
        return element
    picture = file_ids.get(str(raw.get("fileId")))
    return {**element, "fileId": picture, "status": "saved"} if picture else None


def _renamed(raw: Mapping[str, Any], fresh: _Names) -> dict[str, Any]:
    """Every property that names an element or a group, in the new names; bad ones as they are."""
    names: dict[str, Any] = {"id": fresh(raw.get("id"))}
    names |= {key: fresh(raw[key]) for key in ("containerId", "frameId") if key in raw}
    for key in ("startBinding", "endBinding"):
        if isinstance(raw.get(key), Mapping):
            names[key] = {**raw[key], "elementId": fresh(raw[key].get("elementId"))}
    if isinstance(raw.get("boundElements"), list):
        names["boundElements"] = list(_entries(raw["boundElements"], fresh))
    if isinstance(raw.get("groupIds"), list):
        names["groupIds"] = [fresh(group) for group in raw["groupIds"]]
    if raw.get("type") == "image":
        names["fileId"] = None
    return names


def _entries(raw: list[Any], fresh: _Names) -> Iterator[Any]:
    for entry in raw:
        yield {**entry, "id": fresh(entry.get("id"))} if isinstance(entry, Mapping) else entry


def _move_beside(elements: Sequence[Element], scene: Sequence[Element]) -> None:
    there: Rect | None = bounds(rect_of(element) for element in scene)
    coming = bounds(rect_of(element) for element in elements)
    if there is None or coming is None:
        return
    right, down = there.right + BESIDE - coming.x, there.y - coming.y
    for element in elements:
        element["x"] += right
        element["y"] += down
