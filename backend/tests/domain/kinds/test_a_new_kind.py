"""A kind of diagram that only this test registers: one record is all that it takes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.domain.kinds import KINDS
from app.domain.layout.geometry import Rect
from app.domain.layout.model import Arrangement, Sketch
from app.domain.layout.tools import Layered
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import (
    Reader,
    Registry,
    Source,
    UnknownKind,
    Unnamed,
    plan_schema,
    read_plan,
)
from app.domain.planning.languages import Reading
from app.domain.planning.mermaid.export import to_mermaid
from app.domain.planning.mermaid.reader import find_mermaid, read_mermaid
from app.domain.planning.mermaid.source import MermaidBuilder, MermaidSource, MermaidType
from app.domain.planning.offline import plan_offline
from app.domain.planning.plan import Graph, Plan
from app.domain.planning.prompt import build_messages
from app.domain.planning.repair import repair_plan
from app.domain.planning.request import PlanRequest
from app.domain.planning.text import items, phrases, vocabulary
from app.domain.scene.compose import DrawRequest, compose
from app.domain.scene.kinds import Kind, Kinds
from tests.domain.scene.drawing import TOOLS, applied, find

ASKED = "a layer cake of the network: wire, packets, sessions"
REQUEST = DrawRequest("job-1", "modern", "default")


def read_layers(source: Source) -> GraphBuilder | None:
    if source.kind != "stacked":
        return None
    builder = source.builder("stacked")
    for layer in items(source.body):
        builder.fresh(layer)
    return builder


def pile(sketch: Sketch, _engine: Layered) -> Arrangement:
    result, y = Arrangement(), 0.0
    for box in sketch.boxes:
        y -= box.height
        result.boxes[box.id] = Rect(0, y, 300, box.height)
    return result


def read_stack(diagram: MermaidSource) -> Reading:
    builder = MermaidBuilder("stacked", "up", diagram.title)
    for row in diagram.rows:
        builder.fresh(row.text)
    return builder.finish(diagram)


def write_stack(graph: Graph) -> str | None:
    return "\n".join(["stackDiagram", *(f"  {node.label}" for node in graph.nodes)]) + "\n"


STACKED = Kind(
    id="stacked",
    names={"en": phrases("layer cake, stack"), "de": phrases("schichtenmodell")},
    everyday=vocabulary("stack"),
    aliases=phrases("layers"),
    phrase="a layer cake",
    example=ASKED,
    icon="stack",
    meaning="nodes are layers, the lowest first.",
    instead_of={"lasagne": 0},
    direction="up",
    readers=(Reader(75, read_layers, vocabulary("layers")),),
    mermaid=(MermaidType(90, "stack", r"stackDiagram", read_stack, r"stackDiagram[ \t]*$"),),
    write_mermaid=write_stack,
    arrange=pile,
    rounded=False,
)
ALL: Kinds = Registry(*KINDS, STACKED, unnamed=KINDS.unnamed)


def graph_of(text: str) -> Graph:
    (graph,) = plan_offline(PlanRequest(text), ALL, ()).plan.operations
    assert isinstance(graph, Graph)
    return graph


@pytest.mark.parametrize("text", [ASKED, "Schichtenmodell: wire, packets, sessions"])
def test_it_is_read_from_plain_words(text: str) -> None:
    graph = graph_of(text)
    assert (graph.kind, graph.direction) == ("stacked", "up")
    assert [node.label for node in graph.nodes] == ["Wire", "Packets", "Sessions"]


def test_it_is_drawn_as_its_layout_says() -> None:
    drawing = compose(Plan(operations=[graph_of(ASKED)]), [], REQUEST, TOOLS, ALL)
    scene = applied([], drawing)
    wire, packets = find(scene, "Wire"), find(scene, "Packets")
    assert packets["y"] + packets["height"] == wire["y"]
    assert wire["roundness"] is None


def test_a_model_is_told_of_it_and_may_answer_it() -> None:
    before, system = (build_messages(PlanRequest("x"), kinds)[0] for kinds in (KINDS, ALL))
    added = [line for line in system.splitlines() if line not in before.splitlines()]
    assert added == [
        f"  K: {', '.join(KINDS.ids)}, stacked",
        "- stacked: nodes are layers, the lowest first.",
    ]
    assert plan_schema(ALL)["$defs"]["Graph"]["properties"]["kind"]["enum"][-1] == "stacked"
    answer = {"op": "graph", "kind": "layers", "nodes": [{"id": "a", "label": "Wire"}]}
    (graph,) = repair_plan(answer, ALL)[0].operations
    assert isinstance(graph, Graph)
    assert graph.kind == "stacked"


def test_it_goes_to_mermaid_and_back() -> None:
    text = to_mermaid(graph_of(ASKED), ALL)
    assert text == "stackDiagram\n  Wire\n  Packets\n  Sessions\n"
    assert find_mermaid(text, ALL) == text
    assert read_mermaid(text, ALL)[0].kind == "stacked"
    plain: Kinds = Registry(*KINDS, replace(STACKED, write_mermaid=lambda _: None), unnamed=UNNAMED)
    again = read_mermaid(to_mermaid(graph_of(ASKED), plain), plain)[0]
    assert (again.kind, len(again.nodes)) == ("stacked", 3)


def test_who_asks_for_something_like_it_is_shown_its_example() -> None:
    with pytest.raises(Exception, match=f"can draw is a layer cake. Example: {ASKED}"):
        plan_offline(PlanRequest("my lasagne"), ALL, ())
    with pytest.raises(Exception, match=f"To draw a layer cake.* Example: {ASKED}"):
        plan_offline(PlanRequest("draw a layer cake"), ALL, ())


def test_where_nobody_registered_it_it_is_unknown_and_never_something_else() -> None:
    plan = Plan(operations=[graph_of(ASKED)])
    assert read_plan(plan.model_dump(mode="json"), ALL) == plan
    with pytest.raises(UnknownKind):
        read_plan(plan.model_dump(mode="json"), KINDS)
    with pytest.raises(UnknownKind):
        compose(plan, [], REQUEST, TOOLS, KINDS)
    with pytest.raises(UnknownKind):
        to_mermaid(graph_of(ASKED), KINDS)


UNNAMED = KINDS.unnamed


@pytest.mark.parametrize(
    ("kinds", "unnamed", "fault"),
    [
        ([STACKED, STACKED], UNNAMED, "called 'stacked'"),
        ([replace(STACKED, id="pile", aliases=())], UNNAMED, "called 'layer cake'"),
        ([replace(STACKED, names={}, aliases=("flow",))], UNNAMED, "called 'flow'"),
        ([replace(STACKED, everyday=frozenset(["pile"]))], UNNAMED, "pile"),
        ([], Unnamed("flowchart", "grid", "tree", "stacked"), "stacked"),
    ],
)
def test_what_does_not_fit_together_fails_at_the_start(
    kinds: Sequence[Any], unnamed: Unnamed, fault: str
) -> None:
    known = [*KINDS, STACKED] if kinds and kinds[0].id == "pile" else list(KINDS)
    with pytest.raises(ValueError, match=fault):
        Registry(*known, *kinds, unnamed=unnamed)
