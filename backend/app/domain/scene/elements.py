"""The only writer of Excalidraw 0.18.1 elements: every field, always, and references both ways."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fractional_indexing import generate_n_keys_between

from app.domain.layout.geometry import Point, Rect, around
from app.domain.layout.sizing import room
from app.domain.layout.text import Block
from app.domain.scene.looks import Paint

Element = dict[str, Any]
ElementView = Mapping[str, Any]
"""An element that is only read."""
GAP = 5  # between an outline and the tip of an arrow
_ID_LENGTH = 20
# Diamonds stay sharp: rounded tips retreat from the arrows that end at them.
_ROUNDNESS = {"rectangle": {"type": 3, "value": 12}}


class Writer:
    """Makes elements of one job. Ids, seeds and nonces follow from the seed and a key, so that
    a repeated run writes the same elements."""

    def __init__(self, seed: str, roughness: int, rounded: bool) -> None:
        self.seed = seed
        self.roughness = roughness
        self.rounded = rounded
        self._serial = 0

    def shape(self, kind: str, rect: Rect, paint: Paint, node: str | None = None) -> Element:
        """A rectangle, ellipse or diamond."""
        return self._base(kind, rect, paint, node) | {"roundness": self.roundness(kind)}

    def roundness(self, kind: str) -> dict[str, Any] | None:
        """How this look rounds an outline."""
        found = _ROUNDNESS.get(kind) if self.rounded else None
        return dict(found) if found else None

    def label(
        self, container: Element, block: Block, ink: str, *, vertical: str = "middle",
        horizontal: str = "center",
    ) -> Element:  # fmt: skip
        """Text bound to a shape, placed as the editor would place it."""
        inner = room(container["type"], rect_of(container))
        spare = inner.width - block.width
        x = {"left": 0.0, "center": spare / 2, "right": spare}[horizontal]
        y = {"top": 0.0, "middle": (inner.height - block.height) / 2}[vertical]
        rect = Rect(inner.x + x, inner.y + y, block.width, block.height)
        return self._bound_text(container, block, rect, ink, vertical, horizontal)

    def arrow_label(self, arrow: Element, block: Block, ink: str) -> Element:
        x, y = label_center(arrow)
        rect = Rect(x - block.width / 2, y - block.height / 2, block.width, block.height)
        return self._bound_text(arrow, block, rect, ink, "middle", "center")

    def text(self, rect: Rect, block: Block, ink: str, node: str | None = None) -> Element:
        """Free text, left aligned at the rectangle's corner."""
        place = Rect(rect.x, rect.y, block.width, block.height)
        paint = Paint(ink, "transparent", ink)
        return self._base("text", place, paint, node) | _text_fields(block, None, "left", "top")

    def line(self, points: Sequence[Point], paint: Paint, node: str | None = None) -> Element:
        return self._base("line", around(points), paint, node) | _linear_fields(points)

    def arrow(
        self,
        points: Sequence[Point],
        paint: Paint,
        source: Element,
        target: Element,
        heads: tuple[str | None, str | None],
        node: str | None = None,
    ) -> Element:
        """An elbow arrow along an orthogonal route (see `with_gaps`); it is bound to both shapes,
        and both list it."""
        element = self._base("arrow", around(points), paint, node) | _linear_fields(points)
        element |= {
            "startBinding": binding(source, points[0]),
            "endBinding": binding(target, points[-1]),
            "startArrowhead": heads[0],
            "endArrowhead": heads[1],
            "elbowed": True,
            "fixedSegments": None,
            "startIsSpecial": None,
            "endIsSpecial": None,
        }
        for shape in (source, target) if source is not target else (source,):
            refer(shape, element)
        return element

    def copy(self, element: Mapping[str, Any]) -> Element:
        """The same element under an id of its own; what it refers to is left for the caller."""
        fresh = self._base(element["type"], rect_of(element), Paint("", "", ""), None)
        own = ("id", "seed", "version", "versionNonce", "updated", "customData", "index")
        return {**element, **{name: fresh[name] for name in own}}

    def group_id(self, key: str) -> str:
        return _hashed(self.seed, f"group:{key}")

    def _bound_text(
        self, container: Element, block: Block, rect: Rect, ink: str, vertical: str, horizontal: str
    ) -> Element:
        node = (container.get("customData") or {}).get("node")
        element = self._base("text", rect, Paint(ink, "transparent", ink), node)
        element |= _text_fields(block, container["id"], horizontal, vertical)
        element |= {"groupIds": list(container["groupIds"]), "frameId": container["frameId"]}
        refer(container, element)
        return element

    def _base(self, kind: str, rect: Rect, paint: Paint, node: str | None) -> Element:
        self._serial += 1
        key = f"{kind}:{self._serial}"
        custom = {"job": self.seed} | ({"node": node} if node is not None else {})
        return {
            "id": _hashed(self.seed, key),
            "type": kind,
            "x": neat(rect.x),
            "y": neat(rect.y),
            "width": neat(rect.width),
            "height": neat(rect.height),
            "angle": 0,
            "strokeColor": paint.stroke,
            "backgroundColor": paint.background,
            "fillStyle": paint.fill_style,
            "strokeWidth": paint.stroke_width,
            "strokeStyle": paint.stroke_style,
            "roughness": self.roughness,
            "opacity": 100,
            "groupIds": [],
            "frameId": None,
            "index": None,
            "roundness": None,
            "seed": _number(self.seed, f"seed:{key}"),
            "version": 1,
            "versionNonce": _number(self.seed, f"nonce:{key}"),
            "isDeleted": False,
            "boundElements": [],
            "updated": 1,
            "link": None,
            "locked": False,
            "customData": custom,
        }


def number_in_order(elements: Sequence[Element], after: str | None) -> None:
    """Gives the elements order keys, the first one after `after`."""
    for element, key in zip(
        elements, generate_n_keys_between(after, None, len(elements)), strict=True
    ):
        element["index"] = key


def refer(shape: Element, other: Element) -> None:
    """Lists an arrow or text among the shape's bound elements, once."""
    bound = list(shape.get("boundElements") or [])
    kind = "text" if other["type"] == "text" else "arrow"
    if all(entry["id"] != other["id"] for entry in bound):
        shape["boundElements"] = [*bound, {"type": kind, "id": other["id"]}]


def rect_of(element: Mapping[str, Any]) -> Rect:
    """Where an element is, without its rotation. A line begins at (x, y) and may go anywhere."""
    if element.get("points"):
        xs, ys = zip(*points_of(element), strict=True)
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return Rect(element["x"], element["y"], element["width"], element["height"])


def points_of(element: Mapping[str, Any]) -> list[Point]:
    """A line's points in scene coordinates."""
    return [(element["x"] + x, element["y"] + y) for x, y in element["points"]]


def binding(shape: Element, point: Point) -> dict[str, Any]:
    rect = rect_of(shape)
    ratio = [
        _ratio((point[0] - rect.x) / (rect.width or 1)),
        _ratio((point[1] - rect.y) / (rect.height or 1)),
    ]
    return {"elementId": shape["id"], "focus": 0, "gap": 0, "fixedPoint": ratio}


def _ratio(value: float) -> float:
    """The editor keeps away from the exact middle."""
    value = round(value, 6)
    return 0.5001 if abs(value - 0.5) < 0.0001 else value


def with_gaps(points: Sequence[Point]) -> list[Point]:
    """The route with both ends moved a little away from the outlines they touch."""
    (x0, y0), (x1, y1) = points[0], points[1]
    first = (x0 + _sign(x1 - x0) * GAP, y0 + _sign(y1 - y0) * GAP)
    (x0, y0), (x1, y1) = points[-1], points[-2]
    last = (x0 + _sign(x1 - x0) * GAP, y0 + _sign(y1 - y0) * GAP)
    return [first, *points[1:-1], last]


def _sign(value: float) -> int:
    return (value > 0.01) - (value < -0.01)


def label_center(arrow: Element) -> Point:
    """Where the editor puts the label of an arrow: its middle point or middle segment."""
    points = points_of(arrow)
    middle = len(points) // 2
    if len(points) % 2:
        return points[middle]
    (x0, y0), (x1, y1) = points[middle - 1], points[middle]
    return (x0 + x1) / 2, (y0 + y1) / 2


def neat(value: float) -> float:
    """Two decimals are plenty and keep frames small; never minus zero."""
    return round(value, 2) + 0.0


def linear_props(points: Iterable[Point]) -> dict[str, Any]:
    """Position, size and points of a line through these scene coordinates."""
    scene = [(neat(x), neat(y)) for x, y in points]
    x0, y0 = scene[0]
    local = [[neat(x - x0), neat(y - y0)] for x, y in scene]
    xs, ys = [x for x, _ in local], [y for _, y in local]
    return {
        "x": x0,
        "y": y0,
        "width": max(xs) - min(xs),
        "height": max(ys) - min(ys),
        "points": local,
    }


def _linear_fields(points: Sequence[Point]) -> dict[str, Any]:
    return linear_props(points) | {
        "lastCommittedPoint": None,
        "startBinding": None,
        "endBinding": None,
        "startArrowhead": None,
        "endArrowhead": None,
    }


def _text_fields(
    block: Block, container: str | None, horizontal: str, vertical: str
) -> dict[str, Any]:
    return {
        "text": block.text,
        "originalText": block.source,
        "fontSize": block.font.size,
        "fontFamily": block.font.family,
        "textAlign": horizontal,
        "verticalAlign": vertical,
        "containerId": container,
        "autoResize": True,
        "lineHeight": block.font.line_height,
    }


def _digest(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{key}".encode()).digest()


def _hashed(seed: str, key: str) -> str:
    return base64.urlsafe_b64encode(_digest(seed, key)).decode()[:_ID_LENGTH]


def _number(seed: str, key: str) -> int:
    return int.from_bytes(_digest(seed, key)[:4], "big") % (2**31 - 1) + 1
