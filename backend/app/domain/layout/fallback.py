"""A plain layered layout for when ELK has no answer: rows, channels between them, lanes beside.

Boxes stand in rows; every row has a channel above and below it, and all boxes have lanes to
their right. Routes run only in channels and lanes, each on its own track, so that no route can
meet a foreign shape. Not pretty, but right, in linear time.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain.layout.geometry import Point, Rect, bounds, simplified
from app.domain.layout.model import Arrangement, Box, Link, Region, Route, Sketch
from app.domain.layout.tips import TIPPED, backward

GAP, TRACK, MARGIN = 50, 20, 24
ROW_LIMIT = 8


@dataclass
class _Row:
    boxes: list[Box]
    opens: list[Region] = field(default_factory=list)  # regions that begin above this row
    closes: list[str] = field(default_factory=list)  # and that end below it
    above: list[tuple[str, float]] = field(default_factory=list)  # tracks: (link id, height)
    below: list[tuple[str, float]] = field(default_factory=list)


def arrange(sketch: Sketch) -> Arrangement:
    """Zero overlaps, routes clear of foreign shapes. Flows downward whatever the direction."""
    rows = list(_rows(sketch))
    row_of = {box.id: i for i, row in enumerate(rows) for box in row.boxes}
    adjacent = _plan_tracks(sketch, rows, row_of)
    result = Arrangement()
    tracks = _place(rows, result)
    lane = (bounds([*result.boxes.values(), *result.regions.values()]) or Rect(0, 0, 0, 0)).right
    ports = _ports(sketch)
    for link in sketch.links:
        lane += TRACK + (link.label[0] / 2 if link.label else 0)
        points = _path(link, result, tracks, lane, ports, link.id in adjacent)
        lane += link.label[0] / 2 if link.label else 0
        result.routes[link.id] = Route(
            tuple(simplified(points)), link.source, link.target, _label(link, points)
        )
    return result


def _rows(sketch: Sketch) -> Iterator[_Row]:
    """Rows in order: boxes outside regions first, then region by region, outer before inner."""
    layers = _layers(sketch)
    known = {region.id for region in sketch.regions}
    members: dict[str | None, list[Box]] = defaultdict(list)
    for box in sketch.boxes:
        members[box.region if box.region in known else None].append(box)
    inner: dict[str | None, list[Region]] = defaultdict(list)
    for region in sketch.regions:
        inner[region.parent].append(region)

    def walk(key: str | None, opens: list[Region]) -> Iterator[_Row]:
        rows = [_Row(boxes) for boxes in _split(members[key], layers)] or [_Row([])]
        rows[0].opens = opens
        for region in inner[key]:
            rows += walk(region.id, [region])
        if key is not None:
            rows[-1].closes.append(key)
        yield from rows

    return walk(None, [])


def _split(boxes: list[Box], layers: dict[str, int]) -> Iterator[list[Box]]:
    by_layer: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        by_layer[layers[box.id]].append(box)
    for layer in sorted(by_layer):
        row = by_layer[layer]
        for start in range(0, len(row), ROW_LIMIT):
            yield row[start : start + ROW_LIMIT]


def _layers(sketch: Sketch) -> dict[str, int]:
    """Longest path from the sources, cycles cut."""
    back = backward(sketch)
    links = [link for link in sketch.links if link.id not in back and link.source != link.target]
    waiting: dict[str, int] = defaultdict(int)
    out: dict[str, list[str]] = defaultdict(list)
    for link in links:
        waiting[link.target] += 1
        out[link.source].append(link.target)
    layers = {box.id: 0 for box in sketch.boxes}
    ready = [key for key in layers if not waiting[key]]
    while ready:
        key = ready.pop()
        for target in out[key]:
            waiting[target] -= 1
            if target in layers:
                layers[target] = max(layers[target], layers.get(key, 0) + 1)
            if not waiting[target]:
                ready.append(target)
    return layers


def _plan_tracks(sketch: Sketch, rows: list[_Row], row_of: dict[str, int]) -> set[str]:
    """Reserves a track for each end of each link; returns the links that need no lane."""
    adjacent = set()
    for link in sketch.links:
        source, target = row_of.get(link.source), row_of.get(link.target)
        height = TRACK + (link.label[1] if link.label else 0)
        if source is not None:
            rows[source].below.append((link.id, height))
        if (
            source is not None
            and target == source + 1
            and not rows[target].opens
            and not rows[source].closes
        ):
            adjacent.add(link.id)
        elif target is not None:
            rows[target].above.append((link.id, height))
    return adjacent


def _place(rows: list[_Row], result: Arrangement) -> dict[tuple[str, str], float]:
    """Fills in boxes and regions; returns the y of each track by (link id, "below" | "above")."""
    tracks: dict[tuple[str, str], float] = {}
    open_regions: dict[str, tuple[Region, float, int]] = {}
    y, depth = 0.0, 0
    for row in rows:
        for region in row.opens:
            y += MARGIN
            open_regions[region.id] = (region, y, depth)
            depth += 1
            y += region.title[1] + MARGIN
        y = _lay_tracks(row.above, y, "above", tracks)
        x = float(depth * MARGIN)
        tallest = max((box.height for box in row.boxes), default=0)
        for box in row.boxes:
            result.boxes[box.id] = Rect(x, y + (tallest - box.height) / 2, box.width, box.height)
            x += box.width + GAP
        y = _lay_tracks(row.below, y + tallest + (MARGIN if row.boxes else 0), "below", tracks)
        for key in row.closes:
            region, top, level = open_regions.pop(key)
            depth -= 1
            y += MARGIN
            inside = [r for r in [*result.boxes.values(), *result.regions.values()] if r.y >= top]
            right = max([r.right for r in inside] + [level * MARGIN + region.title[0] + MARGIN])
            left = float(level * MARGIN)
            result.regions[key] = Rect(left, top, right + MARGIN - left, y - top)
            y += MARGIN
    return tracks


def _lay_tracks(
    planned: list[tuple[str, float]], y: float, side: str, tracks: dict[tuple[str, str], float]
) -> float:
    for link, height in planned:
        tracks[link, side] = y + height / 2
        y += height
    return y + (MARGIN if planned else 0)


def _ports(sketch: Sketch) -> dict[tuple[str, str], float]:
    """How far along the bottom ("source") or top ("target") each link is attached, 0 to 1."""
    outlines = {box.id: box.outline for box in sketch.boxes}
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in sketch.links:
        ends[link.source, "source"].append(link.id)
        ends[link.target, "target"].append(link.id)
    return {
        (link, end): 0.5 if outlines.get(key) in TIPPED else (i + 1) / (len(links) + 1)
        for (key, end), links in ends.items()
        for i, link in enumerate(links)
    }


def _path(
    link: Link,
    result: Arrangement,
    tracks: dict[tuple[str, str], float],
    lane: float,
    ports: dict[tuple[str, str], float],
    adjacent: bool,
) -> list[Point]:
    start = _end(link.id, "source", link.source, result, tracks, ports)
    finish = _end(link.id, "target", link.target, result, tracks, ports)[::-1]
    if adjacent:
        y = tracks[link.id, "below"]
        return [start[0], (start[0][0], y), (finish[-1][0], y), finish[-1]]
    return [*start, (lane, start[-1][1]), (lane, finish[0][1]), *finish]


def _end(
    link: str,
    end: str,
    key: str,
    result: Arrangement,
    tracks: dict[tuple[str, str], float],
    ports: dict[tuple[str, str], float],
) -> list[Point]:
    """From the outline to the point from which it goes to the lane."""
    rect = result.boxes.get(key)
    if rect is None:  # a region: from its right side, at the height of its title
        region = result.regions[key]
        share = ports[link, end] * (0.4 if end == "source" else 0.5)
        return [(region.right, region.y + (MARGIN * 2) * share + 4)]
    x = rect.x + rect.width * ports[link, end]
    if end == "source":
        return [(x, rect.bottom), (x, tracks[link, "below"])]
    return [(x, rect.y), (x, tracks.get((link, "above"), rect.y))]


def _label(link: Link, points: list[Point]) -> Point | None:
    """The middle of the piece that was given the room: the long horizontal or the lane."""
    if not link.label:
        return None
    (x0, y0), (x1, y1) = max(
        pairwise(points),
        key=lambda piece: abs(piece[0][0] - piece[1][0]) + abs(piece[0][1] - piece[1][1]),
    )
    return (x0 + x1) / 2, (y0 + y1) / 2
