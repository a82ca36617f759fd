"""References between objects: arrows and what they are bound to, texts and their containers.

A job, an undo or a restore changes many objects of a scene that people go on editing. Afterwards
nothing may refer to what is gone, and a shape has to name exactly the arrows and the text that
name it, else the editor leaves them behind when the shape is moved.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.domain.scene.elements import ElementView

ENDS = ("startBinding", "endBinding")
_OWNERS = ("containerId", "frameId")


def bound_to(element: ElementView) -> Iterator[tuple[str, str]]:
    """What an arrow or a label hangs on: (id, kind as `boundElements` names it)."""
    for end in ENDS:
        binding = element.get(end)
        if binding:
            yield binding["elementId"], "arrow"
    if element.get("containerId"):
        yield element["containerId"], "text"


def referred(element: ElementView) -> set[str]:
    """All ids that an element mentions."""
    ids = {target for target, _ in bound_to(element)}
    ids |= {entry["id"] for entry in element.get("boundElements") or ()}
    return ids | {element[name] for name in _OWNERS if element.get(name)}


def repair_references(
    after: Mapping[str, ElementView], touched: Collection[str]
) -> dict[str, dict[str, Any]]:
    """What has to be set, by object id, so that the references of `touched` objects hold.

    `after` is the scene with the change applied: every touched object and everything these mention
    or mentioned, as far as it exists. Of other objects only what concerns the touched is repaired.
    """
    referrers: dict[str, dict[str, str]] = {}
    for element_id, element in after.items():
        if not element.get("isDeleted"):
            for target, kind in bound_to(element):
                referrers.setdefault(target, {})[element_id] = kind
    repaired: dict[str, dict[str, Any]] = {}
    for element_id in _concerned(after, touched, referrers):
        props = _repaired(after, touched, element_id, referrers.get(element_id, {}))
        if props:
            repaired[element_id] = props
    return repaired


def _concerned(
    after: Mapping[str, ElementView],
    touched: Collection[str],
    referrers: Mapping[str, Iterable[str]],
) -> list[str]:
    ids = set(touched)
    for element_id in touched:
        ids |= referred(after.get(element_id, {})) | set(referrers.get(element_id, ()))
    ids |= {key for key, element in after.items() if element.get("frameId") in touched}
    return sorted(key for key in ids if key in after and not after[key].get("isDeleted"))


def _repaired(
    after: Mapping[str, ElementView],
    touched: Collection[str],
    element_id: str,
    referrers: Mapping[str, str],
) -> dict[str, Any]:
    element = after[element_id]

    def is_known(other: str) -> bool:
        """What untouched objects mention besides is none of our business."""
        return element_id in touched or other in touched

    def is_gone(other: str) -> bool:
        return is_known(other) and (other not in after or bool(after[other].get("isDeleted")))

    props: dict[str, Any] = {}
    for end in ENDS:
        if element.get(end) and is_gone(element[end]["elementId"]):
            props[end] = None
    for name in _OWNERS:
        if element.get(name) and is_gone(element[name]):
            props[name] = None
    entries = list(element.get("boundElements") or ())
    kept = [e for e in entries if e["id"] in referrers or not is_known(e["id"])]
    named = {entry["id"] for entry in kept}
    kept += [
        {"id": other, "type": kind}
        for other, kind in referrers.items()
        if other not in named and is_known(other)
    ]
    if kept != entries:
        props["boundElements"] = kept
    return props
