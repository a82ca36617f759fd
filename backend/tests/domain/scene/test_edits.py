"""Edits of a drawing: each changes what it names, keeps every promise, and touches nothing else."""

from itertools import pairwise
from typing import Any

import pytest

from app.domain.scene.describe import describe
from app.domain.scene.elements import rect_of
from app.domain.scene.lint import lint
from app.domain.scene.palette import nearest_hue
from app.domain.scene.validate import validate_element, validate_set
from tests.domain.scene.drawing import (
    SIGN_UP,
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


@pytest.fixture
def scene() -> Scene:
    return drawn(SIGN_UP)


def edited(scene: Scene, *operations: dict[str, Any], **more: Any) -> Scene:
    """The scene after the edits; every change must pass the gate and leave no fault behind."""
    drawing = draw(*operations, scene=scene, seed="edit-1", **more)
    by_id = {element["id"]: element for element in scene}
    for change in drawing.changes:
        if change.get("create"):
            assert validate_element(change["set"]) == change["set"]
        else:
            assert validate_set(change["set"], by_id[change["id"]]) == change["set"]
    after = applied(scene, drawing)
    assert drawing.lint.findings == (), drawing.remarks
    assert lint(after).findings == ()
    known = {element["id"] for element in after}
    for element in after:
        assert {entry["id"] for entry in element["boundElements"] or []} <= known
        assert element.get("containerId") is None or element["containerId"] in known
    return after


def changed(before: Scene, after: Scene) -> set[str]:
    old = {element["id"]: element for element in before}
    return {e["id"] for e in after if old.get(e["id"]) != e} | (
        old.keys() - {e["id"] for e in after}
    )


def test_new_words_that_fit_change_the_text_alone(scene: Scene) -> None:
    after = edited(scene, {"op": "set_text", "target": "Resend", "text": "Send"})
    text = next(e for e in after if e.get("originalText") == "Send")
    assert changed(scene, after) == {text["id"]}


def test_long_words_grow_the_shape_and_its_arrows_follow(scene: Scene) -> None:
    words = "Send the verification mail once more, but at most three times a day"
    after = edited(scene, {"op": "set_text", "target": "Resend", "text": words})
    assert find(after, words)["height"] > find(scene, "Resend")["height"]
    assert arrows_between(after, "Verified?", words)


def test_an_arrow_can_be_given_a_label(scene: Scene) -> None:
    context, aliases = describe(scene)
    names = {n.label: n.alias for n in context.nodes}
    name = next(e.alias for e in context.edges if e.source == names["Show error"])
    after = edited(scene, {"op": "set_text", "target": name, "text": "try again"}, aliases=aliases)
    assert find(after, "try again")["type"] == "arrow"


def test_delete_takes_text_and_arrows_along_and_nothing_else(scene: Scene) -> None:
    after = edited(scene, {"op": "delete", "targets": ["Show error"]})
    assert sum(e["type"] == "arrow" for e in after) == 7
    assert len([e for e in after if e["type"] in ("rectangle", "diamond")]) == 7
    form, valid = find(scene, "Fills sign-up form")["id"], find(scene, "Is the email valid?")["id"]
    kept = {e["id"] for e in after} & changed(scene, after)
    assert kept == {form, valid}


def test_insert_between_takes_the_arrows_place(scene: Scene) -> None:
    after = edited(
        scene,
        {
            "op": "insert_between", "node": {"id": "new", "label": "Check spam list"},
            "source": "Is the email valid?", "target": "Send verification mail",
        },
    )  # fmt: skip
    assert not arrows_between(after, "Is the email valid?", "Send verification mail")
    first = arrows_between(after, "Is the email valid?", "Check spam list")
    assert len(first) == 1
    assert arrows_between(after, "Check spam list", "Send verification mail")
    assert any(e.get("containerId") == first[0]["id"] and e["text"] == "yes" for e in after)


def test_add_places_the_node_beside_and_connects_it(scene: Scene) -> None:
    after = edited(
        scene,
        {"op": "add", "node": {"id": "x", "label": "Write log"}, "connect_from": "Dashboard"},
        {
            "op": "add",
            "node": {"id": "y", "label": "Alert"},
            "connect_from": "x",
            "label": "on error",
        },
    )
    assert arrows_between(after, "Dashboard", "Write log")
    assert arrows_between(after, "Write log", "Alert")
    old = {e["id"] for e in scene}
    assert changed(scene, after) & old == {find(scene, "Dashboard")["id"]}


def test_connect_and_disconnect(scene: Scene) -> None:
    more = edited(
        scene, {"op": "connect", "source": "Show error", "target": "Resend", "label": "later"}
    )
    assert arrows_between(more, "Show error", "Resend")
    less = edited(more, {"op": "disconnect", "source": "Show error", "target": "Resend"})
    assert not arrows_between(less, "Show error", "Resend")
    assert {e["id"] for e in less} == {e["id"] for e in scene}


def test_style_repaints_only_what_is_named_and_stays_readable(scene: Scene) -> None:
    after = edited(
        scene,
        {
            "op": "set_style",
            "targets": ["Show error"],
            "color": "red",
            "line": "dashed",
            "bold": True,
        },
    )
    shape = find(after, "Show error")
    assert nearest_hue(shape["strokeColor"]) == "red"
    assert (shape["strokeStyle"], shape["strokeWidth"]) == ("dashed", 4)
    assert changed(scene, after) <= {shape["id"], *(b["id"] for b in shape["boundElements"])}


def test_an_outline_can_be_swapped_and_still_holds_its_text(scene: Scene) -> None:
    after = edited(scene, {"op": "set_style", "targets": ["Dashboard"], "shape": "ellipse"})
    assert find(after, "Dashboard")["type"] == "ellipse"


def test_move_beside_takes_the_arrows_along(scene: Scene) -> None:
    after = edited(
        scene,
        {"op": "move_relative", "targets": ["Dashboard"], "side": "left", "anchor": "Verified?"},
    )
    assert rect_of(find(after, "Dashboard")).right < find(after, "Verified?")["x"]
    assert arrows_between(after, "Verified?", "Dashboard")


def test_align_and_distribute_make_edges_and_gaps_equal() -> None:
    notes = drawn(graph("grid", [node(str(i), f"Note {i}") for i in range(6)]))
    column = edited(notes, {"op": "align", "targets": [], "edge": "left"})
    rects = sorted(
        (rect_of(e) for e in column if e["type"] == "rectangle"), key=lambda rect: rect.y
    )
    assert len({rect.x for rect in rects}) == 1
    spread = edited(column, {"op": "distribute", "targets": [], "axis": "vertical"})
    rects = sorted(
        (rect_of(e) for e in spread if e["type"] == "rectangle"), key=lambda rect: rect.y
    )
    gaps = {round(b.y - a.bottom) for a, b in pairwise(rects)}
    assert len(gaps) == 1


def test_relayout_tidies_what_a_person_has_moved(scene: Scene) -> None:
    messy = [dict(e) for e in scene]
    places = {e["id"]: (e["x"], e["y"]) for e in messy if e["type"] in ("rectangle", "diamond")}
    for e in messy:
        x, y = places.get(e["id"]) or places.get(e.get("containerId"), (0, 0))
        e["x"], e["y"] = e["x"] - x * 0.7, e["y"] - y * 0.7
    assert lint(messy).of("overlap")
    after = edited(messy, {"op": "relayout", "targets": []})
    assert {e["id"] for e in after} == {e["id"] for e in messy}


def test_relayout_can_turn_the_direction(scene: Scene) -> None:
    after = edited(scene, {"op": "relayout", "targets": [], "direction": "right"})
    rects = [rect_of(e) for e in after if e["type"] in ("rectangle", "diamond")]
    assert max(r.right for r in rects) > max(r.bottom for r in rects)


def test_a_labelled_group_lies_behind_its_shapes(scene: Scene) -> None:
    after = edited(
        scene, {"op": "group", "targets": ["Dashboard", "Resend"], "label": "After the mail"}
    )
    area = find(after, "After the mail")
    assert area["index"] < min(find(after, name)["index"] for name in ("Dashboard", "Resend"))
    assert rect_of(area).contains(rect_of(find(after, "Dashboard")))


def test_a_note_stands_beside_its_shape(scene: Scene) -> None:
    after = edited(scene, {"op": "note", "text": "Ask Ben about the wording", "near": "Show error"})
    assert {e["id"] for e in scene} & changed(scene, after) == set()


def test_a_card_keeps_heading_and_rows_together() -> None:
    entity = node("a", "Order", rows=["id: uuid", "total: int"])
    cards = drawn(graph("er", [entity, node("b", "Item")], [edge("a", "b")]))
    after = edited(
        cards, {"op": "move_relative", "targets": ["Order"], "side": "right", "anchor": "Item"}
    )
    rows = next(e for e in after if e["type"] == "text" and "uuid" in e["text"])
    assert rect_of(find(after, "Order")).contains(rect_of(rows))
    gone = edited(after, {"op": "delete", "targets": ["Order"]})
    assert {e["type"] for e in gone} == {"rectangle", "text"}


def test_a_node_added_to_a_group_makes_the_group_larger() -> None:
    board = drawn(
        graph(
            "kanban",
            [node("1", "One", group="a")],
            [],
            groups=[group("a", "Doing"), group("b", "Done")],
        )
    )
    after = edited(board, {"op": "add", "node": {"id": "2", "label": "Two", "group": "Done"}})
    assert rect_of(find(after, "Done")).contains(rect_of(find(after, "Two")))


def test_names_that_do_not_exist_are_reported_and_nothing_happens(scene: Scene) -> None:
    for operation in (
        {"op": "set_text", "target": "Nowhere", "text": "x"},
        {"op": "delete", "targets": ["Nowhere"]},
        {"op": "connect", "source": "Nowhere", "target": "Resend"},
        {"op": "insert_between", "node": {"id": "n", "label": "n"}, "source": "Nowhere",
         "target": "Resend"},
        {"op": "move_relative", "targets": ["Resend"], "side": "left", "anchor": "Nowhere"},
    ):  # fmt: skip
        drawing = draw(operation, scene=scene)
        assert (drawing.changes, drawing.drawn, drawing.planned) == ([], 0, 1)
        assert drawing.remarks == ('There is no "Nowhere" on the canvas.',)


def test_aliases_win_over_labels(scene: Scene) -> None:
    aliases = {"n1": find(scene, "Dashboard")["id"]}
    after = edited(scene, {"op": "set_text", "target": "n1", "text": "Home"}, aliases=aliases)
    assert find(after, "Home")["id"] == aliases["n1"]


def test_a_persons_straight_arrow_follows_and_stays_straight(scene: Scene) -> None:
    mine = [dict(e) for e in scene]
    arrow = arrows_between(mine, "Visitor opens landing page", "Fills sign-up form")[0]
    for side in ("startBinding", "endBinding"):
        arrow[side] = {"elementId": arrow[side]["elementId"], "focus": 0, "gap": 4}
    arrow["elbowed"] = False
    after = edited(
        mine,
        {"op": "move_relative", "targets": ["Visitor opens landing page"], "side": "left",
         "anchor": "Fills sign-up form"},
    )  # fmt: skip
    moved = arrows_between(after, "Visitor opens landing page", "Fills sign-up form")[0]
    assert moved["elbowed"] is False
    assert moved["width"] > moved["height"]


def test_aligned_shapes_hop_over_what_is_not_named() -> None:
    notes = drawn(graph("grid", [node(str(i), f"Note {i}") for i in range(9)]))
    corners = ["Note 0", "Note 5", "Note 7"]
    after = edited(notes, {"op": "align", "targets": corners, "edge": "left"})
    assert len({find(after, name)["x"] for name in corners}) == 1
    assert find(after, "Note 3") == find(notes, "Note 3")


def test_words_for_which_there_is_no_room_are_written_smaller() -> None:
    chain = drawn(graph("flowchart", [node(k) for k in "abc"], [edge("a", "b"), edge("b", "c")]))
    words = "Ship the parcel with the courier that the customer chose at checkout"
    after = edited(chain, {"op": "set_text", "target": "b", "text": words})
    text = next(e for e in after if e.get("originalText") == words)
    assert text["fontSize"] == 16
    assert changed(chain, after).isdisjoint({find(chain, "a")["id"], find(chain, "c")["id"]})


def test_relayout_keeps_members_in_their_groups_and_others_out() -> None:
    board = drawn(
        graph(
            "kanban",
            [node("1", "One", group="a"), node("2", "Two", group="b"), node("3", "Free")],
            groups=[group("a", "Doing"), group("b", "Done")],
        )
    )
    after = edited(board, {"op": "relayout", "targets": []})
    assert rect_of(find(after, "Doing")).contains(rect_of(find(after, "One")))
    assert not rect_of(find(after, "Doing")).overlaps(rect_of(find(after, "Free")))
