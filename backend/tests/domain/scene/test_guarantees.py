"""What holds for every drawing, over random plans of every kind."""

import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.domain.kinds import KINDS
from app.domain.layout.tools import LayoutFailed, Tools
from app.domain.planning.plan import Graph, Plan
from app.domain.scene.compose import DrawRequest, compose
from app.domain.scene.looks import COLOR_SCHEMES, STYLES
from app.domain.scene.palette import PALETTE
from app.domain.scene.validate import validate_element
from tests.domain.scene.drawing import TOOLS, applied, draw
from tests.support.breadth import examples

WORDS = [
    "Order", "Check the payment", "Ana Ruiz\nCEO", "Überprüfung der Rechnungsanschrift",
    "注文を確認する", "a", "x" * 45, "Готово?",
    "Send a reminder to everybody who has not answered within two weeks",
    "{id}: <b>&amp;</b>",
]  # fmt: skip
ANSWERS = ["", "", "yes", "no", "if the customer has paid in advance", "1:n"]
SETTINGS = settings(
    max_examples=examples(6, 40),
    phases=(Phase.generate,),  # a failing drawing is looked at, not shrunk
)


@st.composite
def graphs(draw_one: Any, kind: str) -> Graph:
    size = draw_one(st.integers(1, 14))
    grouped = draw_one(st.booleans())
    keys = [f"n{i}" for i in range(size)]
    groups = [{"id": f"g{i}", "label": f"Group {i}"} for i in range(draw_one(st.integers(0, 4)))]
    for i, one in enumerate(groups):
        if i and draw_one(st.booleans()):
            one["parent"] = f"g{i - 1}"
    nodes = []
    for key in keys:
        one: dict[str, Any] = {"id": key, "label": draw_one(st.sampled_from(WORDS))}
        one["shape"] = draw_one(
            st.sampled_from(
                ["rectangle", "rectangle", "rectangle", "ellipse", "diamond", "note", "text"]
            )
        )
        one["color"] = draw_one(st.sampled_from(["default", "default", *PALETTE, "black"]))
        if grouped and groups and draw_one(st.booleans()):
            one["group"] = draw_one(st.sampled_from(groups))["id"]
        if draw_one(st.integers(0, 4)) == 0:
            one["rows"] = draw_one(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
        if kind in ("table", "matrix", "grid") and draw_one(st.booleans()):
            one["column"], one["row"] = draw_one(st.integers(0, 3)), draw_one(st.integers(0, 3))
        nodes.append(one)
    ends = st.sampled_from(keys)
    count = draw_one(st.integers(0, size + 3))
    edges = [
        {
            "source": draw_one(ends), "target": draw_one(ends),
            "label": draw_one(st.sampled_from(ANSWERS)),
        }
        for _ in range(count)
    ]  # fmt: skip
    direction = draw_one(st.sampled_from(["down", "right", "up", "left"]))
    parts = {"nodes": nodes, "edges": edges, "groups": groups if grouped else []}
    title = draw_one(st.sampled_from(["", "A title"]))
    return Graph.model_validate({"kind": kind, "direction": direction, "title": title, **parts})


@pytest.mark.parametrize("kind", KINDS.ids)
@SETTINGS
@given(data=st.data())
def test_every_drawing_is_free_of_faults_and_the_same_each_time(kind: str, data: Any) -> None:
    plan = data.draw(graphs(kind))
    style = data.draw(st.sampled_from(STYLES))
    colors = data.draw(st.sampled_from(COLOR_SCHEMES))
    drawing = draw(plan, style=style, colors=colors)
    assert drawing.lint.findings == (), drawing.remarks
    assert drawing.lint.score == 100
    assert drawing.drawn == drawing.planned == len(plan.nodes)
    assert draw(plan, style=style, colors=colors) == drawing
    for change in drawing.changes:
        assert change["create"] is True
        assert validate_element(change["set"]) == change["set"]
        assert json.loads(json.dumps(change["set"])) == change["set"]


class NeverAnswers:
    def layout(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        raise LayoutFailed


@pytest.mark.parametrize("kind", ["flowchart", "architecture"])
@SETTINGS
@given(data=st.data())
def test_without_the_layout_engine_drawings_are_plain_but_right(kind: str, data: Any) -> None:
    plan = Plan(operations=[data.draw(graphs(kind))])
    tools = Tools(TOOLS.measure, NeverAnswers())
    drawing = compose(plan, [], DrawRequest("job", "modern", "default"), tools, KINDS)
    hard = {"overlap", "text_overflow", "unbound_arrow", "arrow_through_shape", "low_contrast"}
    assert [f for f in drawing.lint.findings if f.check in hard] == []


@SETTINGS
@given(data=st.data())
def test_new_work_never_touches_what_is_there(data: Any) -> None:
    first = draw(data.draw(graphs("flowchart")), seed="one")
    scene = applied([], first)
    second = draw(data.draw(graphs("kanban")), scene=scene, seed="two")
    assert all(change.get("create") for change in second.changes)
    if first.bounds and second.bounds:
        assert not first.bounds.overlaps(second.bounds)
    after = applied(scene, second)
    keys = [element["index"] for element in after]
    assert len(set(keys)) == len(keys)
    assert min(c["set"]["index"] for c in second.changes) > max(e["index"] for e in scene)
