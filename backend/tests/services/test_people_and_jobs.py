"""People and jobs on one canvas: what is tied stays tied, people come first, and it is said."""

from collections.abc import Awaitable, Callable
from math import hypot
from typing import Any

import pytest
from flask import Flask

from app.domain.errors import Conflict
from app.domain.planning.plan import (
    Add,
    Connect,
    Delete,
    Disconnect,
    Duplicate,
    MoveRelative,
    Node,
    Operation,
    Plan,
    Relayout,
    Resize,
    SetStyle,
    SetText,
)
from app.domain.sync.messages import Change
from app.models import AIJob
from app.models.canvas import Canvas
from app.services.jobs.single_run import run_named
from app.services.jobs.steering import redo, undo
from app.services.scene_reading import load_scene
from app.services.scene_service import Applied, Push, commit_pushes
from tests.domain.sync.test_references import wrong_in
from tests.support.elements import arrow, label, rectangle
from tests.support.jobs import heard_events, job_row, submit
from tests.support.people import People
from tests.support.planners import ScriptedPlanner, use_planner

Scene = dict[str, dict[str, Any]]


def new(element: dict[str, Any]) -> Change:
    return Change(element["id"], element, create=True)


def edit(canvas: Canvas, user: Any, *changes: Change) -> Applied:
    [answer] = commit_pushes(canvas.id, [Push(user.id, changes)])
    assert isinstance(answer, Applied)
    return answer


def scene(canvas: Canvas) -> Scene:
    return {element["id"]: element for element in load_scene(canvas.id)}


def names(*ids: str, kind: str = "arrow") -> dict[str, Any]:
    return {"boundElements": [{"id": key, "type": kind} for key in ids]}


def three_boxes(canvas: Canvas, people: People) -> None:
    """a -> b -> c, each labelled."""
    places = {"a": 0.0, "b": 300.0, "c": 600.0}
    with_arrows = {"a": ["ab"], "b": ["ab", "bc"], "c": ["bc"]}
    edit(
        canvas,
        people.ana,
        *(new(rectangle(k, x=x, y=0, **names(*with_arrows[k]))) for k, x in places.items()),
        *(new(label(f"{k}-text", k, k.upper(), x=x, y=20)) for k, x in places.items()),
        new(arrow("ab", "a", "b", x=124, y=30, points=[[0, 0], [172, 0]])),
        new(arrow("bc", "b", "c", x=424, y=30, points=[[0, 0], [172, 0]])),
    )


def in_the_air(found: Scene) -> list[str]:
    """Arrows that end more than 12 px away from a shape they are bound to."""
    return [
        key
        for key, line in found.items()
        if line["type"] == "arrow"
        for end, point in (("startBinding", line["points"][0]), ("endBinding", line["points"][-1]))
        if (shape := found.get((line[end] or {}).get("elementId", "")))
        and _outside(line["x"] + point[0], line["y"] + point[1], shape) > 12
    ]


def _outside(x: float, y: float, shape: dict[str, Any]) -> float:
    dx = max(shape["x"] - x, 0, x - shape["x"] - shape["width"])
    return hypot(dx, max(shape["y"] - y, 0, y - shape["y"] - shape["height"]))


@pytest.mark.rule("S11")
def test_two_people_tie_arrows_to_one_shape_at_once(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context(), heard_events() as heard:
        edit(canvas, people.ana, new(rectangle("a")))
        for who, key in ((people.ana, "hers"), (people.ben, "his")):
            tied = new(arrow(key, "a", "a") | {"endBinding": None})
            edit(canvas, who, tied, Change("a", names(key)))
        assert {e["id"] for e in scene(canvas)["a"]["boundElements"]} == {"hers", "his"}
        repaired = heard[-1][1]["changes"][-1]  # told to everybody, its author too
        assert (repaired["id"], len(repaired["set"]["boundElements"])) == ("a", 2)
        edit(canvas, people.ana, Change("a", {"isDeleted": True}))
        assert wrong_in(scene(canvas)) == []


@pytest.mark.rule("S11")
def test_an_arrow_that_the_mover_did_not_know_of_follows(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)
        edit(canvas, people.ben, Change("b", {"x": 300.0, "y": 700.0, "width": 120, "height": 60}))
        found = scene(canvas)
        assert in_the_air(found) == []
        assert found["b-text"]["y"] == 720


@pytest.mark.rule("S11")
def test_two_who_drag_both_shapes_of_an_arrow_leave_it_at_both(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """Each brought along the end of their own shape, and left the other where they saw it."""
    with app.app_context():
        three_boxes(canvas, people)
        line = {"width": 172, "height": 500}
        hers = {"x": 124, "y": 530, "points": [[0, 0], [172, -500]], **line}
        his = {"x": 124, "y": 30, "points": [[0, 0], [172, 500]], **line}
        edit(canvas, people.ana, Change("a", {"y": 500}), Change("ab", hers))
        edit(canvas, people.ben, Change("b", {"y": 500}), Change("ab", his), Change("bc", hers))
        assert in_the_air(scene(canvas)) == []


@pytest.mark.rule("S11")
def test_an_arrow_that_is_being_drawn_is_left_to_who_draws_it(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)
        away = {"points": [[0, 0], [172, 400]], "height": 400}
        edit(canvas, people.ana, Change("ab", away))
        assert scene(canvas)["ab"]["points"] == [[0, 0], [172, 400]]


@pytest.mark.rule("S11")
def test_two_who_label_one_shape_lose_no_words(app: Flask, people: People, canvas: Canvas) -> None:
    with app.app_context():
        edit(canvas, people.ana, new(rectangle("a", x=10, y=20, width=120, height=60)))
        for who, key in ((people.ana, "hers"), (people.ben, "his")):
            edit(
                canvas,
                who,
                new(label(key, "a", f"{key} words")),
                Change("a", names(key, kind="text")),
            )
        found = scene(canvas)
        assert found["a"]["boundElements"] == [{"id": "hers", "type": "text"}]
        assert (found["hers"]["containerId"], found["his"]["containerId"]) == ("a", None)
        assert (found["his"]["text"], found["his"]["y"] > 80) == ("his words", True)


def run(app: Flask, people: People, canvas: Canvas, plan: Plan, *meanwhile: Change) -> AIJob:
    """A job of Ana's, during which Ben edits after it was asked for, before it looks."""
    use_planner(app, ScriptedPlanner(plan))
    job_id = submit(app, people.ana.id, canvas_id=canvas.id)
    with app.app_context():
        if meanwhile:
            edit(canvas, people.ben, *meanwhile)
        run_named(job_id)
    return job_row(app, job_id)


RED = Plan(operations=[SetStyle(targets=["A", "B", "C"], color="red")])
GREEN = {"backgroundColor": "#00ff00"}


@pytest.mark.rule("U7", "J9")
def test_what_people_edit_after_a_job_was_asked_for_wins_and_is_said(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)
    job = run(app, people, canvas, RED, Change("b", GREEN))
    assert (job.status, job.message, job.drawn) == ("completed", "Recoloured 2 boxes", 2)
    result = job.result_data or {}
    assert result["remarks"] == ["Left 1 box as somebody edited them since you asked."]
    assert result["effects"] == [{"action": "recolor", "thing": "box", "count": 2}]
    with app.app_context():
        assert scene(canvas)["b"]["backgroundColor"] == "#00ff00"


@pytest.mark.rule("U7", "J9")
def test_a_job_that_had_to_leave_everything_says_that_it_changed_nothing(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)
    edits = [Change(key, {"opacity": 50}) for key in ("a", "b", "c")]
    job = run(app, people, canvas, RED, *edits)
    assert (job.status, job.message, job.drawn) == ("completed", "Nothing was changed", 0)
    assert (job.result_data or {})["remarks"] == [
        "Left 3 boxes as somebody edited them since you asked."
    ]
    with app.app_context(), pytest.raises(Conflict, match="changed nothing"):
        undo(job.id, people.ana.id)


@pytest.mark.rule("U7", "J9")
def test_what_somebody_moved_is_not_deleted_with_what_belongs_to_it(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)
    plan = Plan(operations=[Delete(targets=["B", "C"])])
    job = run(app, people, canvas, plan, Change("b", {"x": 310.0, "y": 400.0}))
    assert job.message == "Removed 1 box and 1 arrow"
    # The arrow stays because the box does: nobody edited it.
    assert (job.result_data or {})["remarks"] == [
        "Left 1 box as somebody edited them since you asked."
    ]
    with app.app_context():
        found = scene(canvas)
        assert found.keys() == {"a", "a-text", "b", "b-text", "ab"}
        assert wrong_in(found) == []
        assert in_the_air(found) == []


QUIET_EDITS: list[dict[str, Any]] = [
    {"link": "https://example.org"}, {"locked": True}, {"groupIds": ["g"]}, {"frameId": "f"},
]  # fmt: skip


def framed_boxes(canvas: Canvas, people: People) -> None:
    three_boxes(canvas, people)
    edit(canvas, people.ana, new({**rectangle("f", x=-900), "type": "frame", "name": None}))


@pytest.mark.rule("U7")
@pytest.mark.parametrize("props", QUIET_EDITS, ids=str)
def test_what_somebody_linked_locked_or_grouped_is_not_deleted(
    app: Flask, people: People, canvas: Canvas, props: dict[str, Any]
) -> None:
    with app.app_context():
        framed_boxes(canvas, people)
    job = run(app, people, canvas, Plan(operations=[Delete(targets=["B"])]), Change("b", props))
    assert (job.result_data or {})["remarks"] == [
        "Left 1 box as somebody edited them since you asked."
    ]
    with app.app_context():
        assert scene(canvas)["b"].items() >= props.items()


@pytest.mark.rule("U3", "U4")
@pytest.mark.parametrize("props", QUIET_EDITS, ids=str)
def test_what_somebody_linked_locked_or_grouped_stays_when_its_job_is_undone(
    app: Flask, people: People, canvas: Canvas, props: dict[str, Any]
) -> None:
    with app.app_context():
        framed_boxes(canvas, people)
        before = scene(canvas).keys()
    job = run(app, people, canvas, Plan(operations=[Add(node=Node(id="d", label="D"))]))
    with app.app_context():
        drawn = {key: e for key, e in scene(canvas).items() if key not in before}
        [box] = [key for key, e in drawn.items() if e["type"] == "rectangle"]
        edit(canvas, people.ben, Change(box, props))
        with pytest.raises(Conflict, match="people edited it since"):
            undo(job.id, people.ana.id)
        assert scene(canvas)[box].items() >= props.items()


@pytest.mark.rule("J9")
def test_what_somebody_removed_meanwhile_is_said(
    app: Flask, people: People, canvas: Canvas
) -> None:
    with app.app_context():
        three_boxes(canvas, people)

    async def removing(_progress: Callable[..., object]) -> Plan:
        with app.app_context():
            gone = [Change(key, {"isDeleted": True}) for key in ("c", "c-text", "bc")]
            edit(canvas, people.ben, *gone)
        return RED

    step: Callable[..., Awaitable[Plan]] = removing
    job = run(app, people, canvas, step)  # type: ignore[arg-type]
    assert job.message == "Recoloured 2 boxes"
    assert (job.result_data or {})["remarks"] == ["Somebody removed 1 box meanwhile."]


@pytest.mark.rule("U7", "S11")
def test_arrows_of_a_box_that_was_dragged_follow_both_ends(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """The box stays where Ben dropped it; what the job moved is reached by its arrows as well."""
    with app.app_context():
        three_boxes(canvas, people)
    line = {"width": 172, "height": 2000}
    dragged = [
        Change("b", {"x": 300.0, "y": 2000.0, "width": 120, "height": 60, "angle": 0}),
        Change("b-text", {"x": 300.0, "y": 2020.0}),
        Change("ab", {"x": 124, "y": 30, "points": [[0, 0], [172, 2000]], **line}),
        Change("bc", {"x": 424, "y": 2030, "points": [[0, 0], [172, -2000]], **line}),
    ]
    job = run(app, people, canvas, Plan(operations=[Relayout(direction="down")]), *dragged)
    assert job.status == "completed"
    with app.app_context():
        found = scene(canvas)
        assert (found["b"]["x"], found["b"]["y"]) == (300, 2000)
        assert in_the_air(found) == []
        assert wrong_in(found) == []


DID: dict[str, Operation] = {
    "Drew 1 arrow": Connect(source="A", target="C"),
    "Renamed 1 box": SetText(target="A", text="Alpha"),
    "Drew 1 box and 1 arrow": Add(node=Node(id="d", label="D"), connect_from="C"),
    "Removed 1 box and 2 arrows": Delete(targets=["B"]),
    "Removed 1 arrow": Disconnect(source="A", target="B"),
    "Drew 1 box": Duplicate(targets=["C"]),
    "Moved 1 box": MoveRelative(targets=["C"], side="below", anchor="A"),
    "Resized 1 box": Resize(targets=["C"], width=1.2),
    "Changed the look of 1 box": SetStyle(targets=["C"], line="dashed"),
}


@pytest.mark.rule("J9")
@pytest.mark.parametrize("said", DID)
def test_only_what_a_job_did_is_said_whatever_hangs_on_it(
    app: Flask, people: People, canvas: Canvas, said: str
) -> None:
    """Labels and arrows that are only looked at while references are repaired are not drawn."""
    with app.app_context():
        three_boxes(canvas, people)
    job = run(app, people, canvas, Plan(operations=[DID[said]]))
    assert (job.message, (job.result_data or {})["remarks"]) == (said, [])


@pytest.mark.rule("U7", "S11")
def test_a_label_stays_in_the_box_that_somebody_moved(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """Also where the server brought it along, so that nobody has edited it."""
    with app.app_context():
        three_boxes(canvas, people)
    moved = Change("b", {"x": 900.0, "y": 700.0, "width": 120, "height": 60, "angle": 0})
    job = run(app, people, canvas, Plan(operations=[Relayout(direction="down")]), moved)
    assert (job.result_data or {})["remarks"] == [
        "Left 1 box as somebody edited them since you asked."
    ]
    with app.app_context():
        found = scene(canvas)
        assert (found["b"]["x"], found["b-text"]["x"], found["b-text"]["y"]) == (900, 900, 720)
        assert in_the_air(found) == []


@pytest.mark.rule("U7")
def test_an_arrow_that_only_came_along_is_removed_with_its_box(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """Ben drags a neighbour; that is no edit of the arrow between the two."""
    with app.app_context():
        three_boxes(canvas, people)
    line = {"width": 172, "height": 500}
    dragged = [
        Change("a", {"x": 0.0, "y": 500.0, "width": 120, "height": 60, "angle": 0}),
        Change("a-text", {"x": 0.0, "y": 520.0}),
        Change("ab", {"x": 124, "y": 530, "points": [[0, 0], [172, -500]], **line}),
    ]
    job = run(app, people, canvas, Plan(operations=[Delete(targets=["B"])]), *dragged)
    assert (job.message, (job.result_data or {})["remarks"]) == (
        "Removed 1 box and 2 arrows", [],
    )  # fmt: skip
    with app.app_context():
        assert scene(canvas).keys() == {"a", "a-text", "c", "c-text"}


@pytest.mark.rule("U7")
def test_an_arrow_that_somebody_drew_anew_stays(app: Flask, people: People, canvas: Canvas) -> None:
    with app.app_context():
        three_boxes(canvas, people)
    drawn = Change("ab", {"points": [[0, 0], [80, 90], [172, 0]], "height": 90})
    job = run(app, people, canvas, Plan(operations=[Delete(targets=["B"])]), drawn)
    assert job.message == "Removed 1 box and 1 arrow, disconnected 1 arrow"
    with app.app_context():
        assert scene(canvas)["ab"]["points"] == drawn.set["points"]


@pytest.mark.rule("S11")
def test_a_title_stays_in_the_corner_when_its_area_is_resized(
    app: Flask, people: People, canvas: Canvas
) -> None:
    """And a round arrow that has to follow stays round: only its course is the server's."""
    with app.app_context():
        three_boxes(canvas, people)
        corner = {"textAlign": "left", "verticalAlign": "top"}
        edit(canvas, people.ana, Change("b-text", corner), Change("ab", {"roundness": {"type": 2}}))
        wide = {"x": 300.0, "y": 600.0, "width": 600, "height": 400}
        edit(canvas, people.ben, Change("b", wide))
        found = scene(canvas)
        assert (found["b-text"]["x"], found["b-text"]["y"]) == (300, 620)
        assert in_the_air(found) == []
        assert found["ab"]["roundness"] == {"type": 2}


def colors(canvas: Canvas) -> set[str]:
    return {e["strokeColor"] for e in load_scene(canvas.id) if e["type"] == "rectangle"}


@pytest.mark.rule("U2", "U4", "U5")
def test_two_jobs_on_the_same_shapes_are_undone_and_redone_in_any_order(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    with any_app.app_context():
        three_boxes(canvas, people)
    red, blue = (
        run(any_app, people, canvas, Plan(operations=[SetStyle(targets=["A", "B", "C"], color=c)]))
        for c in ("red", "blue")
    )
    with any_app.app_context(), heard_events() as heard:
        is_blue = colors(canvas)
        with pytest.raises(Conflict, match="Undo those first"):
            undo(red.id, people.ana.id)
        undo(blue.id, people.ana.id)
        is_red = colors(canvas)
        undo(red.id, people.ana.id)
        redo(blue.id, people.ana.id)
        assert colors(canvas) == is_blue != is_red
        undo(blue.id, people.ana.id)
        assert colors(canvas) == {"#1e1e1e"}
        with pytest.raises(Conflict, match="already undone"):
            undo(red.id, people.ana.id)
        redo(red.id, people.ana.id)
        assert colors(canvas) == is_red
        with pytest.raises(Conflict, match="not undone"):
            redo(red.id, people.ana.id)
    said = [
        (data["undone"], data["can_redo"])
        for event, data, _ in heard
        if data.get("job_id") == red.id
    ]
    assert (said[0], said[-1]) == ((True, True), (False, False))


@pytest.mark.rule("S1")
def test_shapes_with_equal_keys_have_one_order_for_everybody(
    any_app: Flask, people: People, canvas: Canvas
) -> None:
    """Whoever came first, and whatever is edited later."""
    with any_app.app_context():
        edit(canvas, people.ben, new(rectangle("b", index="a1")))
        edit(canvas, people.ana, new(rectangle("a", index="a1")), new(rectangle("c", index="a0")))
        edit(canvas, people.ben, Change("b", {"opacity": 50}))
        assert [element["id"] for element in load_scene(canvas.id)] == ["c", "a", "b"]
