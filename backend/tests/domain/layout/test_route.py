"""Routes between shapes: orthogonal, clear of obstacles, apart from other connectors."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.layout.geometry import Rect, around, crosses, path_crosses, simplified
from app.domain.layout.route import clear, label_spot, loop, route
from tests.support.breadth import examples

ONE, OTHER = Rect(0, 0, 100, 50), Rect(300, 0, 100, 50)
cells = st.tuples(st.integers(0, 9), st.integers(0, 9))


def test_the_way_between_neighbours_is_straight() -> None:
    assert route(ONE, OTHER, []) == ((100, 25), (300, 25))


def test_a_route_goes_around_what_is_in_the_way() -> None:
    wall = Rect(180, -100, 40, 400)
    path = route(ONE, OTHER, [wall])
    assert path is not None
    assert not path_crosses(path, wall)


def test_no_way_out_gives_no_route() -> None:
    box = [Rect(-40, -40, 10, 130), Rect(130, -40, 10, 130),
           Rect(-40, -40, 180, 10), Rect(-40, 80, 180, 10)]  # fmt: skip
    assert route(ONE, OTHER, box) is None
    assert route(ONE, Rect(50, 10, 100, 50), []) is None


def test_a_route_keeps_apart_from_another_connector() -> None:
    taken = around(((100, 25), (300, 25))).inflated(1)
    path = route(ONE, OTHER, [], [taken])
    assert path is not None
    assert path[0] != (100, 25)


@settings(max_examples=examples(40, 400))
@given(st.lists(cells, min_size=2, max_size=25, unique=True))
def test_routes_between_boxes_on_a_grid_meet_no_box(places: list[tuple[int, int]]) -> None:
    rects = [Rect(x * 150, y * 100, 100, 50) for x, y in places]
    path = route(rects[0], rects[1], rects[2:])
    assert path is not None
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(path))
    assert not any(path_crosses(path, rect) for rect in rects)


def test_a_loop_leaves_and_enters_its_shape_outside_of_it() -> None:
    path = loop(ONE, [])
    assert path is not None
    assert not path_crosses(path, ONE)
    other = loop(ONE, [Rect(110, 0, 50, 50)])
    assert other is not None
    assert min(x for x, _ in other) < ONE.x
    assert loop(ONE, [Rect(-10, 60, 300, 50), Rect(-10, -60, 300, 50)]) is None


def test_a_loop_goes_far_enough_for_its_label() -> None:
    label = (90.0, 24.0)
    path = loop(ONE, [], label)
    assert path is not None
    assert label_spot(path, label, [ONE]) is not None


def test_a_loop_with_little_room_below_is_wide_instead() -> None:
    label = (40.0, 24.0)
    x, y, width, height = ONE.x, ONE.y, ONE.width, ONE.height
    below = Rect(x - 100, y + height + 20, width + 400, 50)
    above = Rect(x - 100, y - 70, width + 400, 50)
    path = loop(ONE, [above, below], label)
    assert path is not None
    assert label_spot(path, label, [ONE, above, below]) is not None


def test_a_label_is_put_where_it_covers_nothing() -> None:
    path = ((0.0, 0.0), (300.0, 0.0))
    middle = Rect(130, -20, 40, 40)
    spot = label_spot(path, (30, 20), [middle])
    assert spot is not None
    assert abs(spot[0] - 150) > 35
    assert label_spot(path, (30, 20), [Rect(-100, -50, 500, 100)]) is None


@pytest.mark.parametrize(
    ("start", "end", "hit"),
    [((-10, 5), (20, 5), True), ((-10, 0), (20, 0), False), ((-10, -5), (20, 25), True),
     ((-10, 5), (-1, 5), False), ((3, 3), (6, 6), True)],
)  # fmt: skip
def test_a_segment_crosses_only_the_inside_of_a_rectangle(
    start: tuple[float, float], end: tuple[float, float], hit: bool
) -> None:
    assert crosses(start, end, Rect(0, 0, 10, 10)) is hit


def test_points_in_the_middle_of_a_straight_are_dropped_but_not_turns_back() -> None:
    assert simplified([(0, 0), (5, 0), (5, 0), (9, 0), (9, 4)]) == [(0, 0), (9, 0), (9, 4)]
    assert simplified([(0, 0), (9, 0), (4, 0)]) == [(0, 0), (9, 0), (4, 0)]


def test_a_way_that_leads_further_than_expected_still_goes_around_what_is_there() -> None:
    target, source = Rect(0, 40, 100, 60), Rect(0, 100, 100, 60)
    left, right = Rect(-900, 40, 900, 120), Rect(100, 40, 390, 120)
    beyond = Rect(505, -300, 300, 800)
    path = route(source, target, [left, right, beyond])
    assert path is not None
    assert clear(path, [left, right, beyond])
