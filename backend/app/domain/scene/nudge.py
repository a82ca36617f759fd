"""Connectors whose shapes moved or grew a little: the same way, with its ends brought along."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from app.domain.layout.geometry import Point, Rect, path_crosses, simplified
from app.domain.layout.route import clear
from app.domain.scene.elements import points_of, rect_of

_LEAST = 12.0  # of a piece that leaves or enters a shape
_PUSHED = 24.0
_INSET = 12.0  # from a corner
_AIR = 3.0
_DETOUR, _SLACK = 1.6, 160.0
_OUT = {"NORTH": (0, -1), "SOUTH": (0, 1), "EAST": (1, 0), "WEST": (-1, 0)}


def nudged(
    arrow: Mapping[str, Any],
    source: Mapping[str, Any],
    target: Mapping[str, Any],
    obstacles: Sequence[Rect],
) -> tuple[Point, ...] | None:
    """The arrow's path between the outlines as they are now, with no more bends than it had. None
    if that would run into something, or be a detour."""
    path = simplified(points_of(arrow))
    sides = [_side(arrow.get("startBinding")), _side(arrow.get("endBinding"))]
    if len(path) < 2 or None in sides or not _orthogonal(path):
        return None
    start, end = (str(side) for side in sides)
    here, there = rect_of(source), rect_of(target)
    wished = [
        _wish(arrow["startBinding"], source, path[0], start),
        _wish(arrow["endBinding"], target, path[-1], end),
    ]
    if len(path) == 2:
        wished = _common(wished, (source, target), start)
    moved = _with_ends(path, (wished[0], wished[1]), (start, end), (here, there))
    if len(moved) > 3:
        moved = _pushed(moved, start)
        moved = _pushed(moved[::-1], end)[::-1]
    good = (
        _orthogonal(moved)
        and _leaves(moved[0], moved[1], start)
        and _leaves(moved[-1], moved[-2], end)
        and (source["id"] == target["id"] or _direct(moved))
        and clear(moved, [rect.inflated(_AIR) for rect in obstacles])
        and not any(path_crosses(moved, rect.inflated(-0.5)) for rect in (here, there))
    )
    return tuple(simplified(moved)) if good else None


def _side(binding: Mapping[str, Any] | None) -> str | None:
    x, y = (binding or {}).get("fixedPoint") or (0.5, 0.5)
    if y < 0:
        return "NORTH"
    if y > 1:
        return "SOUTH"
    return "WEST" if x < 0 else "EAST" if x > 1 else None


def _wish(
    binding: Mapping[str, Any], shape: Mapping[str, Any], point: Point, side: str
) -> tuple[float, ...]:
    """Places along the side at which the end would like to be, the best one first."""
    rect = rect_of(shape)
    x, y = binding["fixedPoint"]
    if side in ("NORTH", "SOUTH"):
        kept, low, size, ratio = point[0], rect.x, rect.width, x
    else:
        kept, low, size, ratio = point[1], rect.y, rect.height, y
    relative = low + size * (0.5 if abs(ratio - 0.5) < 0.001 else ratio)
    if shape["type"] != "rectangle":
        return (relative,)
    inset = min(_INSET, size / 2)
    return relative, min(max(kept, low + inset), low + size - inset)


def _common(
    wished: Sequence[tuple[float, ...]], shapes: Sequence[Mapping[str, Any]], side: str
) -> list[tuple[float, ...]]:
    """For a straight arrow: one place that suits both ends, if there is one."""
    spans = []
    for shape, wishes in zip(shapes, wished, strict=True):
        rect = rect_of(shape)
        low, size = (rect.x, rect.width) if side in ("NORTH", "SOUTH") else (rect.y, rect.height)
        inset = min(_INSET, size / 2)
        whole = shape["type"] == "rectangle"
        spans.append((low + inset, low + size - inset) if whole else (wishes[0], wishes[0]))
    for value in (*wished[0], *wished[1]):
        if all(low - 0.01 <= value <= high + 0.01 for low, high in spans):
            return [(value,), (value,)]
    return list(wished)


def _with_ends(
    path: Sequence[Point],
    wished: tuple[tuple[float, ...], tuple[float, ...]],
    sides: tuple[str, str],
    rects: tuple[Rect, Rect],
) -> list[Point]:
    """The path with both ends on their outlines, the next points following sideways."""
    moved = list(path)
    for end, step, wishes, side, rect in zip((0, -1), (1, -2), wished, sides, rects, strict=True):
        along = wishes[0]
        if side in ("NORTH", "SOUTH"):
            moved[end] = (along, rect.y if side == "NORTH" else rect.bottom)
            if len(path) > 2:
                moved[step] = (along, moved[step][1])
        else:
            moved[end] = (rect.x if side == "WEST" else rect.right, along)
            if len(path) > 2:
                moved[step] = (moved[step][0], along)
    return moved


def _pushed(path: list[Point], side: str) -> list[Point]:
    """The path with its first leg moved out of the shape, where that has grown over it."""
    if _leaves(path[0], path[1], side):
        return path
    dx, dy = _OUT[side]
    first, second, third, *rest = path
    if dx:
        x = first[0] + dx * _PUSHED
        return [first, (x, second[1]), (x, third[1]), *rest]
    y = first[1] + dy * _PUSHED
    return [first, (second[0], y), (third[0], y), *rest]


def _orthogonal(path: Sequence[Point]) -> bool:
    return all(abs(a[0] - b[0]) < 0.05 or abs(a[1] - b[1]) < 0.05 for a, b in pairwise(path))


def _leaves(outline: Point, following: Point, side: str) -> bool:
    dx, dy = _OUT[side]
    reach = (following[0] - outline[0]) * dx + (following[1] - outline[1]) * dy
    return reach >= _LEAST


def _direct(path: Sequence[Point]) -> bool:
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(path))
    (x0, y0), (x1, y1) = path[0], path[-1]
    return length <= _DETOUR * (abs(x1 - x0) + abs(y1 - y0)) + _SLACK
