"""Layered drawings as people read them: in the order written, tiers in line, few crossings."""

from typing import Any

import pytest

from app.adapters.elk import ElkEngine
from app.domain.layout import flow
from app.domain.layout.geometry import Rect, crossings
from app.domain.layout.layered import arrange
from app.domain.layout.model import Arrangement, Box, Link, Region, Sketch
from app.domain.layout.tips import assign

ENGINE = ElkEngine()


class CountedEngine(ElkEngine):
    layouts = 0

    def layout(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        self.layouts += 1
        return ENGINE.layout(graph, timeout_s)


def laid(
    boxes: dict[str, str],
    links: str,
    regions: dict[str, str] | None = None,
    engine: ElkEngine = ENGINE,
    **more: object,
) -> Arrangement:
    """`boxes`: outline by name; `links`: "ab bc:yes"; `regions`: region by box."""
    inside = regions or {}
    found = tuple(Box(k, 120, 60, outline, inside.get(k)) for k, outline in boxes.items())
    ends = [link.partition(":") for link in links.split()]
    arrows = tuple(
        Link(pair, pair[0], pair[1], (30.0, 24.0) if word else None, word) for pair, _, word in ends
    )
    areas = tuple(Region(key, None, (60.0, 20.0)) for key in dict.fromkeys(inside.values()))
    return arrange(Sketch(found, arrows, areas, **more), engine)  # type: ignore[arg-type]


def plain(names: str) -> dict[str, str]:
    return dict.fromkeys(names, "rectangle")


def test_what_is_written_first_stands_further_left() -> None:
    at = laid(plain("abcd"), "ab ac bd cd da").boxes
    assert at["b"].right < at["c"].x


@pytest.mark.parametrize("direction", ["down", "right"])
def test_tiers_are_equally_broad_whatever_is_in_them(direction: str) -> None:
    tiers = {"a": "web", "b": "web", "c": "back", "d": "store", "e": "store"}
    found = laid(plain("abcde"), "ac bc cd ce", tiers, direction=direction)
    spans = {
        (area.x, area.width) if direction == "down" else (area.y, area.height)
        for area in found.regions.values()
    }
    assert len(spans) == 1
    assert all(found.regions[tiers[key]].contains(rect) for key, rect in found.boxes.items())


def test_a_tier_does_not_grow_over_what_is_in_no_tier() -> None:
    tiers = {"a": "web", "b": "web", "c": "back"}
    found = laid(plain("abcdef"), "ac bd ce", tiers)
    for key, rect in found.boxes.items():
        if key not in tiers:
            assert not any(area.overlaps(rect) for area in found.regions.values())


def test_a_way_back_keeps_to_one_flank() -> None:
    outlines = {"a": "rectangle", "b": "diamond", "c": "rectangle"}
    boxes = tuple(Box(k, 120, 60, outline) for k, outline in outlines.items())
    back = (Link("ab", "a", "b"), Link("bc", "b", "c", None, "yes"), Link("ba", "b", "a"))
    sides = assign(Sketch(boxes, back, (), "right"))
    assert sides["ba", "source"] == sides["ba", "target"]


def test_a_decision_uses_its_other_flank_where_arrows_would_cross() -> None:
    outlines = {"s": "rectangle", "q": "diamond", "w": "rectangle", "r": "rectangle"}
    found = laid(outlines, "sq qw:yes ws qr:no")
    assert crossings([route.points for route in found.routes.values()]) == 0


def test_nothing_is_tried_again_where_no_flank_is_used() -> None:
    engine = CountedEngine()
    everybody_to_everybody = "ad ae af bd be bf cd ce cf"
    found = laid({"s": "ellipse"} | plain("abcdef"), f"sa {everybody_to_everybody}", engine=engine)
    assert crossings([route.points for route in found.routes.values()]) > 0
    assert engine.layouts == 1


def test_paths_cross_where_one_runs_through_the_other() -> None:
    flat, upright, bend = [(0, 5), (10, 5)], [(5, 0), (5, 10)], [(0, 0), (0, 5), (3, 5)]
    assert crossings([flat, upright]) == 1  # type: ignore[list-item]
    assert crossings([flat, bend]) == 0  # type: ignore[list-item]


def test_a_loop_can_be_seen_beside_its_box() -> None:
    found = laid(plain("ab"), "ab bb", direction="right")
    loop = found.routes["bb"].points
    box = found.boxes["b"]
    assert min(y for _, y in loop) <= box.y - 20 or max(y for _, y in loop) >= box.bottom + 20
    assert isinstance(box, Rect)


def test_groups_that_would_make_a_strip_are_laid_out_downward() -> None:
    regions = [Region(f"g{i}", None, (60, 20)) for i in range(6)]
    boxes = [Box(f"b{i}", 160, 60, "rectangle", f"g{i}") for i in range(6)]
    links = [Link(f"l{i}", f"b{i}", f"b{i + 1}", (90, 30), "calls") for i in range(5)]
    wide = Sketch(tuple(boxes), tuple(links), tuple(regions), "right")
    found = flow.in_rows(wide, ENGINE)
    whole = found.bounds()
    assert whole.width < 4 * whole.height
    few = Sketch(tuple(boxes[:2]), tuple(links[:1]), tuple(regions[:2]), "right")
    short = flow.in_rows(few, ENGINE)
    assert short.boxes["b1"].x > short.boxes["b0"].right
