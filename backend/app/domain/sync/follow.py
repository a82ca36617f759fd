"""Arrows and labels that follow what they hang on, where whoever moved that did not move them."""

from collections.abc import Collection, Mapping
from math import cos, hypot, sin

from app.domain.scene.draft import Draft
from app.domain.scene.elements import ElementView, points_of
from app.domain.scene.reroute import refresh
from app.domain.scene.topology import Topology
from app.domain.sync.references import ENDS, Props

PLACE = ("x", "y", "width", "height", "angle")
_NEAR = 12.0  # as far from its shape may an arrow end, besides the gap that its binding names


def has_moved(before: ElementView, after: ElementView) -> bool:
    return any(before.get(name) != after.get(name) for name in PLACE)


def follow(after: Mapping[str, ElementView], arrows: Collection[str]) -> dict[str, Props]:
    """New courses, by id, of those arrows that end away from a shape they are bound to, and the
    places of their labels. `after` is the scene, or what matters of it, without what is deleted."""
    stray = [key for key in sorted(arrows) if key in after and _is_stray(after, after[key])]
    if not stray:
        return {}
    draft = Draft(dict(element) for element in after.values())
    topology = Topology(draft.elements.values())
    for arrow_id in stray:
        refresh(draft, topology, arrow_id)
    return {change["id"]: change["set"] for change in draft.changes()}


def shifted(label: ElementView, before: ElementView, after: ElementView) -> Props:
    """Where the label of a shape belongs once the shape was moved or sized."""
    right = after["x"] - before["x"] + (after["width"] - before["width"]) / 2
    down = after["y"] - before["y"] + (after["height"] - before["height"]) / 2
    return {"x": label["x"] + right, "y": label["y"] + down}


def _is_stray(after: Mapping[str, ElementView], arrow: ElementView) -> bool:
    return any(is_apart(after, arrow, end) for end in ENDS)


def is_apart(after: Mapping[str, ElementView], arrow: ElementView, end: str) -> bool:
    """Whether the arrow is bound to a shape at this end, but ends away from it."""
    binding = arrow.get(end)
    shape = after.get(binding["elementId"]) if binding else None
    if not binding or shape is None:
        return False
    points = points_of(dict(arrow))
    point = points[0 if end == ENDS[0] else -1]
    return _distance(point, shape) > _NEAR + abs(float(binding["gap"]))


def _distance(point: tuple[float, float], shape: ElementView) -> float:
    """From the outside of the shape's (turned) rectangle; 0 inside."""
    half_width, half_height = abs(shape["width"]) / 2, abs(shape["height"]) / 2
    dx = point[0] - shape["x"] - shape["width"] / 2
    dy = point[1] - shape["y"] - shape["height"] / 2
    turn = -shape.get("angle", 0)
    x, y = dx * cos(turn) - dy * sin(turn), dx * sin(turn) + dy * cos(turn)
    return hypot(max(abs(x) - half_width, 0), max(abs(y) - half_height, 0))
