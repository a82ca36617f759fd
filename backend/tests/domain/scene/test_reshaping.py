"""Sizes, places and copies: each edit changes what it names, and its arrows come along."""

from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.scene.elements import rect_of
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
from tests.domain.scene.test_edits import changed, edited

CHAIN = graph(
    "flowchart",
    [node(i) for i in ("Receive", "Check", "Pay", "Ship")],
    [edge("Receive", "Check"), edge("Check", "Pay", "ok"), edge("Pay", "Ship")],
)
CHART = graph(
    "tree",
    [node(i) for i in ("CEO", "CTO", "CFO", "COO", "Dev", "Ops", "Sec", "Support", "Logistics")],
    [edge("CEO", i) for i in ("CTO", "CFO", "COO")]
    + [edge("CTO", i) for i in ("Dev", "Ops", "Sec")]
    + [edge("COO", i) for i in ("Support", "Logistics")],
)
BOARD = graph(
    "kanban",
    [node("FAQ", group="a"), node("Imprint " * 8, group="a"), node("Bug", group="b")],
    groups=[group("a", "To do"), group("b", "Done")],
)


def at(scene: Scene, label: str) -> Rect:
    return rect_of(find(scene, label))


def words(scene: Scene, ids: set[str]) -> set[str]:
    """Labels of what these ids are; an arrow as "arrow"."""
    texts = {e["containerId"]: e["originalText"] for e in scene if e["type"] == "text"}
    known = [e for e in scene if e["id"] in ids and e["type"] != "text"]
    return {"arrow" if e["type"] == "arrow" else texts.get(e["id"], "") for e in known}


def test_a_larger_shape_keeps_its_middle_and_its_arrows_follow() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "resize", "targets": ["Receive"], "width": 1.5})
    old, new = at(before, "Receive"), at(after, "Receive")
    assert (new.width, new.height) == (old.width * 1.5, old.height)
    assert new.center == old.center
    assert words(after, changed(before, after)) <= {"Receive", "arrow"}


def test_no_shape_becomes_too_small_for_its_words() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "resize", "targets": ["Check"], "width": 0.1, "height": 0.1})
    text = next(e for e in after if e.get("originalText") == "Check")
    assert at(after, "Check").contains(rect_of(text))
    assert at(after, "Check").width < at(before, "Check").width
    drawing = draw({"op": "resize", "targets": ["Check"], "width": 0.1, "height": 0.1}, scene=after)
    assert drawing.changes == []
    assert "no smaller" in drawing.remarks[0]


def test_a_shape_that_grows_into_others_moves_them() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "resize", "targets": ["Check"], "width": 3, "height": 4})
    assert at(after, "Check").height == at(before, "Check").height * 4
    assert at(after, "Pay").y > at(after, "Check").bottom


def test_all_become_as_large_as_the_largest_or_as_one_that_is_named() -> None:
    names = ["Receive", "Check", "Pay", "Ship"]
    scene = edited(drawn(CHAIN), {"op": "resize", "targets": ["Pay"], "width": 2, "height": 1.2})
    even = edited(scene, {"op": "resize", "targets": names, "equal": True})
    assert len({(at(even, i).width, at(even, i).height) for i in names}) == 1
    like = edited(scene, {"op": "resize", "targets": ["Ship"], "width": 1, "like": "Pay"})
    assert at(like, "Ship").width == at(like, "Pay").width
    assert at(like, "Ship").height < at(like, "Pay").height


def test_a_wider_entity_takes_its_rule_and_its_columns_along() -> None:
    before = drawn(graph("er", [node("Order", rows=["id PK", "date"]), node("Item")]))
    after = edited(before, {"op": "resize", "targets": ["Order"], "width": 1.5, "height": 1.5})
    rule = next(e for e in after if e["type"] == "line")
    assert rect_of(rule).width == at(after, "Order").width
    rows = next(e for e in after if e.get("originalText") == "id PK\ndate")
    assert at(after, "Order").contains(rect_of(rows))


def test_a_group_grows_around_what_lies_in_it_and_not_below_that() -> None:
    before = drawn(BOARD)
    small = draw({"op": "resize", "targets": ["To do"], "width": 0.3, "height": 0.3}, scene=before)
    after = applied(before, small)
    assert at(after, "To do").contains(at(after, "FAQ"))
    assert words(after, changed(before, after)) <= {"To do"}


def test_a_heading_becomes_larger_by_its_letters() -> None:
    before = drawn(graph("flowchart", [node("a", "A heading", "text"), node("b")]))
    after = edited(before, {"op": "resize", "targets": ["A heading"], "width": 2, "height": 2})
    assert find(after, "A heading")["fontSize"] == 2 * find(before, "A heading")["fontSize"]


def test_two_exchange_their_places_and_their_arrows_stay_bound() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "swap", "one": "Receive", "other": "Ship"})
    assert at(after, "Receive").center == at(before, "Ship").center
    assert at(after, "Ship").center == at(before, "Receive").center
    assert len(arrows_between(after, "Receive", "Check")) == 1
    assert words(after, changed(before, after)) <= {"Receive", "Ship", "arrow", "ok"}


def test_two_steps_are_turned_around_with_their_arrows_where_they_were() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "swap", "one": "Check", "other": "Pay", "arrows": "stay"})
    assert len(arrows_between(after, "Receive", "Pay")) == 1
    assert len(arrows_between(after, "Pay", "Check")) == 1
    assert len(arrows_between(after, "Check", "Ship")) == 1
    lines = [[e["points"] for e in scene if e["type"] == "arrow"] for scene in (before, after)]
    assert lines[0] == lines[1]


def test_siblings_exchange_their_places_with_all_that_hangs_below_them() -> None:
    before = drawn(CHART)
    after = edited(before, {"op": "swap", "one": "CTO", "other": "COO"})
    order = [at(after, i).center[0] for i in ("COO", "CFO", "CTO")]
    assert order == sorted(order)
    assert at(after, "Logistics").right < at(after, "Dev").x
    assert len(arrows_between(after, "CTO", "Sec")) == 1


def test_columns_of_a_board_are_exchanged_with_their_cards() -> None:
    before = drawn(BOARD)
    after = edited(before, {"op": "swap", "one": "To do", "other": "Done"})
    assert at(after, "Done").x == at(before, "To do").x
    assert at(after, "Done").contains(at(after, "Bug"))
    assert at(after, "To do").contains(at(after, "FAQ"))


def test_cards_of_different_heights_exchange_their_places() -> None:
    before = drawn(BOARD)
    tall = ("Imprint " * 8).strip()
    after = edited(before, {"op": "swap", "one": "Bug", "other": tall})
    assert at(after, "To do").contains(at(after, "Bug"))
    assert at(after, "Done").contains(at(after, tall))


def test_a_group_does_not_exchange_places_with_what_lies_in_it() -> None:
    drawing = draw({"op": "swap", "one": "To do", "other": "FAQ"}, scene=drawn(BOARD))
    assert drawing.changes == []
    assert "lies in it" in drawing.remarks[0]


def test_who_is_below_another_takes_their_place_and_all_their_arrows() -> None:
    before = drawn(CHART)
    after = edited(before, {"op": "swap", "one": "CEO", "other": "Dev"})
    assert at(after, "Dev").center == at(before, "CEO").center
    assert at(after, "CEO").center == at(before, "Dev").center
    assert len(arrows_between(after, "Dev", "CTO")) == len(arrows_between(after, "CTO", "CEO")) == 1
    assert at(after, "Sec") == at(before, "Sec")


def copies(before: Scene, after: Scene) -> Scene:
    known = {element["id"] for element in before}
    return [element for element in after if element["id"] not in known]


def test_copies_are_the_same_but_for_their_ids_and_keep_their_arrow() -> None:
    before = drawn(CHAIN)
    after = edited(before, {"op": "duplicate", "targets": ["Check", "Pay"]})
    assert changed(before, after) == {element["id"] for element in copies(before, after)}
    kinds = [element["type"] for element in copies(before, after)]
    assert sorted(kinds) == ["arrow", "rectangle", "rectangle", "text", "text", "text"]
    arrow = next(e for e in copies(before, after) if e["type"] == "arrow")
    new = {e["id"] for e in copies(before, after)}
    assert {arrow["startBinding"]["elementId"], arrow["endBinding"]["elementId"]} <= new
    same = ("backgroundColor", "strokeColor", "width", "height", "roundness", "fillStyle")
    original = find(before, "Check")
    twins = [e for e in copies(before, after) if e["type"] == "rectangle"]
    assert {name: twins[0][name] for name in same} == {name: original[name] for name in same}


def test_copies_can_be_connected_as_their_originals_are() -> None:
    before = drawn(CHAIN)
    duplicate: dict[str, Any] = {"op": "duplicate", "targets": ["Check"], "connected": True}
    after = edited(before, {**duplicate, "label": "Check again", "ids": ["x"]},
                   {"op": "set_style", "targets": ["x"], "color": "red"})  # fmt: skip
    assert len(arrows_between(after, "Receive", "Check again")) == 1
    assert len(arrows_between(after, "Check again", "Pay")) == 1
    assert find(after, "Check again")["strokeColor"] != find(after, "Check")["strokeColor"]


def test_a_copied_group_brings_what_lies_in_it() -> None:
    before = drawn(BOARD)
    after = edited(before, {"op": "duplicate", "targets": ["To do"]})
    frames = [e for e in copies(before, after) if e["type"] == "rectangle"]
    assert len(frames) == 3
    outer = max(map(rect_of, frames), key=lambda rect: rect.width * rect.height)
    assert all(outer.contains(rect_of(frame)) for frame in frames)


def test_a_copied_card_goes_to_the_end_of_its_column() -> None:
    before = drawn(BOARD)
    after = edited(before, {"op": "duplicate", "targets": ["Bug"], "label": "Bug 2"})
    assert at(after, "Done").contains(at(after, "Bug 2"))
    assert at(after, "Bug 2").y > at(after, "Bug").bottom


def test_copies_of_copies_come_to_an_end() -> None:
    many = [{"op": "duplicate", "targets": ["everything"]}] * 3
    nodes = [node(f"n{i}", group="g") for i in range(450)]
    scene = drawn(graph("grid", nodes, groups=[group("g", "everything")]))
    drawing = draw(*many, scene=scene, seed="edit-1")
    assert "so many copies" in " ".join(drawing.remarks)
    assert len(drawing.changes) <= 2_000


def test_a_stack_closes_up_when_a_card_is_moved_out_of_it() -> None:
    cards = [node(i, group="a") for i in ("One", "Two", "Three")]
    before = drawn(graph("kanban", [*cards, node("Bug", group="b")], groups=BOARD.groups))
    move = {"op": "move_relative", "targets": ["One"], "side": "inside", "anchor": "Done"}
    after = edited(before, move)
    assert at(after, "Two").y == at(before, "One").y
    assert at(after, "Three").y - at(after, "Two").y == at(before, "Three").y - at(before, "Two").y
    assert words(after, changed(before, after)) <= {"One", "Two", "Three"}


def test_a_new_frame_keeps_away_from_its_neighbour() -> None:
    chain = graph("flowchart", [node(i) for i in "abc"], [edge("a", "b"), edge("b", "c")])
    after = edited(drawn(chain), {"op": "group", "targets": ["a", "b"], "label": "Both"})
    assert at(after, "c").y - at(after, "Both").bottom >= 8
