"""A plain layered layout for when ELK has no answer: rows, channels between them, lanes beside.

Boxes stand in rows; every row has a channel above and below it, and all boxes have lanes to
their right. Routes run only in channels and lanes, so that no route can meet a foreign shape. What
leaves a box leaves on one track, what enters it enters on one, like wires on a bus: a hairball
stays readable that way, and its height does not grow with its links.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.layout.geometry import Point, Rect, bounds, simplified
from app.domain.layout.model import Arrangement, Box, Link, Region, Route, Sketch
from app.domain.layout.tips import backward

GAP, TRACK, MARGIN = 50, 20, 24
ROW_LIMIT = 8


@dataclass
class _Row:
    boxes: list[Box]
    opens: list[Region] = field(default_factory=list)  # regions that begin above this row
    closes: list[str] = field(default_factory=list)  # and that end below it
    above: set[str] = field(default_factory=set)  # boxes that have a track there
    below: set[str] = field(default_factory=set)


def arrange(sketch: Sketch) -> Arrangement:
    """Zero overlaps, routes clear of foreign shapes. Flows downward whatever the direction."""
    rows = list(_rows(sketch))
    row_of = {box.id: i for i, row in enumerate(rows) for box in row.boxes}
    adjacent = _plan_tracks(sketch, rows, row_of)
    result = Arrangement()
    tracks = _place(rows, result)
    lane = (bounds([*result.boxes.values(), *result.regions.values()]) or Rect(0, 0, 0, 0)).right
    ports = _ports(sketch)
    lanes = _lanes(sketch, result, tracks, ports, adjacent, lane)
    for link in sketch.links:
        points = _path(link, result, tracks, lanes.get(link.id, lane), ports, link.id in adjacent)
        result.routes[link.id] = Route(
            tuple(simplified(points)), link.source, link.target, _label(link, points)
        )
    return result


def _lanes(
    sketch: Sketch,
    result: Arrangement,
    tracks: dict[tuple[str, str], float],
    ports: dict[tuple[str, str], float],
    adjacent: set[str],
    right: float,
) -> dict[str, float]:
    """The x of each link's lane. Links that do not pass each other share one; short ones are
    nearest to the boxes."""
    spans = {}
    for link in sketch.links:
        if link.id not in adjacent:
            start = _end(link.id, "source", link.source, result, tracks, ports)[-1][1]
            end = _end(link.id, "target", link.target, result, tracks, ports)[-1][1]
            air = TRACK + (link.label[1] if link.label else 0)
            spans[link.id] = (min(start, end) - air, max(start, end) + air)
    shared: list[list[str]] = []
    for key in sorted(spans, key=lambda key: (spans[key][1] - spans[key][0], key)):
        low, high = spans[key]
        free = (
            lane
            for lane in shared
            if all(high <= spans[other][0] or low >= spans[other][1] for other in lane)
        )
        lane = next(free, None)
        if lane is None:
            shared.append([key])
        else:
            lane.append(key)
    widths = {link.id: link.label[0] for link in sketch.links if link.label}
    lanes: dict[str, float] = {}
    for lane in shared:
        half = max(widths.get(key, 0.0) for key in lane) / 2
        right += TRACK + half
        lanes |= dict.fromkeys(lane, right)
        right += half
    return lanes


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
    """Reserves a track for what leaves and what enters each box; returns the links that need no
    lane: to the next row, without a label."""
    adjacent = set()
    for link in sketch.links:
        source, target = row_of.get(link.source), row_of.get(link.target)
        if source is not None:
            rows[source].below.add(link.source)
        if (
            link.label is None
            and source is not None
            and target == source + 1
            and not rows[target].opens
            and not rows[source].closes
        ):
            adjacent.add(link.id)
        elif target is not None:
            rows[target].above.add(link.target)
    return adjacent


def _place(rows: list[_Row], result: Arrangement) -> dict[tuple[str, str], float]:
    """Fills in boxes and regions; returns the y of each track by (box id, "below" | "above"). The
    tracks of boxes further right are nearer to the row: no track crosses another one's way down."""
    tracks: dict[tuple[str, str], float] = {}
    open_regions: dict[str, tuple[Region, float, int]] = {}
    y, depth = 0.0, 0
    for row in rows:
        for region in row.opens:
            y += MARGIN
            open_regions[region.id] = (region, y, depth)
            depth += 1
            y += region.title[1] + MARGIN
        y = _lay_tracks([b.id for b in row.boxes if b.id in row.above], y, "above", tracks)
        x = float(depth * MARGIN)
        tallest = max((box.height for box in row.boxes), default=0)
        for box in row.boxes:
            result.boxes[box.id] = Rect(x, y + (tallest - box.height) / 2, box.width, box.height)
            x += box.width + GAP
        y += tallest + (MARGIN if row.boxes else 0)
        leaving = [box.id for box in reversed(row.boxes) if box.id in row.below]
        y = _lay_tracks(leaving, y, "below", tracks)
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
    boxes: list[str], y: float, side: str, tracks: dict[tuple[str, str], float]
) -> float:
    for key in boxes:
        tracks[key, side] = y + TRACK / 2
        y += TRACK
    return y + (MARGIN if boxes else 0)


def _ports(sketch: Sketch) -> dict[tuple[str, str], float]:
    """How far along its region's side a link is attached there, 0 to 1, by (link id, end)."""
    known = {region.id for region in sketch.regions}
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in sketch.links:
        for end, key in (("source", link.source), ("target", link.target)):
            if key in known:
                ends[key, end].append(link.id)
    return {
        (link, end): (i + 1) / (len(links) + 1)
        for (_, end), links in ends.items()
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
        y = tracks[link.source, "below"]
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
    x = rect.center[0]
    if end == "source":
        return [(x, rect.bottom), (x, tracks[key, "below"])]
    return [(x, rect.y), (x, tracks.get((key, "above"), rect.y))]


def _label(link: Link, points: list[Point]) -> Point | None:
    """The middle of its piece in the lane, which has room for it."""
    if not link.label:
        return None
    lane = max(x for x, _ in points)
    across = [y for x, y in points if x == lane]
    return lane, (min(across) + max(across)) / 2
