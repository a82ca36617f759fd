"""Edits where there is little room: things make way, connectors keep theirs, nothing is covered."""

from app.domain.scene.elements import points_of, rect_of
from app.domain.scene.lint import lint
from tests.domain.scene.drawing import (
    Scene,
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

LONG = "Ship the parcel with the courier that the customer chose at checkout"


def edited(scene: Scene, **operation: object) -> Scene:
    after = applied(scene, draw(operation, scene=scene, seed="edit"))
    assert lint(after).findings == ()
    return after


def bends(scene: Scene, source: str, target: str) -> int:
    (arrow,) = arrows_between(scene, source, target)
    return len(points_of(arrow))


def test_arrows_of_a_shape_that_grows_keep_their_way() -> None:
    steps = [node("a"), node("b"), node("c"), node("d")]
    links = [edge("a", "b"), edge("b", "c"), edge("a", "d"), edge("d", "c")]
    scene = drawn(graph("flowchart", steps, links))
    after = edited(scene, op="set_text", target="b", text=LONG)
    assert bends(after, LONG, "c") == bends(scene, "b", "c")
    assert bends(after, "a", LONG) == bends(scene, "a", "b")


def test_a_cell_that_needs_more_room_takes_its_column_along() -> None:
    cells = [node(f"c{x}{y}", f"c{x}{y}", column=x, row=y) for x in range(3) for y in range(3)]
    scene = drawn(graph("table", cells))
    after = edited(scene, op="set_text", target="c11", text="x" * 60)
    column = [rect_of(find(after, label)) for label in ("c10", "x" * 60, "c12")]
    assert len({(rect.x, rect.width) for rect in column}) == 1
    assert column[1].width > rect_of(find(scene, "c11")).width
    assert rect_of(find(after, "c21")).x == column[1].right
    assert rect_of(find(after, "c01")) == rect_of(find(scene, "c01")) or column[1].height > 60


def test_new_words_of_a_free_text_take_its_arrows_along() -> None:
    scene = drawn(graph("flowchart", [node("a", shape="text"), node("b")], [edge("a", "b")]))
    after = edited(scene, op="set_text", target="a", text=LONG)
    (arrow,) = arrows_between(after, LONG, "b")
    assert points_of(arrow)[0][1] >= rect_of(find(after, LONG)).bottom


def test_shapes_that_stand_apart_are_gathered_for_their_group() -> None:
    row = [node(key) for key in "abcd"]
    scene = drawn(graph("flowchart", row, [edge("a", "b"), edge("b", "c"), edge("c", "d")]))
    after = edited(scene, op="group", targets=["a", "c"], label="Backend")
    area = rect_of(find(after, "Backend"))
    assert area.contains(rect_of(find(after, "a")))
    assert area.contains(rect_of(find(after, "c")))
    assert not area.overlaps(rect_of(find(after, "b")))
    assert not area.overlaps(rect_of(find(after, "d")))


def test_an_arrow_goes_around_the_title_of_a_group() -> None:
    inside = [node("api", group="g"), node("worker", group="g")]
    scene = drawn(
        graph("architecture", [node("client"), *inside], groups=[group("g", "Payments and more")])
    )
    title = next(e for e in scene if e["type"] == "text" and e["text"] == "Payments and more")
    api = rect_of(find(scene, "api"))
    scene = [e | {"x": api.x} if e["id"] == title["id"] else e for e in scene]
    after = edited(scene, op="connect", source="client", target="api")
    assert arrows_between(after, "client", "api")


def test_an_arrow_through_a_title_is_a_finding() -> None:
    inside = [node("api", group="g")]
    scene = drawn(
        graph("architecture", [node("a"), *inside], [edge("a", "api")], groups=[group("g", "Pay")])
    )
    assert lint(scene).findings == ()
    (arrow,) = arrows_between(scene, "a", "api")
    x = points_of(arrow)[-1][0]
    struck = [e | {"x": x - 10} if e.get("text") == "Pay" else e for e in scene]
    assert {finding.check for finding in lint(struck).findings} >= {"arrow_on_title"}


def test_a_loop_finds_a_corner_with_room_for_its_label() -> None:
    scene = drawn(graph("grid", [node("a"), node("b"), node("c"), node("d")]))
    after = edited(scene, op="connect", source="a", target="a", label="again and again")
    assert arrows_between(after, "a", "a")


def company() -> Scene:
    people = [node(name) for name in ("Di", "Bob", "Eve", "Ada", "Cy", "Fay")]
    below = {"Bob": "Di", "Eve": "Di", "Ada": "Bob", "Cy": "Bob", "Fay": "Eve"}
    return drawn(graph("tree", people, [edge(boss, name) for name, boss in below.items()]))


def test_a_new_report_hangs_beside_the_others_and_crosses_nothing() -> None:
    scene = company()
    after = edited(scene, op="add", node={"id": "x", "label": "Gil"}, connect_from="Bob")
    assert find(after, "Gil")["y"] == find(after, "Ada")["y"]
    (arrow,) = arrows_between(after, "Bob", "Gil")
    others = [e for e in after if e["type"] == "arrow" and e["id"] != arrow["id"]]
    foreign = [e for e in others if e["startBinding"]["elementId"] != find(after, "Bob")["id"]]
    assert not any(rect_of(arrow).overlaps(rect_of(e).inflated(1)) for e in foreign)
    assert find(after, "Fay") == find(scene, "Fay")


def test_a_tree_that_has_no_room_to_grow_moves_as_a_whole_and_what_stood_there_stays() -> None:
    once = edited(company(), op="add", node={"id": "x", "label": "Gil"}, connect_from="Bob")
    gil = find(once, "Gil")
    wall = drawn(graph("grid", [node("Wall")]), seed="wall")[0] | {"boundElements": []}
    wall |= {"x": gil["x"], "y": gil["y"] + 90, "index": "b00"}
    after = edited([*once, wall], op="add", node={"id": "y", "label": "Hal"}, connect_from="Bob")
    assert next(e for e in after if e["id"] == wall["id"]) == wall
    assert find(after, "Hal")["y"] > find(after, "Bob")["y"]


def test_a_new_branch_of_a_mind_map_stands_below_the_last_one() -> None:
    names = ["Travel", "Flights", "Hotel", "Work", "Food"]
    links = [edge("Travel", name) for name in names[1:]]
    scene = drawn(graph("mindmap", [node(name) for name in names], links))
    after = edited(scene, op="add", node={"id": "x", "label": "Beach"}, connect_from="Travel")
    last = find(after, "Food")
    assert find(after, "Beach")["y"] > last["y"]
    assert abs(find(after, "Beach")["x"] - last["x"]) < last["width"]


def test_a_card_moves_into_another_column_and_the_one_below_it_takes_its_place() -> None:
    cards = [node("one", group="a"), node("two", group="a"), node("three", group="b")]
    scene = drawn(graph("kanban", cards, groups=[group("a"), group("b")]))
    after = edited(scene, op="move_relative", targets=["one"], side="inside", anchor="b")
    assert rect_of(find(after, "b")).contains(rect_of(find(after, "one")))
    assert rect_of(find(after, "two")) == rect_of(find(scene, "one"))
    assert find(after, "one")["id"] == find(scene, "one")["id"]


def test_nothing_moves_inside_what_is_no_group() -> None:
    scene = drawn(graph("grid", [node("one"), node("two")]))
    after = edited(scene, op="move_relative", targets=["one"], side="inside", anchor="two")
    assert rect_of(find(after, "one")) == rect_of(find(scene, "one"))


def test_cards_stay_in_their_column_when_something_is_put_between_columns() -> None:
    cards = [node(f"card {key}", group=key) for key in "abc"]
    scene = drawn(graph("kanban", cards, groups=[group(key) for key in "abc"]))
    after = edited(scene, op="insert_between", node=node("x", "A sign"), source="b", target="c")
    assert rect_of(find(after, "c")).contains(rect_of(find(after, "card c")))
