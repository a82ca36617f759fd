"""Property groups: what of an element belongs together when two people change it at once.

Each group is a last-writer-wins register in server order. A group travels whole, so geometry never
mixes with somebody else's points, nor text with another font.
"""

from collections.abc import Iterable, Mapping
from typing import Any

GROUPS: dict[str, tuple[str, ...]] = {
    "geometry": (
        "x", "y", "width", "height", "angle", "points", "scale", "startBinding", "endBinding",
        "lastCommittedPoint", "elbowed", "fixedSegments", "startIsSpecial", "endIsSpecial",
        "pressures", "simulatePressure", "crop",
    ),
    "text": (
        "text", "originalText", "fontSize", "fontFamily", "textAlign", "verticalAlign",
        "lineHeight", "autoResize", "baseline",
    ),
    "style": (
        "type", "strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle",
        "roughness",
        "opacity", "roundness", "startArrowhead", "endArrowhead", "seed",
    ),
    "order": ("index", "frameId", "groupIds"),
    "links": ("boundElements", "containerId", "link", "fileId", "status", "customData", "locked"),
    "deleted": ("isDeleted",),
}  # fmt: skip

# Written by the server on every commit; they order nothing and belong to no group.
SERVER_PROPERTIES = frozenset({"version", "versionNonce", "updated"})
FIXED_PROPERTIES = frozenset({"id"})

_GROUP_OF = {prop: group for group, props in GROUPS.items() for prop in props}


def group_of(prop: str) -> str:
    """The group of a property; one that is not known here (a newer editor's) is its own group."""
    return _GROUP_OF.get(prop, prop)


def touched_groups(props: Iterable[str]) -> set[str]:
    return {group_of(prop) for prop in props if prop not in SERVER_PROPERTIES | FIXED_PROPERTIES}


def of_group(element: Mapping[str, Any], group: str) -> dict[str, Any]:
    """The properties of one group that the element has."""
    names = GROUPS.get(group, (group,))
    return {name: element[name] for name in names if name in element}
