"""What holds for every instruction: it ends, quickly, in a valid plan or an explained refusal."""

# ruff: noqa: E501 - an example stands on one line

import asyncio
import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.kinds import KINDS
from app.domain.planning.offline import OfflinePlanner
from app.domain.planning.plan import Graph, Plan
from app.domain.planning.request import PlanRequest, Progress, SceneContext, SceneEdge, SceneNode
from tests.domain.planning.drawing import plan_offline
from tests.support.breadth import examples

CANVAS = SceneContext(
    nodes=(SceneNode("n1", "A", "rectangle", selected=True), SceneNode("n2", "B", "diamond")),
    edges=(SceneEdge("e1", "n1", "n2"),),
)
WORDS = st.sampled_from(
    [
        "->",
        "=>",
        "-->",
        "-yes->",
        "then",
        "if",
        "no",
        "yes",
        "otherwise",
        "else",
        "?",
        ":",
        ";",
        ",",
        ".",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "a",
        "b",
        "c",
        "\n",
        "-",
        "*",
        "1.",
        "2.",
        "|",
        "---",
        "graph",
        "TD\n",
        "",
        "",
        "",
        "flowchart",
        "mind",
        "map",
        "org",
        "chart",
        "timeline",
        "sequence",
        "table",
        "grid",
        "3x3",
        "swot",
        "columns",
        "with",
        "cards",
        "talk",
        "to",
        "reports",
        "has",
        "many\n",
        "",
        "",
        "",
        "make",
        "blue",
        "rename",
        "to",
        "add",
        "between",
        "and",
        "delete",
        "connect",
        "align",
        "left",
        "tidy",
        "up",
        "move",
        "under",
        "note",
        "everything",
        "selection\n",
        "",
        "",
        "",
        "go",
        "back",
        "start",
        "over",
        "repeat",
        "end",
        "when",
        "unless",
        "state",
        "machine",
        "ER",
        "diagram",
        "sticky",
        "notes",
        "circle",
        "2024",
        "Q1",
        "&",
        "\t",
        "subgraph\n",
        "",
        "",
        "",
        "```mermaid",
        "sequenceDiagram",
        "classDiagram",
        "stateDiagram-v2",
        "erDiagram",
        "mindmap",
        "gantt",
        "A->>B:",
        "||--o{",
        ":::",
    ]
)
INSTRUCTIONS = st.lists(WORDS | st.text(max_size=4), max_size=30).map(" ".join)


def check(plan: Plan) -> None:
    assert Plan.model_validate(plan.model_dump()) == plan
    for operation in plan.operations:
        if isinstance(operation, Graph):
            ids = {node.id for node in operation.nodes}
            homes = {group.id for group in operation.groups}
            assert len(ids) == len(operation.nodes)
            assert {end for e in operation.edges for end in (e.source, e.target)} <= ids
            assert {node.group for node in operation.nodes if node.group} <= homes


@settings(max_examples=examples(75, 600))
@given(
    INSTRUCTIONS, st.sampled_from(["create", "modify"]), st.sampled_from([SceneContext(), CANVAS])
)
def test_every_instruction_ends_in_a_valid_plan_or_a_refusal(text, mode, context) -> None:  # type: ignore[no-untyped-def]
    request = PlanRequest(text, mode, context)
    began = time.thread_time()
    try:
        planned = plan_offline(request)
    except (NotUnderstood, TooLarge):
        return
    finally:
        assert time.thread_time() - began < 2
    check(planned.plan)
    assert plan_offline(request) == planned


@settings(max_examples=examples(25, 200))
@given(
    st.lists(
        st.text("abc defg\u00e4\u6f22\U0001f600&()", min_size=1, max_size=9).filter(str.strip),
        min_size=2,
        max_size=8,
    )
)
def test_a_chain_has_one_shape_for_each_label_and_one_arrow_between(names: list[str]) -> None:
    steps = [f"{index} {name.strip()} x" for index, name in enumerate(names)]
    graph = plan_offline(PlanRequest(" -> ".join(steps))).plan.operations[0]
    assert isinstance(graph, Graph)
    assert [node.label for node in graph.nodes] == [re.sub(r"\s+", " ", step) for step in steps]
    assert len(graph.edges) == len(steps) - 1


HOSTILE = [
    "a" * 4_000, " " * 3_999 + "a", "a " * 2_000, "-" * 4_000, "->" * 2_000, "-a" * 2_000, "if " * 1_300,
    "if yes " * 570, "a? " * 1_300, "a, " * 1_300, "a -> " * 800, "(" * 4_000, "((((" + "a)" * 1_990, '"' * 3_999,
    "[a" * 2_000, "{" * 4_000, "a:" * 2_000, "a: b; " * 660, "\n" * 3_999 + "a", "\n- a" * 1_000, "\n  a" * 1_000,
    "make " * 800, "make a " * 570 + "blue", "add a between b and " * 200, "rename " * 570 + "to x", "connect a to " * 300,
    "move a under " * 300, "and " * 1_000, "a and " * 660, "a, b and " * 440, "1. a " * 800, "2024 " * 800, "a|b\n" * 1_000,
    "a,b\n" * 1_000, "a reports to " * 300, "a talks to " * 360, "a has many " * 360, "x asks y " * 440, "the " * 1_000,
    "go back to " * 360, "check if " * 440, "- " * 2_000, "#" * 4_000, "graph TD\n" + "A--" * 1_300, "graph TD\n" + "A-->" * 990,
    "graph TD\n" + "A -- x " * 560, 'graph TD\nA["' + "x" * 3_900, "graph TD\n" + "subgraph a\n" * 350, "graph TD\n" + "a & " * 990,
    "sequenceDiagram\n" + "A->>" * 990, "classDiagram\n" + "A <|-- " * 560, "stateDiagram\n" + "A --> " * 660,
    "erDiagram\n" + "A ||--o{ " * 440, "mindmap\n" + "\n".join(" " * i + "a" for i in range(80)), "```mermaid\n" * 360,
    "```" * 1_300, "---\n" * 1_000, "\t" * 3_900 + "a", "flowchart " * 400, "mind map of " * 330, "columns " * 500,
    "3x3 grid " * 440, "table with columns " * 200, "org chart: " + "a: b; " * 640, "mind map of x: " + "a (" * 1_300,
    "\u00e4" * 4_000, "\U0001f600" * 2_000, "a\u200d" * 2_000, "draw a " * 570, "draw " + "a red circle and " * 230,
    "f\u00fcge a" + " zwischen b und c" * 230, "benenne a" + " zu b" * 790, "delete a" + " and keep" * 430,
    "Ana is boss. " * 300, "under a: b, " * 330, "move a" + " into b" * 560, "error " * 650 + "path",
    "swap " + "a and " * 660, "swap the order of " + "a with the " * 330, "duplicate " + "a below " * 490,
    "make two copies of " + "a with its " * 330, "make " + "a twice as " * 330 + "big", "enlarge " + "a by 10 % " * 390,
    "align " * 660, "tidy " * 800, "distribute " * 360, "note " * 800, 'put a note "' * 330,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("mode", ["create", "modify"])
def test_no_instruction_takes_long(text, mode) -> None:  # type: ignore[no-untyped-def]
    def seconds() -> float:
        start = time.thread_time()
        with contextlib.suppress(NotUnderstood, TooLarge):
            check(plan_offline(PlanRequest(text[:4_000], mode, CANVAS)).plan)
        return time.thread_time() - start

    # A second try where the first may have paid for collecting what other tests left.
    assert seconds() < 0.5 or seconds() < 0.5


def test_the_planner_reports_its_shapes_and_calls_itself_offline() -> None:
    seen: list[Progress] = []
    planned = asyncio.run(OfflinePlanner(KINDS, ()).plan(PlanRequest("a -> b"), seen.append))
    assert (planned.planner, planned.partial, planned.remarks) == ("offline", False, ())
    assert seen == [Progress(planned=2)]
    assert seen[0].plan() == planned.plan
