"""The gate: every element that enters a scene, from a browser, a job or a file, passes here.

One malformed element can crash the editor of everybody who has the canvas open, so types are an
allow-list, every property is typed and bounded, and what the format does not know is dropped.
"""

import json
from collections.abc import Mapping
from typing import Any

from app.domain.errors import ElementRejected
from app.domain.scene import checks
from app.domain.scene.checks import (
    MAX_COORDINATE,
    MAX_INTEGER,
    MAX_POINTS,
    MAX_TEXT,
    Check,
    boolean,
    choice,
    color,
    identifier,
    integer,
    items,
    number,
    optional,
    order_key,
    pair,
    record,
)

_coordinate = number(-MAX_COORDINATE, MAX_COORDINATE)
_point = pair(-MAX_COORDINATE, MAX_COORDINATE)
_binding = optional(
    record(
        {"elementId": identifier, "focus": number(-1_000, 1_000), "gap": _coordinate},
        {"fixedPoint": optional(pair(-1_000_000, 1_000_000))},
    )
)
_arrowhead = optional(
    choice(
        "arrow", "bar", "dot", "circle", "circle_outline", "triangle", "triangle_outline",
        "diamond", "diamond_outline", "crowfoot_one", "crowfoot_many", "crowfoot_one_or_many",
    )
)  # fmt: skip


def _points(value: Any) -> list[Any]:
    """A line without points cannot be drawn: while it is begun it has its origin."""
    return items(_point, MAX_POINTS)(value) or [[0, 0]]


CUSTOM_DATA = ("job", "node", "role", "kind", "drawing")


def _custom_data(value: Any) -> dict[str, str] | None:
    """Only what jobs write: which job drew the element, for which node of its plan, as what, in
    which drawing of which kind."""
    if not isinstance(value, Mapping):
        return None
    kept = {key: value[key] for key in CUSTOM_DATA if isinstance(value.get(key), str)}
    return {key: checks.text(128)(item) for key, item in kept.items()} or None


_BASE: dict[str, Check] = {
    "id": identifier,
    "x": _coordinate,
    "y": _coordinate,
    "width": _coordinate,
    "height": _coordinate,
    "angle": number(-1_000, 1_000),
    "strokeColor": color,
    "backgroundColor": color,
    "fillStyle": choice("solid", "hachure", "cross-hatch", "zigzag"),
    "strokeWidth": number(0.01, 1_000),
    "strokeStyle": choice("solid", "dashed", "dotted"),
    "roughness": number(0, 10),
    "opacity": number(0, 100),
    "groupIds": items(identifier, 100),
    "frameId": optional(identifier),
    "index": order_key,
    "roundness": optional(record({"type": choice(1, 2, 3)}, {"value": number(0, MAX_COORDINATE)})),
    "seed": integer(0, MAX_INTEGER),
    "version": integer(0, MAX_INTEGER),
    "versionNonce": integer(0, MAX_INTEGER),
    "isDeleted": boolean,
    "boundElements": optional(items(record({"id": identifier, "type": choice("arrow", "text")}))),
    "updated": integer(0, MAX_INTEGER),
    "link": checks.link,
    "locked": boolean,
}
_LINEAR: dict[str, Check] = {
    "points": _points,
    "lastCommittedPoint": optional(_point),
    "startBinding": _binding,
    "endBinding": _binding,
    "startArrowhead": _arrowhead,
    "endArrowhead": _arrowhead,
}
_CROP = ("x", "y", "width", "height", "naturalWidth", "naturalHeight")
_SEGMENT = record({"start": _point, "end": _point, "index": integer(0, MAX_POINTS)})
_OWN: dict[str, dict[str, Check]] = {
    "rectangle": {},
    "ellipse": {},
    "diamond": {},
    "line": _LINEAR,
    "arrow": _LINEAR
    | {
        "elbowed": boolean,
        "fixedSegments": optional(items(_SEGMENT)),
        "startIsSpecial": optional(boolean),
        "endIsSpecial": optional(boolean),
    },
    "text": {
        "text": checks.text(MAX_TEXT),
        "originalText": checks.text(MAX_TEXT),
        "fontSize": number(0.01, 100_000),
        "fontFamily": integer(1, 100),
        "textAlign": choice("left", "center", "right"),
        "verticalAlign": choice("top", "middle", "bottom"),
        "containerId": optional(identifier),
        "autoResize": boolean,
        "lineHeight": number(0.1, 100),
    },
    "freedraw": {
        "points": _points,
        "pressures": items(number(-10, 10), MAX_POINTS),
        "simulatePressure": boolean,
        "lastCommittedPoint": optional(_point),
    },
    "frame": {"name": optional(checks.text(1_000))},
    "image": {
        "status": choice("pending", "saved", "error"),
        "fileId": optional(checks.file_id),
        "scale": pair(-1_000, 1_000),
        "crop": optional(record(dict.fromkeys(_CROP, _coordinate))),
    },
}  # fmt: skip
TYPES = frozenset(_OWN)

_DEFAULTS: dict[str, Any] = {
    "angle": 0, "strokeColor": "#1e1e1e", "backgroundColor": "transparent", "fillStyle": "solid",
    "strokeWidth": 2, "strokeStyle": "solid", "roughness": 1, "opacity": 100, "groupIds": [],
    "frameId": None, "roundness": None, "seed": 1, "version": 1, "versionNonce": 0,
    "isDeleted": False, "boundElements": [], "updated": 1, "link": None, "locked": False,
    "lastCommittedPoint": None, "startBinding": None, "endBinding": None, "startArrowhead": None,
    "endArrowhead": None, "elbowed": False, "textAlign": "left", "verticalAlign": "top",
    "containerId": None, "autoResize": True, "lineHeight": 1.25, "pressures": [],
    "simulatePressure": True, "name": None, "status": "pending", "fileId": None,
    "scale": [1, 1], "crop": None,
}  # fmt: skip
MAX_ELEMENT_BYTES = 1_000_000  # so that any change of it fits into one message
_LONG = frozenset(
    {"points", "pressures", "boundElements", "fixedSegments", "text", "originalText", "groupIds"}
)
_LONG_FROM = 5_000  # items; what has fewer is never too large
_ELBOW_ONLY = ("fixedSegments", "startIsSpecial", "endIsSpecial")
_OUTLINES = frozenset({"rectangle", "ellipse", "diamond"})
_LINES = frozenset({"line", "arrow"})


def validate_element(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The element, complete and clean, as it may be stored. Raises ElementRejected.

    Properties that the format lets a writer omit get their defaults; type, id, place, size, order
    key, text with its font and points must be there.
    """
    if not isinstance(raw, Mapping):
        raise ElementRejected
    schema = _schema(raw.get("type"))
    clean: dict[str, Any] = {"type": raw["type"]} | _checked(raw, schema)
    if clean["type"] == "text":
        clean.setdefault("originalText", clean.get("text"))
    for name in schema:
        if name in clean or name in _ELBOW_ONLY:
            continue
        if name not in _DEFAULTS:
            raise ElementRejected(fields={name: "is missing"})
        default = _DEFAULTS[name]
        clean[name] = list(default) if isinstance(default, list) else default
    _check_elbow(clean)
    _check_size(clean)
    return clean


def validate_set(props: Mapping[str, Any], existing: Mapping[str, Any] | None) -> dict[str, Any]:
    """The clean part of a change to `existing` (None: the change creates the element).

    `id` is dropped; `type` may only swap one outline for another, or a line for an arrow.
    Raises ElementRejected when the element would not be valid with the change applied.
    """
    if existing is None:
        return validate_element(props)
    if not isinstance(props, Mapping):
        raise ElementRejected
    before, after = existing["type"], props.get("type", existing["type"])
    if not isinstance(after, str) or (
        after != before and not any({before, after} <= kin for kin in (_OUTLINES, _LINES))
    ):
        raise ElementRejected(fields={"type": "cannot be changed like this"})
    clean = _checked(props, _schema(after))
    clean.pop("id", None)
    if "customData" in props and props["customData"] is None:
        clean["customData"] = None
    if after != before:
        clean["type"] = after
        for name in _schema(after).keys() - existing.keys() - clean.keys() - set(_ELBOW_ONLY):
            clean[name] = _DEFAULTS[name]
    whole = {**existing, **clean}
    _check_elbow(whole)
    if not _LONG.isdisjoint(clean):
        _check_size(whole)
    return clean


def unset(name: str) -> Any:
    """What a property says that an element does not have."""
    return _DEFAULTS.get(name)


def _schema(kind: Any) -> dict[str, Check]:
    if not isinstance(kind, str) or kind not in _OWN:
        raise ElementRejected(fields={"type": "is not a kind of element that a canvas can hold"})
    return _BASE | _OWN[kind]


def _checked(raw: Mapping[str, Any], schema: Mapping[str, Check]) -> dict[str, Any]:
    clean: dict[str, Any] = {}
    for name, value in raw.items():
        check = schema.get(name)
        if check is None:
            continue
        try:
            clean[name] = check(value)
        except ElementRejected as error:
            raise ElementRejected(
                fields={name: error.fields.get("value", "is not valid")}
            ) from None
    if "customData" in raw:
        custom = _custom_data(raw["customData"])
        if custom:
            clean["customData"] = custom
    return clean


def _check_elbow(element: Mapping[str, Any]) -> None:
    """The editor throws when an elbow arrow's binding has no fixed point."""
    if element["type"] != "arrow" or not element.get("elbowed"):
        return
    for side in ("startBinding", "endBinding"):
        binding = element.get(side)
        if binding and binding.get("fixedPoint") is None:
            raise ElementRejected(fields={side: "lacks fixedPoint"})


def _check_size(element: Mapping[str, Any]) -> None:
    """An element that no message can carry could not be published (docs/protocol.md)."""
    if sum(len(element.get(name) or ()) for name in _LONG) < _LONG_FROM:
        return
    text = json.dumps(element, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > MAX_ELEMENT_BYTES:
        longest = max(_LONG & element.keys(), key=lambda name: len(element[name] or ()))
        raise ElementRejected(
            "An object is too large. Draw it in several parts.", fields={longest: "is too long"}
        )
