"""Drawing: our layout beside Graphviz dot and ELK's defaults, on the same graphs, in one run.

All get the same boxes, the same label sizes and the direction, nothing else. Layouts are the same
each time, so only the times differ between two runs. ELK keeps 20 px between boxes by default, and
dot 18: less than an arrow with its head can be seen in. ELK with our space shows how
much of the area and the length comes from the space that we keep, and not from the layout.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from app.adapters.elk import ElkEngine
from app.domain.layout import flow
from app.domain.layout.geometry import (
    Point,
    Rect,
    around,
    bounds,
    path_crosses,
    simplified,
)
from app.domain.layout.layered import SPACING
from app.domain.layout.model import Box, Link, Sketch
from bench.support.options import Options
from bench.support.report import Table

GRAPHS = 8  # of each size
SIZES = (10, 25, 50, 100)
INCH = 72.0
ENGINE = ElkEngine()


@dataclass
class Layout:
    boxes: dict[str, Rect] = field(default_factory=dict)
    routes: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Rect] = field(default_factory=dict)


def graph(size: int, seed: int) -> Sketch:
    """A process: a tree of steps with shortcuts and ways back; a third of the arrows labelled."""
    chance = random.Random(f"{size}-{seed}")  # noqa: S311
    boxes = [
        Box(f"n{i}", chance.choice([90, 120, 150, 190]), chance.choice([50, 50, 70]))
        for i in range(size)
    ]
    pairs = {(chance.randrange(max(0, i - 6), i), i) for i in range(1, size)}
    while len(pairs) < size * 1.25:
        one, other = chance.randrange(size), chance.randrange(size)
        near = min(size - 1, one + 1 + other % 8)
        if one != near:
            pairs.add((near, one) if chance.random() < 0.2 else (one, near))
    links = []
    for k, (a, b) in enumerate(sorted(pairs)):
        label = (float(chance.choice([24, 60])), 20.0) if chance.random() < 0.33 else None
        links.append(Link(f"e{k}", f"n{a}", f"n{b}", label))
    return Sketch(tuple(boxes), tuple(links))


def ours(sketch: Sketch) -> Layout:
    done = flow.arrange(sketch, ENGINE)
    routes = {key: list(route.points) for key, route in done.routes.items()}
    centers = {key: route.label for key, route in done.routes.items()}
    return Layout(done.boxes, routes, _labels(sketch, centers))


def elk_defaults(sketch: Sketch) -> Layout:
    return _elk(sketch, {})


def elk_with_our_space(sketch: Sketch) -> Layout:
    return _elk(sketch, SPACING)


def _elk(sketch: Sketch, more: dict[str, str]) -> Layout:
    children = [{"id": b.id, "width": b.width, "height": b.height} for b in sketch.boxes]
    edges: list[dict[str, Any]] = []
    for link in sketch.links:
        edge: dict[str, Any] = {"id": link.id, "sources": [link.source], "targets": [link.target]}
        if link.label:
            width, height = link.label
            edge["labels"] = [{"id": "l", "text": "x", "width": width, "height": height}]
            edge["labels"][0]["id"] = f"l{link.id}"
        edges.append(edge)
    options = {"elk.algorithm": "layered", "elk.direction": "DOWN", **more}
    root = {"id": "root", "layoutOptions": options, "children": children, "edges": edges}
    done = ENGINE.layout(root, 30)
    result = Layout(
        {c["id"]: Rect(c["x"], c["y"], c["width"], c["height"]) for c in done["children"]}
    )
    for edge in done["edges"]:
        (section,) = edge["sections"]
        points = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
        result.routes[edge["id"]] = simplified([(p["x"], p["y"]) for p in points])
        for text in edge.get("labels", ()):
            place = Rect(text["x"], text["y"], text["width"], text["height"])
            result.labels[edge["id"]] = place
    return result


def dot(sketch: Sketch) -> Layout:
    """Straight pieces instead of its curves, so that bends can be counted."""
    import pygraphviz

    drawing = pygraphviz.AGraph(directed=True, strict=False, splines="polyline")
    for box in sketch.boxes:
        size = {"width": box.width / INCH, "height": box.height / INCH}
        drawing.add_node(box.id, shape="box", fixedsize=True, label="", **size)
    for link in sketch.links:
        more = {}
        if link.label:
            width, height = link.label
            cell = f'<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}">'
            more["label"] = f"<{cell}<TR><TD></TD></TR></TABLE>>"
        drawing.add_edge(link.source, link.target, key=link.id, **more)
    drawing.layout(prog="dot")
    result = Layout()
    for box in sketch.boxes:
        x, y = _pair(drawing.get_node(box.id).attr["pos"])
        result.boxes[box.id] = Rect(x - box.width / 2, y - box.height / 2, box.width, box.height)
    centers: dict[str, Point | None] = {}
    for link in sketch.links:
        edge = drawing.get_edge(link.source, link.target, key=link.id)
        parts = edge.attr["pos"].split()
        tip = next((_pair(part[2:]) for part in parts if part.startswith("e,")), None)
        control = [_pair(part) for part in parts if "e," not in part]
        result.routes[link.id] = simplified([*control[::3], *([tip] if tip else [])], 0.5)
        centers[link.id] = _pair(edge.attr["lp"]) if link.label else None
    result.labels = _labels(sketch, centers)
    return result


def _pair(text: str) -> Point:
    x, y = text.split(",")[:2]
    return float(x), -float(y)


def _labels(sketch: Sketch, centers: dict[str, Point | None]) -> dict[str, Rect]:
    return {
        link.id: Rect(at[0] - link.label[0] / 2, at[1] - link.label[1] / 2, *link.label)
        for link in sketch.links
        if link.label and (at := centers.get(link.id))
    }


def measure(sketch: Sketch, layout: Layout) -> dict[str, float]:
    areas = [*layout.boxes.values(), *layout.labels.values(), *map(around, layout.routes.values())]
    area = bounds(areas) or Rect(0, 0, 0, 0)
    ends = {link.id: {link.source, link.target} for link in sketch.links}
    inner = {key: rect.inflated(-1) for key, rect in layout.boxes.items()}
    labels = [rect.inflated(-1) for rect in layout.labels.values()]
    pairs = combinations(layout.routes.values(), 2)
    return {
        "crossings": sum(_crossings(one, other) for one, other in pairs),
        "bends": sum(len(points) - 2 for points in layout.routes.values()),
        "area": area.width * area.height,
        "length": sum(_length(points) for points in layout.routes.values()),
        "arrows through shapes": sum(
            path_crosses(points, inner[box])
            for key, points in layout.routes.items()
            for box in inner.keys() - ends[key]
        ),
        "covered labels": sum(
            label.overlaps(other) for label in labels for other in inner.values()
        ) + sum(a.overlaps(b) for a, b in combinations(labels, 2)),
    }  # fmt: skip


def _length(points: Sequence[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def _crossings(one: Sequence[Point], other: Sequence[Point]) -> int:
    return sum(_cross(a, b, c, d) for a, b in pairwise(one) for c, d in pairwise(other))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def contenders() -> dict[str, Callable[[Sketch], Layout]]:
    found: dict[str, Callable[[Sketch], Layout]] = {"ours": ours, "ELK defaults": elk_defaults}
    found["ELK, our space"] = elk_with_our_space
    try:
        import pygraphviz  # noqa: F401
    except ImportError:
        return found
    return {**found, "dot": dot}


def run(options: Options) -> list[Table]:
    names = contenders()
    names["ELK defaults"](graph(5, 0))  # the engine starts once
    sums: dict[str, dict[str, float]] = {name: {} for name in names}
    times: dict[str, list[float]] = {name: [] for name in names}
    for size in SIZES:
        for seed in range(2 if options.quick else GRAPHS):
            sketch = graph(size, seed)
            for name, lay_out in names.items():
                started = time.perf_counter()
                layout = lay_out(sketch)
                times[name].append((time.perf_counter() - started) * 1000)
                for key, value in measure(sketch, layout).items():
                    sums[name][key] = sums[name].get(key, 0) + value
    for name, taken in times.items():
        sums[name]["ms, median"] = statistics.median(taken)
        sums[name]["ms, slowest"] = max(taken)
    return [_table(sums)]


def _table(sums: dict[str, dict[str, float]]) -> Table:
    others = [name for name in sums if name != "ours"]
    sizes = ", ".join(map(str, SIZES))
    table = Table(
        f"Layouts of flowcharts with {sizes} boxes",
        ["", "ours", *others, *(f"ours / {name}" for name in others)],
        notes=["Sums over all graphs. Below 1 is better for us."],
    )
    if "dot" not in sums:
        table.notes.append("Graphviz was left out: its package is not installed.")
    for key, value in sums["ours"].items():
        theirs = [sums[name][key] for name in others]
        ratios = [f"{value / one:.2f}" if one else "-" for one in theirs]
        table.rows.append([key, f"{value:,.0f}", *(f"{one:,.0f}" for one in theirs), *ratios])
    return table
