"""Orthogonal routes between two shapes around obstacles: A* over the lines that matter."""

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import copysign

from app.domain.layout.geometry import Point, Rect, around, crosses, simplified

_CLEARANCES = (20.0, 10.0, 4.0)
_BEND = 40.0
_MAX_OBSTACLES = 120
_SIDES = {"NORTH": (0, -1), "SOUTH": (0, 1), "EAST": (1, 0), "WEST": (-1, 0)}
_REACH = 400.0
_WIDER = 6  # times that a way may lead further than the obstacles that were looked at
_SHARED = 150.0  # what it costs to leave or enter where another connector does
_APART, _ALONG = 14.0, 12.0
_TIGHT = 12.0  # a loop's distance from its shape on the side where there is little room
GridNode = tuple[int, int, int]  # column, row, direction of travel (0 along x, 1 along y)


def route(
    source: Rect, target: Rect, obstacles: Sequence[Rect], wires: Sequence[Rect] = ()
) -> tuple[Point, ...] | None:
    """The shortest path with few bends from a side's middle to a side's middle, through none of
    the obstacles nor the two shapes. None if there is no way, or too much in the way. `wires`,
    the pieces of other connectors, may be crossed, but running along them costs a detour."""
    if source.overlaps(target):
        return None
    near = _near(source, target, obstacles)
    close_wires = _near(source, target, wires)
    for clearance in _CLEARANCES:
        for _ in range(_WIDER):
            found = _Search(source, target, near, clearance, close_wires).run()
            if not found:
                break
            met = [o for o in obstacles if o not in near and not clear(found, [o])]
            if not met:
                return tuple(simplified(found))
            near = [*near, *met]  # the way led further than we had looked
    return None


def loop(
    shape: Rect, obstacles: Sequence[Rect], label: tuple[float, float] | None = None
) -> tuple[Point, ...] | None:
    """A route from a shape to itself around one of its corners, the lower right one if it is free
    and has room for the label."""
    reaches = [(30.0, 30.0), (16.0, 16.0)]
    if label:
        high, wide = max(30.0, label[1] / 2 + 16), label[0] / 2 + 16
        reaches += [(high, high), (wide, wide), (wide, _TIGHT), (_TIGHT, high)]
    plain = None
    for out, beyond in reaches:
        for across, down in _CORNERS:
            path = _around(shape, across * out, down * beyond)
            if clear(path, obstacles):
                if label is None or label_spot(path, label, [shape, *obstacles]):
                    return path
                plain = plain or path
    return plain


_CORNERS = ((1, 1), (-1, 1), (1, -1), (-1, -1))


def _around(shape: Rect, across: float, down: float) -> tuple[Point, ...]:
    """Out at one flank, in above or below, this far from the shape."""
    x, y = shape.center
    side, end = x + copysign(shape.width / 2, across), y + copysign(shape.height / 2, down)
    out, beyond = side + across, end + down
    return ((side, y), (out, y), (out, beyond), (x, beyond), (x, end))


def _near(source: Rect, target: Rect, obstacles: Sequence[Rect]) -> list[Rect]:
    left, top = min(source.x, target.x), min(source.y, target.y)
    right, bottom = max(source.right, target.right), max(source.bottom, target.bottom)
    area = Rect(left, top, right - left, bottom - top).inflated(_REACH)
    inside = [rect for rect in obstacles if rect.overlaps(area)]
    cx, cy = area.center
    inside.sort(key=lambda r: abs(r.center[0] - cx) + abs(r.center[1] - cy))
    return inside[:_MAX_OBSTACLES]


class _Search:
    def __init__(
        self,
        source: Rect,
        target: Rect,
        obstacles: Sequence[Rect],
        clearance: float,
        wires: Sequence[Rect],
    ) -> None:
        self.clearance = clearance
        self.wires = wires
        slack = clearance - 0.5
        self.walls = [rect.inflated(slack) for rect in (source, target, *obstacles)]
        self.foreign = [rect.inflated(min(slack, 3)) for rect in obstacles]
        self.starts = list(self._stubs(source))
        self.goals = list(self._stubs(target))
        xs, ys = {x for _, (x, _), _ in self.starts}, {y for _, (_, y), _ in self.starts}
        for _, (x, y), _ in self.goals:
            xs.add(x)
            ys.add(y)
        for rect in obstacles:
            around = rect.inflated(clearance)
            xs |= {around.x, around.right}
            ys |= {around.y, around.bottom}
        for wire in wires:
            apart = wire.inflated(_APART)
            xs |= {apart.x, apart.right}
            ys |= {apart.y, apart.bottom}
        self.xs, self.ys = sorted(xs), sorted(ys)
        self.free: dict[tuple[int, int, int], bool] = {}

    def _stubs(self, shape: Rect) -> Iterator[tuple[Point, Point, int]]:
        """(point on the outline, point at a distance from it, axis) of each side not blocked."""
        cx, cy = shape.center
        for dx, dy in _SIDES.values():
            edge = (cx + dx * shape.width / 2, cy + dy * shape.height / 2)
            stub = (edge[0] + dx * self.clearance, edge[1] + dy * self.clearance)
            if not any(crosses(edge, stub, rect) for rect in self.foreign):
                yield edge, stub, 0 if dx else 1

    def run(self) -> list[Point] | None:
        goals = {self._at(stub, axis): edge for edge, stub, axis in self.goals}
        if not goals:
            return None
        queue: list[tuple[float, float, int, GridNode]] = []
        best: dict[GridNode, float] = {}
        came: dict[GridNode, GridNode | Point] = {}
        for serial, (edge, stub, axis) in enumerate(self.starts):
            node = self._at(stub, axis)
            best[node] = _SHARED if self._along_wire(edge, stub) else 0.0
            came[node] = edge
            estimate = best[node] + self._left(node, goals)
            heapq.heappush(queue, (estimate, best[node], serial, node))
        serial = len(self.starts)
        settled: set[GridNode] = set()  # goals whose last piece has been charged for
        while queue:
            _, cost, _, node = heapq.heappop(queue)
            if cost > best[node]:
                continue
            if node in goals:
                if node in settled or not self._along_wire(self._point(node), goals[node]):
                    return self._path(node, came, goals[node])
                settled.add(node)
                best[node] = cost + _SHARED
                heapq.heappush(queue, (best[node], best[node], -1, node))
                continue
            for following, step in self._steps(node):
                total = cost + step
                if total < best.get(following, float("inf")):
                    best[following] = total
                    came[following] = node
                    serial += 1
                    estimate = total + self._left(following, goals)
                    heapq.heappush(queue, (estimate, total, serial, following))
        return None

    def _at(self, point: Point, axis: int) -> GridNode:
        return bisect_left(self.xs, point[0]), bisect_left(self.ys, point[1]), axis

    def _point(self, node: GridNode) -> Point:
        return self.xs[node[0]], self.ys[node[1]]

    def _left(self, node: GridNode, goals: dict[GridNode, Point]) -> float:
        x, y = self._point(node)
        return min(abs(x - gx) + abs(y - gy) for gx, gy in map(self._point, goals))

    def _steps(self, node: GridNode) -> Iterator[tuple[GridNode, float]]:
        column, row, axis = node
        yield (column, row, 1 - axis), _BEND
        for step in (-1, 1):
            following = (column + step, row, axis) if axis == 0 else (column, row + step, axis)
            if not (0 <= following[0] < len(self.xs) and 0 <= following[1] < len(self.ys)):
                continue
            (x0, y0), (x1, y1) = self._point(node), self._point(following)
            key = (min(column, following[0]), min(row, following[1]), axis)
            if key not in self.free:
                self.free[key] = not any(crosses((x0, y0), (x1, y1), w) for w in self.walls)
            if self.free[key]:
                length = abs(x1 - x0) + abs(y1 - y0)
                yield following, length * (4 if self._along_wire((x0, y0), (x1, y1)) else 1)

    def _along_wire(self, a: Point, b: Point) -> bool:
        piece = around((a, b)).inflated(2)
        return any(
            max(
                min(piece.right, wire.right) - max(piece.x, wire.x),
                min(piece.bottom, wire.bottom) - max(piece.y, wire.y),
            )
            > _ALONG
            for wire in self.wires
            if piece.overlaps(wire)
        )

    def _path(
        self, node: GridNode, came: dict[GridNode, "GridNode | Point"], end: Point
    ) -> list[Point]:
        points = [end, self._point(node)]
        previous: GridNode | Point = came[node]
        while len(previous) == 3:
            points.append(self._point(previous))
            previous = came[previous]
        return [previous, *reversed(points)]


def clear(points: Sequence[Point], obstacles: Sequence[Rect]) -> bool:
    return not any(crosses(a, b, rect) for a, b in pairwise(points) for rect in obstacles)


def label_spot(
    points: Sequence[Point], size: tuple[float, float], obstacles: Sequence[Rect]
) -> Point | None:
    """Where on the path a label of this size covers none of the obstacles; None if nowhere."""
    pieces = sorted(
        pairwise(points), key=lambda p: -abs(p[0][0] - p[1][0]) - abs(p[0][1] - p[1][1])
    )
    width, height = size
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9):
        for (x0, y0), (x1, y1) in pieces:
            x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
            place = Rect(x - width / 2, y - height / 2, width, height)
            if not any(place.overlaps(rect) for rect in obstacles):
                return x, y
    return None
