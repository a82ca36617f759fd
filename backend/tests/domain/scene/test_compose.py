"""From plan to elements: the acceptance drawing, references, order, placement, remarks."""

import pytest

from app.domain.layout.geometry import Rect
from app.domain.scene.elements import rect_of
from app.domain.scene.place import Viewport, offset
from tests.domain.scene.drawing import (
    SIGN_UP,
    applied,
    arrows_between,
    draw,
    drawn,
    edge,
    find,
    graph,
    group,
    node,
)

FIELDS = {
    "id", "type", "x", "y", "width", "height", "angle", "strokeColor", "backgroundColor",
    "fillStyle", "strokeWidth", "strokeStyle", "roughness", "opacity", "groupIds", "frameId",
    "index", "roundness", "seed", "version", "versionNonce", "isDeleted", "boundElements",
    "updated", "link", "locked", "customData",
}  # fmt: skip


def test_the_sign_up_flowchart_has_its_shapes_arrows_and_labels() -> None:
    scene = drawn(SIGN_UP)
    kinds = [element["type"] for element in scene]
    assert (kinds.count("rectangle"), kinds.count("diamond"), kinds.count("arrow")) == (6, 2, 9)
    for link in SIGN_UP.edges:
        names = {n.id: n.label for n in SIGN_UP.nodes}
        found = arrows_between(scene, names[link.source], names[link.target])
        assert len(found) == 1
        texts = [e["text"] for e in scene if e.get("containerId") == found[0]["id"]]
        assert texts == ([link.label] if link.label else [])


def test_every_element_has_all_fields_and_every_reference_goes_both_ways() -> None:
    scene = drawn(SIGN_UP)
    by_id = {element["id"]: element for element in scene}
    for element in scene:
        assert set(element) >= FIELDS
        for entry in element["boundElements"]:
            other = by_id[entry["id"]]
            ends = [other.get("containerId")]
            ends += [(other.get(s) or {}).get("elementId") for s in ("startBinding", "endBinding")]
            assert element["id"] in ends
    assert {e["customData"]["job"] for e in scene} == {"job-1"}
    assert find(scene, "Dashboard")["customData"]["node"] == "home"


def test_the_flow_runs_down_and_yes_goes_straight_on() -> None:
    scene = drawn(SIGN_UP)
    ys = [find(scene, n.label)["y"] for n in SIGN_UP.nodes if n.id not in ("error", "again")]
    assert ys == sorted(ys)
    yes = arrows_between(scene, "Verified?", "Dashboard")[0]
    assert len({x for x, _ in yes["points"]}) == 1


def test_labels_sit_where_the_editor_would_put_them() -> None:
    scene = drawn(SIGN_UP)
    for text in scene:
        arrow = next((e for e in scene if e["id"] == text.get("containerId")), None)
        if arrow is None or arrow["type"] != "arrow":
            continue
        points = arrow["points"]
        assert len(points) % 2 == 0
        (x0, y0), (x1, y1) = points[len(points) // 2 - 1 : len(points) // 2 + 1]
        center = rect_of(text).center
        assert center[0] == pytest.approx(arrow["x"] + (x0 + x1) / 2, abs=0.05)
        assert center[1] == pytest.approx(arrow["y"] + (y0 + y1) / 2, abs=0.05)


def test_another_seed_gives_other_ids_but_the_same_drawing() -> None:
    one, two = drawn(SIGN_UP), drawn(SIGN_UP, seed="job-2")
    assert {e["id"] for e in one}.isdisjoint(e["id"] for e in two)
    assert [(e["x"], e["y"]) for e in one] == [(e["x"], e["y"]) for e in two]


def test_a_drawing_lands_in_the_middle_of_an_empty_view() -> None:
    drawing = draw(graph("grid", [node("a")]), viewport=Viewport(1000, 500, 800, 600))
    assert drawing.bounds is not None
    assert drawing.bounds.center == pytest.approx((1400, 800), abs=1)


def test_new_work_goes_into_free_space_in_view_else_beside_the_content() -> None:
    taken = [Rect(0, 0, 400, 400)]
    box = Rect(0, 0, 200, 100)
    x, y = offset(box, taken, Viewport(0, 0, 1200, 800))
    assert not box.moved(x, y).overlaps(taken[0])
    assert Rect(0, 0, 1200, 800).contains(box.moved(x, y))
    assert offset(box, taken, Viewport(0, 0, 420, 420))[0] > 400
    assert offset(box, [Rect(0, 0, 4000, 400)], None)[1] > 400


def test_what_a_plan_gets_wrong_is_left_out_with_a_remark() -> None:
    drawing = draw(
        graph(
            "flowchart",
            [node("a", "Alpha"), node("b", "Beta", group="nowhere"), node("a", "Again")],
            [edge("Alpha", "b"), edge("a", "zzz"), edge("g", "g")],
            groups=[group("g", parent="h"), group("h", parent="g")],
        )
    )
    assert (drawing.planned, drawing.drawn) == (3, 2)
    assert any("zzz" in remark for remark in drawing.remarks)
    assert any("Again" in remark for remark in drawing.remarks)
    assert len(arrows_between(applied([], drawing), "Alpha", "Beta")) == 1


def test_a_repeated_connection_is_drawn_once_but_messages_are_not_merged() -> None:
    pair = [node("a"), node("b")]
    twice = [edge("a", "b", "x"), edge("a", "b", "x")]
    for kind, count in (("flowchart", 1), ("sequence", 2)):
        scene = drawn(graph(kind, pair, twice))
        assert sum(e["type"] == "arrow" for e in scene) == count


def test_later_operations_may_name_what_earlier_ones_drew() -> None:
    plan = graph("flowchart", [node("a", "Alpha")])
    scene = drawn(plan, {"op": "add", "node": {"id": "b", "label": "Beta"}, "connect_from": "a"})
    assert arrows_between(scene, "Alpha", "Beta")


def test_an_empty_graph_draws_nothing() -> None:
    for kind in ("flowchart", "tree", "mindmap", "kanban", "table", "sequence", "timeline"):
        drawing = draw(graph(kind, []))
        assert (drawing.changes, drawing.planned, drawing.bounds) == ([], 0, None)


def test_a_plan_that_changes_nothing_says_why() -> None:
    tidy = drawn(graph("flowchart", [node("a"), node("b")], [edge("a", "b")]))
    again = draw({"op": "relayout"}, scene=tidy)
    assert again.changes == []
    assert again.remarks == ("Nothing needed tidying: the drawing is laid out already.",)
    same = draw({"op": "set_text", "target": "a", "text": "a"}, scene=tidy)
    assert same.remarks == ("Nothing had to be changed: the drawing is like that already.",)
