"""Boxes that stand a little crooked, in line: rows and columns, their order and what stands beside
what stay; only distances become equal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from app.domain.layout.geometry import Rect

_SHARED = 0.5  # of the smaller side: so much in common makes a row or a column
_LEAST, _MOST, _USUAL = 24.0, 120.0, 40.0
_STEP = 1.0
Pair = tuple[str, str]


@dataclass(frozen=True)
class _Span:
    """A box on one axis."""

    low: float
    high: float

    @property
    def size(self) -> float:
        return self.high - self.low

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def apart(self, other: "_Span") -> float:
        """Negative: by how much the two overlap."""
        return max(self.low, other.low) - min(self.high, other.high)


def _across(rect: Rect) -> _Span:
    return _Span(rect.x, rect.right)


def _down(rect: Rect) -> _Span:
    return _Span(rect.y, rect.bottom)


def aligned(
    rects: Mapping[str, Rect], rooms: Mapping[Pair, tuple[float, float]]
) -> dict[str, Rect]:
    """Where the boxes go. `rooms` is what must fit between two of them, across and down: the
    label of a connection."""
    if len(rects) < 2:
        return dict(rects)
    across = {i: _across(rect) for i, rect in rects.items()}
    down = {i: _down(rect) for i, rect in rects.items()}
    columns, rows = _lines(across, down), _lines(down, across)
    beside, above = _separated(across, down)
    xs = _placed(across, columns, beside, {pair: room[0] for pair, room in rooms.items()})
    ys = _placed(down, rows, above, {pair: room[1] for pair, room in rooms.items()})
    return {i: Rect(xs[i], ys[i], rect.width, rect.height) for i, rect in rects.items()}


def _lines(along: Mapping[str, _Span], other: Mapping[str, _Span]) -> list[list[str]]:
    """Boxes that make one column (`along` is across) or row, from the first to the last. None of
    a line stand beside each other on its own axis."""
    lines: list[list[str]] = []
    for i in sorted(along, key=lambda i: (along[i].middle, other[i].low, i)):
        fits = [
            line
            for line in lines
            if all(
                -along[i].apart(along[j]) >= _SHARED * min(along[i].size, along[j].size)
                and other[i].apart(other[j]) > -_SHARED * min(other[i].size, other[j].size)
                for j in line
            )
        ]
        if fits:
            fits[-1].append(i)
        else:
            lines.append([i])
    return _in_order(lines, along, other)


def _in_order(
    lines: list[list[str]], along: Mapping[str, _Span], other: Mapping[str, _Span]
) -> list[list[str]]:
    """The lines by where they are; a line that would turn the order of two boxes around that
    stand one behind the other is taken apart."""
    lines = sorted(lines, key=lambda line: sum(along[i].middle for i in line) / len(line))
    place = {i: k for k, line in enumerate(lines) for i in line}
    broken = {
        place[i]
        for i in along
        for j in along
        if other[i].apart(other[j]) < 0 and along[i].high <= along[j].low and place[i] >= place[j]
    }
    if not broken:
        return lines
    apart = [[i] for k in sorted(broken) for i in lines[k]]
    kept = [line for k, line in enumerate(lines) if k not in broken]
    if not kept and all(len(line) == 1 for line in lines):
        return sorted(apart, key=lambda line: along[line[0]].middle)
    again = [*kept, *apart]
    if all(len(line) == 1 for line in again):
        return sorted(again, key=lambda line: along[line[0]].middle)
    return _in_order(again, along, other) if len(again) > len(lines) else again


def _separated(
    across: Mapping[str, _Span], down: Mapping[str, _Span]
) -> tuple[list[Pair], list[Pair]]:
    """Which boxes stay left of which, and which above which: each pair on the axis on which it
    stands apart."""
    beside: list[Pair] = []
    above: list[Pair] = []
    ids = sorted(across)
    for k, i in enumerate(ids):
        for j in ids[:k]:
            x, y = across[i].apart(across[j]), down[i].apart(down[j])
            spans, pairs = (across, beside) if x >= y else (down, above)
            pairs.append((i, j) if spans[i].middle <= spans[j].middle else (j, i))
    return beside, above


def _placed(
    spans: Mapping[str, _Span],
    lines: list[list[str]],
    pairs: Sequence[Pair],
    rooms: Mapping[Pair, float],
) -> dict[str, float]:
    """The low side of each box. Every line has one place; between its earliest and its latest
    it takes the middle."""
    edge = {k: _edge(line, spans) for k, line in enumerate(lines)}
    offset = {i: edge[k] * spans[i].size for k, line in enumerate(lines) for i in line}
    place = {i: k for k, line in enumerate(lines) for i in line}
    gap = _gap(spans, pairs, lines)
    needs: list[dict[int, float]] = [{} for _ in lines]
    for i, j in pairs:
        one, other = place[i], place[j]
        if one == other:
            continue
        room = max(gap, rooms.get((i, j), 0.0), rooms.get((j, i), 0.0))
        need = spans[i].size - offset[i] + room + offset[j]
        first, second, need = (one, other, need) if one < other else (other, one, _STEP)
        needs[second][first] = max(needs[second].get(first, _STEP), need)
    for k in range(1, len(lines)):
        before, after = lines[k - 1], lines[k]
        need = _STEP
        if max(spans[i].high for i in before) <= min(spans[i].low for i in after):
            need = max(spans[i].size - offset[i] for i in before) + gap
            need += max(offset[i] for i in after)
        needs[k][k - 1] = max(needs[k].get(k - 1, _STEP), need)
    early = [0.0] * len(lines)
    for k, wanted in enumerate(needs):
        early[k] = max((early[first] + need for first, need in wanted.items()), default=0.0)
    late = [early[-1]] * len(lines)
    for k in range(len(lines) - 1, -1, -1):
        for first, need in needs[k].items():
            late[first] = min(late[first], late[k] - need)
    at = [(a + b) / 2 for a, b in zip(early, late, strict=True)]
    low = {i: at[place[i]] - offset[i] for i in spans}
    shift = min(span.low for span in spans.values()) - min(low.values())
    return {i: value + shift for i, value in low.items()}


def _edge(line: list[str], spans: Mapping[str, _Span]) -> float:
    """What of its boxes a line has in common: 0 their low sides, 0.5 their middles, 1 the high."""

    def spread(share: float) -> float:
        at = [spans[i].low + share * spans[i].size for i in line]
        return max(at) - min(at)

    return min((0.5, 0.0, 1.0), key=lambda share: round(spread(share) / 4))


def _gap(
    spans: Mapping[str, _Span], pairs: Sequence[Pair], lines: Sequence[Sequence[str]]
) -> float:
    """The usual distance of neighbouring lines; where they overlap, of neighbours."""
    ends = [
        (max(spans[i].high for i in a), min(spans[i].low for i in b)) for a, b in pairwise(lines)
    ]
    apart = [low - high for high, low in ends if low >= high]
    if not apart:
        nearest: dict[str, float] = {}
        for i, j in pairs:
            between = spans[i].apart(spans[j])
            if between > 0:
                nearest[i] = min(nearest.get(i, between), between)
        apart = list(nearest.values()) or [_USUAL]
    return float(round(min(max(median(apart), _LEAST), _MOST)))
