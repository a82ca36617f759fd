"""Arrows that follow what they hang on, where whoever moved that did not move them."""

from collections.abc import Collection, Mapping
from math import cos, hypot, sin

from app.domain.scene.draft import Draft
from app.domain.scene.elements import ElementView, points_of
from app.domain.scene.reroute import refresh
from app.domain.scene.topology import Topology
from app.domain.sync.groups import of_group
from app.domain.sync.references import ENDS, Props

PLACE = ("x", "y", "width", "height", "angle")
# As far from its shape may an arrow end, if its binding does not name a larger gap.
NEAR = 16.0
CLOSE = 8.0  # the same where the program drew it for another place of the shape


def has_moved(before: ElementView, after: ElementView) -> bool:
    return any(before.get(name) != after.get(name) for name in PLACE)


def follow(
    after: Mapping[str, ElementView], arrows: Collection[str], near: float = NEAR
) -> dict[str, Props]:
    """New courses, by id, of those arrows that end away from a shape they are bound to, and the
    places of their labels. `after` is the scene, or what matters of it, without what is deleted."""
    stray = [
        key
        for key in sorted(arrows)
        if key in after and any(is_apart(after, after[key], end, near) for end in ENDS)
    ]
    if not stray:
        return {}
    draft = Draft(dict(element) for element in after.values())
    topology = Topology(draft.elements.values())
    for arrow_id in stray:
        refresh(draft, topology, arrow_id)
    courses = {c["id"]: of_group(c["set"], "geometry") for c in draft.changes()}
    return {key: course for key, course in courses.items() if course}


def is_apart(
    after: Mapping[str, ElementView], arrow: ElementView, end: str, near: float = NEAR
) -> bool:
    """Whether the arrow is bound to a shape at this end, but ends away from it."""
    binding = arrow.get(end)
    shape = after.get(binding["elementId"]) if binding else None
    if not binding or shape is None:
        return False
    points = points_of(dict(arrow))
    point = points[0 if end == ENDS[0] else -1]
    return _distance(point, shape) > max(near, abs(float(binding["gap"])) + 2)


def _distance(point: tuple[float, float], shape: ElementView) -> float:
    """From the outside of the shape's (turned) rectangle; 0 inside."""
    half_width, half_height = abs(shape["width"]) / 2, abs(shape["height"]) / 2
    dx = point[0] - shape["x"] - shape["width"] / 2
    dy = point[1] - shape["y"] - shape["height"] / 2
    turn = -shape.get("angle", 0)
    x, y = dx * cos(turn) - dy * sin(turn), dx * sin(turn) + dy * cos(turn)
    return hypot(max(abs(x) - half_width, 0), max(abs(y) - half_height, 0))
