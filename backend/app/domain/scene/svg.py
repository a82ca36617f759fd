"""A scene as one SVG file: shapes, text and arrows much as the browser shows them."""

from collections.abc import Mapping, Sequence
from html import escape
from math import atan2, cos, degrees, hypot, pi, sin
from typing import Any

from app.domain.layout.geometry import Point, Rect, bounds
from app.domain.scene.elements import points_of, rect_of
from app.domain.scene.palette import CANVAS
from app.domain.scene.svg_picture import picture

MARGIN = 24
_FAMILIES = {
    1: "Virgil", 2: "Helvetica", 3: "Cascadia", 5: "Excalifont", 6: "Nunito", 7: "Lilita One",
    8: "Comic Shanns", 9: "Liberation Sans",
}  # fmt: skip
_FALLBACK = {1: "cursive", 3: "monospace", 5: "cursive", 8: "monospace"}
_DASHES = {"dashed": (8, 8), "dotted": (1.5, 6)}
_ANCHORS = {"left": ("start", 0.0), "center": ("middle", 0.5), "right": ("end", 1.0)}
_BASELINE = 0.76  # of the line's height, near enough for all fonts
_HEAD = {"arrow": 20, "triangle": 13, "triangle_outline": 13}


def to_svg(
    elements: Sequence[Mapping[str, Any]],
    background: str = CANVAS,
    pictures: Mapping[str, str] | None = None,
) -> str:
    """A complete SVG document without any outside reference.

    `pictures` has data addresses by file id; those that are missing are shown as empty frames.
    """
    shown = [e for e in elements if not e.get("isDeleted")]
    shown.sort(key=lambda e: (e.get("index") or "", e["id"]))
    area = (bounds(rect_of(e) for e in shown) or Rect(0, 0, 100, 100)).inflated(MARGIN)
    labels = {e["containerId"]: e for e in shown if e["type"] == "text" and e.get("containerId")}
    hatches = sorted({e["backgroundColor"] for e in shown if _is_hatched(e)})
    body = [_element(e, labels.get(e["id"]), hatches, pictures or {}) for e in shown]
    box = f"{_n(area.x)} {_n(area.y)} {_n(area.width)} {_n(area.height)}"
    return "\n".join(
        [
            _open(box, area),
            *_definitions(hatches),
            f'<path d="{_box(area)}" fill="{escape(background)}"/>',
            *filter(None, body),
            "</svg>\n",
        ]
    )


def _open(box: str, area: Rect) -> str:
    size = f'width="{_n(area.width)}" height="{_n(area.height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size}>'


def _is_hatched(element: Mapping[str, Any]) -> bool:
    return element.get("fillStyle") != "solid" and element["backgroundColor"] != "transparent"


def _definitions(hatches: Sequence[str]) -> list[str]:
    if not hatches:
        return []
    patterns = [
        f'<pattern id="hatch{i}" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(-41)"><line x1="0" y1="4" x2="8" y2="4" '
        f'stroke="{escape(color)}" stroke-width="2"/></pattern>'
        for i, color in enumerate(hatches)
    ]
    return ["<defs>", *patterns, "</defs>"]


def _element(
    element: Mapping[str, Any],
    label: Mapping[str, Any] | None,
    hatches: Sequence[str],
    pictures: Mapping[str, str],
) -> str:
    kind = element["type"]
    if kind == "text":
        inner = _text(element)
    elif kind in ("arrow", "line", "freedraw"):
        inner = _linear(element, label)
    elif kind == "image" and element["fileId"] in pictures:
        inner = picture(element, pictures[element["fileId"]])
    else:
        inner = _shape(element, hatches)
    rect, angle = rect_of(element), element.get("angle") or 0
    attributes = ""
    if angle:
        x, y = rect.center
        attributes += f' transform="rotate({_n(degrees(angle))} {_n(x)} {_n(y)})"'
    if element.get("opacity", 100) < 100:
        attributes += f' opacity="{_n(element["opacity"] / 100)}"'
    return f"<g{attributes}>{inner}</g>" if attributes else inner


def _shape(element: Mapping[str, Any], hatches: Sequence[str]) -> str:
    rect, paint = rect_of(element), _stroke(element) + _fill(element, hatches)
    x, y, w, h = rect.x, rect.y, rect.width, rect.height
    if element["type"] == "ellipse":
        cx, cy = rect.center
        return f'<ellipse cx="{_n(cx)}" cy="{_n(cy)}" rx="{_n(w / 2)}" ry="{_n(h / 2)}"{paint}/>'
    if element["type"] == "diamond":
        corners = [(x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)]
        points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
        return f'<polygon points="{points}" stroke-linejoin="round"{paint}/>'
    radius = _radius(element)
    corner = f' rx="{_n(radius)}"' if radius else ""
    box = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"{corner}{paint}/>'
    if element["type"] != "frame" or not element.get("name"):
        return box
    name = escape(str(element["name"]))
    return f'{box}<text x="{_n(x)}" y="{_n(y - 8)}" font-size="14" fill="#868e96">{name}</text>'


def _radius(element: Mapping[str, Any]) -> float:
    roundness = element.get("roundness")
    if not roundness:
        return 0
    shorter = min(element["width"], element["height"])
    return min(float(roundness.get("value", 32)), float(shorter) * 0.25)


def _text(element: Mapping[str, Any]) -> str:
    rect = rect_of(element)
    family = element["fontFamily"]
    names = f"{_FAMILIES.get(family, 'Excalifont')}, {_FALLBACK.get(family, 'sans-serif')}"
    anchor, share = _ANCHORS[element["textAlign"]]
    step = element["fontSize"] * element["lineHeight"]
    lines = [
        f'<tspan x="{_n(rect.x + rect.width * share)}" y="{_n(rect.y + step * (i + _BASELINE))}">'
        f"{escape(line) or ' '}</tspan>"
        for i, line in enumerate(str(element["text"]).split("\n"))
    ]
    return (
        f'<text font-family="{names}" font-size="{_n(element["fontSize"])}" '
        f'fill="{escape(element["strokeColor"])}" text-anchor="{anchor}" '
        f'xml:space="preserve">{"".join(lines)}</text>'
    )


def _linear(element: Mapping[str, Any], label: Mapping[str, Any] | None) -> str:
    points = points_of(element)
    if len(points) < 2:
        return ""
    path = _rounded(points) if element.get("elbowed") else _straight(points)
    stroke, clip, around = _stroke(element), "", ""
    if label is not None:
        clip, around = _gap(element, rect_of(label))
    drawn = f'{clip}<path d="{path}" fill="none" stroke-linejoin="round"{stroke}{around}/>'
    color = escape(element["strokeColor"])
    for head, tip, tail in (
        (element.get("endArrowhead"), points[-1], points[-2]),
        (element.get("startArrowhead"), points[0], points[1]),
    ):
        drawn += _head(str(head), tip, tail, color, element["strokeWidth"]) if head else ""
    return drawn


def _gap(element: Mapping[str, Any], hole: Rect) -> tuple[str, str]:
    """A clip path that leaves the label's place free."""
    key = escape("gap-" + "".join(c for c in element["id"] if c.isalnum() or c in "-_"))
    outer = rect_of(element).inflated(60)
    path = _box(outer) + _box(hole.inflated(3))
    clip = f'<clipPath id="{key}"><path clip-rule="evenodd" d="{path}"/></clipPath>'
    return clip, f' clip-path="url(#{key})"'


def _box(rect: Rect) -> str:
    return f"M{_n(rect.x)} {_n(rect.y)}H{_n(rect.right)}V{_n(rect.bottom)}H{_n(rect.x)}Z"


def _straight(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _rounded(points: Sequence[Point], radius: float = 16) -> str:
    path = f"M{_n(points[0][0])} {_n(points[0][1])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        enter, leave = _towards(corner, before, reach), _towards(corner, after, reach)
        path += f"L{_n(enter[0])} {_n(enter[1])}Q{_n(corner[0])} {_n(corner[1])}"
        path += f" {_n(leave[0])} {_n(leave[1])}"
    return path + f"L{_n(points[-1][0])} {_n(points[-1][1])}"


def _head(head: str, tip: Point, tail: Point, color: str, width: float) -> str:
    direction = atan2(tail[1] - tip[1], tail[0] - tip[0])
    size = min(_HEAD.get(head, 12), _length(tip, tail) / 2 + 4)
    spread = pi / 9 if head == "arrow" else pi / 7
    wings = [
        (tip[0] + size * cos(direction + turn), tip[1] + size * sin(direction + turn))
        for turn in (-spread, spread)
    ]
    if head == "arrow":
        line = _straight([wings[0], tip, wings[1]])
        return f'<path d="{line}" fill="none" stroke="{color}" stroke-width="{_n(width)}"/>'
    fill = CANVAS if head.endswith("outline") else color
    shape = " ".join(f"{_n(x)},{_n(y)}" for x, y in (tip, *wings))
    return f'<polygon points="{shape}" fill="{fill}" stroke="{color}" stroke-width="1"/>'


def _stroke(element: Mapping[str, Any]) -> str:
    width = element["strokeWidth"]
    result = f' stroke="{escape(element["strokeColor"])}" stroke-width="{_n(width)}"'
    if dash := _DASHES.get(element["strokeStyle"]):
        result += f' stroke-dasharray="{_n(dash[0])} {_n(dash[1] + width)}"'
    return result


def _fill(element: Mapping[str, Any], hatches: Sequence[str]) -> str:
    color = element["backgroundColor"]
    if color == "transparent" or element["type"] == "frame":
        return ' fill="none"'
    if _is_hatched(element):
        return f' fill="url(#hatch{hatches.index(color)})"'
    return f' fill="{escape(color)}"'


def _length(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _towards(start: Point, end: Point, reach: float) -> Point:
    length = _length(start, end) or 1
    return (
        start[0] + (end[0] - start[0]) * reach / length,
        start[1] + (end[1] - start[1]) * reach / length,
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
