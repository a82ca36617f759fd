"""What the layouts of single kinds are known for, beside the guarantees that hold for all."""

from itertools import pairwise
from typing import cast

from app.domain.kinds.mindmap.layout import arrange as mind_map
from app.domain.kinds.sequence.layout import arrange as sequence
from app.domain.kinds.timeline.layout import arrange as timeline
from app.domain.kinds.wireframe.layout import arrange as wireframe
from app.domain.layout.model import Region, Sketch
from app.domain.layout.tools import Layered
from tests.domain.layout.test_layouts import below, boxes, links

NO_ENGINE = cast(Layered, None)


def test_a_mind_map_is_fuller_on_the_right_in_doubt() -> None:
    at = mind_map(Sketch(boxes(*"rabc"), links("ra", "rb", "rc")), NO_ENGINE).boxes
    assert [at[key].x > at["r"].right for key in "abc"] == [True, True, False]


def test_a_mind_map_has_branches_on_both_sides() -> None:
    names = "abcdef"
    at = mind_map(Sketch(boxes("r", *names), links(*(f"r{n}" for n in names))), NO_ENGINE).boxes
    right = [n for n in names if at[n].x > at["r"].right]
    left = [n for n in names if at[n].right < at["r"].x]
    assert len(right) == len(left) == 3


def test_a_timeline_alternates_its_cards_and_marks_each() -> None:
    names = "abcdef"
    order = links(*("".join(pair) for pair in pairwise(names)))
    found = timeline(Sketch(boxes(*names), order), NO_ENGINE)
    assert len(found.bars) == 6
    assert found.routes == {}
    marks = [found.bars[f"mark:{name}"].rect for name in names]
    assert [m.x for m in marks] == sorted(m.x for m in marks)
    assert below(found.boxes["b"], marks[1])
    assert below(marks[0], found.boxes["a"])


def test_a_message_ends_at_the_bars_of_its_participants() -> None:
    found = sequence(Sketch(boxes(*"abc"), links("ab", "bc", "ca")), NO_ENGINE)
    for key, route in found.routes.items():
        assert found.bars[route.source].owner == key[0]
        assert found.bars[route.target].owner == key[1]
    ys = [found.routes[key].points[0][1] for key in ("ab", "bc", "ca")]
    assert ys == sorted(ys)


def test_a_wireframe_nests_panels_and_puts_one_row_side_by_side() -> None:
    regions = (Region("s", None, (60, 20)), Region("p", "s", (60, 20)))
    parts = (*boxes("a", region="s"), *boxes("b", "c", region="p", row=1))
    found = wireframe(Sketch(parts, (), regions), NO_ENGINE)
    assert found.regions["s"].contains(found.regions["p"])
    assert found.boxes["b"].y == found.boxes["c"].y
