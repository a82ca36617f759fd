"""References between objects: arrows and what they are bound to, texts and their containers.

They are sets, not values: an arrow's two ends and a text's `containerId` are the truth, and a
shape's `boundElements` follows from them, whoever wrote last (rule S11). `contract/references.json`
has the examples that both ends are held to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.domain.scene.elements import ElementView

Props = dict[str, Any]

ENDS = ("startBinding", "endBinding")
REFERENCES = frozenset({*ENDS, "containerId", "frameId", "boundElements", "isDeleted"})
_OWNERS = ("containerId", "frameId")
_BELOW = 8  # a second label becomes a text of its own, so far below the shape


def bound_to(element: ElementView) -> Iterator[tuple[str, str]]:
    """What an arrow or a label hangs on: (id, kind as `boundElements` names it)."""
    for end in ENDS:
        binding = element.get(end)
        if binding:
            yield binding["elementId"], "arrow"
    if element.get("containerId"):
        yield element["containerId"], "text"


def listed(element: ElementView) -> list[str]:
    """The ids of what the element says is bound to it."""
    return [entry["id"] for entry in element.get("boundElements") or ()]


def referred(element: ElementView) -> set[str]:
    """All ids that an element mentions."""
    ids = {target for target, _ in bound_to(element)} | set(listed(element))
    return ids | {element[name] for name in _OWNERS if element.get(name)}


def repair_references(
    after: Mapping[str, ElementView], touched: Collection[str]
) -> dict[str, Props]:
    """What has to be set, by object id, so that the references of `touched` objects hold.

    `after` is the scene with the change applied: every touched object and everything these mention
    or mentioned, as far as it exists. Of other objects only what concerns the touched is repaired.
    """
    referrers: dict[str, dict[str, str]] = {}
    for element_id, element in after.items():
        if not element.get("isDeleted"):
            for target, kind in bound_to(element):
                referrers.setdefault(target, {})[element_id] = kind
    repaired: dict[str, Props] = {}
    for shape_id in _concerned(after, touched, referrers):
        repaired |= _second_labels(after, touched, shape_id, referrers.get(shape_id, {}))
    for element_id in _concerned(after, touched, referrers):
        known = referrers.get(element_id, {})
        props = _repaired(after, touched, element_id, known)
        if props or element_id in repaired:
            repaired[element_id] = {**repaired.get(element_id, {}), **props}
    return repaired


def _concerned(
    after: Mapping[str, ElementView],
    touched: Collection[str],
    referrers: Mapping[str, Iterable[str]],
) -> list[str]:
    ids = set(touched)
    for element_id in touched:
        ids |= referred(after.get(element_id, {})) | set(referrers.get(element_id, ()))
    wanted = set(touched)
    ids |= {
        key
        for key, element in after.items()
        if element.get("frameId") in wanted or not wanted.isdisjoint(listed(element))
    }
    return sorted(key for key in ids if key in after and not after[key].get("isDeleted"))


def _second_labels(
    after: Mapping[str, ElementView],
    touched: Collection[str],
    shape_id: str,
    referrers: dict[str, str],
) -> dict[str, Props]:
    """A shape has one label: the one that was there first. Another one keeps its words, as a text
    of its own below the shape; it is taken out of `referrers`."""
    order = listed(after[shape_id])

    def rank(text_id: str) -> tuple[bool, int, str]:
        place = order.index(text_id) if text_id in order else len(order)
        return text_id in touched, place, text_id

    texts = sorted((key for key, kind in referrers.items() if kind == "text"), key=rank)
    if len(texts) < 2 or not {shape_id, *texts} & set(touched):
        return {}
    freed: dict[str, Props] = {}
    shape = after[shape_id]
    y = shape["y"] + max(shape["height"], 0) + _BELOW
    for text_id in texts[1:]:
        del referrers[text_id]
        freed[text_id] = {"containerId": None, "x": shape["x"], "y": y}
        y += after[text_id]["height"] + _BELOW
    return freed


def _repaired(
    after: Mapping[str, ElementView],
    touched: Collection[str],
    element_id: str,
    referrers: Mapping[str, str],
) -> Props:
    element = after[element_id]

    def is_known(other: str) -> bool:
        """What untouched objects mention besides is none of our business."""
        return element_id in touched or other in touched

    def is_gone(other: str) -> bool:
        return is_known(other) and (other not in after or bool(after[other].get("isDeleted")))

    props: Props = dict.fromkeys(
        [
            *(end for end in ENDS if element.get(end) and is_gone(element[end]["elementId"])),
            *(name for name in _OWNERS if element.get(name) and is_gone(element[name])),
        ]
    )
    entries = list(element.get("boundElements") or ())
    kept = {
        entry["id"]: {"id": entry["id"], "type": referrers.get(entry["id"], entry["type"])}
        for entry in entries
        if entry["id"] in referrers or not is_known(entry["id"])
    }
    for other, kind in referrers.items():
        if is_known(other):
            kept.setdefault(other, {"id": other, "type": kind})
    if list(kept.values()) != entries:
        props["boundElements"] = list(kept.values())
    return props
