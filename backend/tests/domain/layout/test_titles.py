"""Titles of regions keep clear of routes, and regions are as wide as their titles."""

import pytest

from app.adapters.elk import ElkEngine
from app.domain.layout import columns, layered, titles
from app.domain.layout.geometry import Rect, path_crosses
from app.domain.layout.model import Arrangement, Box, Direction, Link, Region, Route, Sketch

ELK = ElkEngine()
LONG = (260.0, 20.0)


def payments(direction: Direction = "down") -> Sketch:
    """Arrows from outside into a region whose title is wider than what lies in it."""
    boxes = (Box("client", 120, 60), Box("api", 120, 60, region="pay"), Box("db", 120, 60))
    links = (Link("in", "client", "api"), Link("on", "api", "db"), Link("back", "db", "client"))
    return Sketch(boxes, links, (Region("pay", None, LONG),), direction)


def struck(found: Arrangement, sketch: Sketch) -> bool:
    return any(
        path_crosses(route.points, wall)
        for wall in titles.walls(found, sketch)
        for route in found.routes.values()
    )


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_a_region_is_as_wide_as_its_title(direction: Direction) -> None:
    found = layered.arrange(payments(direction), ELK)
    assert found.regions["pay"].width >= LONG[0] + 2 * titles.INSET


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_no_route_runs_through_a_title(direction: Direction) -> None:
    sketch = payments(direction)
    assert not struck(layered.arrange(sketch, ELK), sketch)


def test_a_title_moves_to_the_side_that_is_free() -> None:
    sketch = payments()
    found = layered.arrange(sketch, ELK)
    region = found.regions["pay"]
    route = found.routes["in"]
    for x, side in ((region.x + 40, "right"), (region.right - 40, "left")):
        found.routes = {
            "in": type(route)(((x, region.y - 30), (x, region.y + 60)), "client", "api")
        }
        assert titles.place(found, sketch) == set()
        assert found.titles["pay"] == side


def test_routes_between_columns_go_around_the_titles() -> None:
    boxes = (Box("a", 180, 60, region="to do"), Box("b", 180, 60, region="done"))
    regions = tuple(Region(key, None, (150.0, 25.0)) for key in ("to do", "doing", "done"))
    sketch = Sketch(boxes, (Link("ab", "a", "b"),), regions)
    found = columns.arrange(sketch)
    assert found.routes["ab"]
    assert not struck(found, sketch)


def test_the_loop_of_a_shape_leaves_room_for_its_label() -> None:
    loop = Link("again", "a", "a", (60.0, 24.0), "again")
    found = layered.arrange(Sketch((Box("a", 120, 60), Box("b", 120, 60)), (loop,)), ELK)
    box, route = found.boxes["a"], found.routes["again"]
    assert route.label is not None
    assert not box.overlaps(titles.Rect(route.label[0] - 30, route.label[1] - 12, 60, 24))
    leg = max(abs(x - box.center[0]) for x, _ in route.points)
    assert leg >= box.width / 2 + 30 + 15


def test_a_flow_through_groups_begins_with_its_first_shape_although_it_leads_back() -> None:
    boxes = [Box(key, 120, 60, region="dev") for key in ("code", "review")]
    boxes += [Box(key, 120, 60, region="ops") for key in ("build", "deploy")]
    pairs = [
        ("code", "review"),
        ("review", "code"),
        ("review", "build"),
        ("build", "deploy"),
        ("deploy", "code"),
    ]
    links = tuple(Link(a + b, a, b) for a, b in pairs)
    regions = (Region("dev", None, (40.0, 20.0)), Region("ops", None, (40.0, 20.0)))
    found = layered.arrange(Sketch(tuple(boxes), links, regions, "right"), ELK)
    order = sorted(found.boxes, key=lambda key: found.boxes[key].x)
    assert order == ["code", "review", "build", "deploy"]
    for link in links:
        start, *_, end = found.routes[link.id].points
        assert found.boxes[link.source].has(start, 0.5)
        assert found.boxes[link.target].has(end, 0.5)


def test_a_region_reaches_further_where_a_route_leaves_its_title_no_side() -> None:
    sketch = Sketch((Box("a", 120, 60, region="g"),), (), (Region("g", None, (100.0, 20.0)),))
    region = Rect(0, 0, 168, 130)
    route = Route(((60.0, -50.0), (60.0, 20.0), (110.0, 20.0), (110.0, 60.0)), "x", "a")
    found = Arrangement({"a": Rect(24, 60, 120, 60)}, {"in": route}, {"g": region})
    assert titles.place(found, sketch) == {"g"}
    titles.stretch(found, sketch, {"g"})
    assert found.regions["g"].contains(region)
    assert not struck(found, sketch)
    blocked = Arrangement({"a": Rect(24, 60, 120, 60)}, {"in": route}, {"g": region})
    around = {"l": (-40, 0, 30, 130), "r": (178, 0, 30, 130), "t": (0, -40, 168, 30)}
    blocked.boxes |= {key: Rect(*sides) for key, sides in around.items()}
    titles.stretch(blocked, sketch, {"g"})
    assert blocked.regions["g"] == region
