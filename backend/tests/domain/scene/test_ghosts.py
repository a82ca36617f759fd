"""Ghosts stand where the drawing will, with its arrows, and move little while the plan grows."""

import json
from itertools import pairwise
from math import dist
from pathlib import Path
from typing import Any

import pytest

from app.domain.kinds import KINDS
from app.domain.planning.plan import Plan
from app.domain.planning.stream import PlanStream
from app.domain.scene.compose import Drawing, DrawRequest, Viewport, compose
from app.domain.scene.elements import rect_of
from app.domain.scene.ghosts import MAX_BOXES, MAX_LINES, Guesses, completed, ghosts_of
from tests.domain.scene.drawing import SIGN_UP, TOOLS, draw, drawn, edge, graph, node

VIEW = Viewport(0, 0, 1050, 800)
FOLDER = Path(__file__).parents[2] / "recordings"
RECORDED = sorted(path.stem for path in FOLDER.glob("create_*.json"))
Ghosts = dict[str, Any]


def composed(plan: Plan, scene: list[Any], **more: Any) -> Drawing:
    request = DrawRequest("job-1", "modern", "default", viewport=VIEW, **more)
    return compose(plan, scene, request, TOOLS, KINDS)


def watched(name: str, scene: list[Any], *, guessing: bool = True) -> tuple[list[Ghosts], Ghosts]:
    """What is shown while a model's answer arrives, and what is drawn in the end."""
    recording = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    text = "\n".join(recording["answer"])
    stream, start, shown = PlanStream(KINDS), None, []
    for at in range(0, len(text), 40):
        stream.feed(text[at : at + 40])
        plan = stream.so_far()() if stream.nodes else None
        if plan is not None:
            guesses: Guesses = frozenset()
            if guessing:
                plan, guesses = completed(plan)
            drawing = composed(plan, scene, start=start, grows=True)
            start = drawing.start or start
            shown.append(ghosts_of(drawing.changes, guesses))
    return shown, ghosts_of(composed(stream.finish(), scene, start=start).changes)


def places(ghosts: Ghosts) -> dict[str, tuple[float, float]]:
    return {box["label"]: (box["x"], box["y"]) for box in ghosts["boxes"]}


def moves(shown: list[Ghosts]) -> float:
    """How far a shape moved, from its first sight on, on the average."""
    seen = [places(ghosts) for ghosts in shown]
    far = [
        sum(dist(before[label], after[label]) for label in before.keys() & after.keys())
        / len(before)
        for before, after in pairwise(seen)
    ]
    return sum(far)


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside"])
def test_the_last_ghosts_are_the_drawing_itself(name: str, beside: bool) -> None:
    scene = drawn(SIGN_UP) if beside else []
    shown, final = watched(name, scene)
    assert shown[-1] == final
    assert shown[-1]["boxes"]


def test_shapes_jump_less_than_without_expecting_their_connections() -> None:
    expecting, naive = (
        sum(moves(watched(name, [], guessing=guessing)[0]) for name in RECORDED)
        for guessing in (True, False)
    )
    assert expecting < 0.8 * naive


def test_steps_of_a_flowchart_hardly_move() -> None:
    expected, naive = (
        watched("create_flowchart_sign_up", [], guessing=g)[0] for g in (True, False)
    )
    assert moves(expected) < moves(naive) / 4


def test_what_is_only_expected_is_not_shown_as_an_arrow() -> None:
    plan = Plan(
        operations=[graph("flowchart", [node("a"), node("b"), node("c")], [edge("a", "b")])]
    )
    whole, guesses = completed(plan)
    ghosts = ghosts_of(composed(whole, []).changes, guesses)
    assert guesses == {("b", "c")}
    assert len(ghosts["lines"]) == 1
    assert [box["label"] for box in ghosts["boxes"]] == ["a", "b", "c"]


def test_the_first_shape_stays_where_it_was_shown_unless_others_came_there() -> None:
    first = graph("flowchart", [node("a"), node("b")], [edge("a", "b")])
    plan = Plan(operations=[first])
    start = (400.0, 300.0)
    assert composed(plan, [], start=start).start == start
    taken = drawn(graph("flowchart", [node("taken")]))[:1]
    taken[0] |= {"x": 350, "y": 380}
    moved = composed(plan, taken, start=start)
    assert moved.start != start
    new = [rect_of(change["set"]) for change in moved.changes if change.get("create")]
    assert not any(rect_of(taken[0]).overlaps(rect) for rect in new)


def test_a_drawing_that_outgrows_the_view_begins_where_it_fits() -> None:
    steps = [node(f"n{i}") for i in range(6)]
    tall = graph("flowchart", steps, [edge(f"n{i}", f"n{i + 1}") for i in range(5)])
    [*changes] = composed(Plan(operations=[tall]), [], start=(500.0, 700.0)).changes
    assert all(VIEW.rect.contains(rect_of(change["set"])) for change in changes)


def test_ghosts_are_bounded() -> None:
    many = [node(f"n{i}", "word " * 60) for i in range(90)]
    ghosts = ghosts_of(
        draw(graph("flowchart", many, [edge("n0", f"n{i}") for i in range(1, 90)])).changes
    )
    assert len(ghosts["boxes"]) == MAX_BOXES
    assert len(ghosts["lines"]) <= MAX_LINES
    assert len(json.dumps(ghosts)) < 60_000
