"""A model's answer while it arrives: found in prose, counted, repaired, salvaged, bounded."""

# ruff: noqa: E501 - an example stands on one line

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import InvalidOutput, JobFailure, TooLarge
from app.domain.kinds import KINDS
from app.domain.planning.plan import Graph, Plan
from app.domain.planning.stream import PlanStream
from tests.domain.planning.drawing import arrows, labels
from tests.support.breadth import examples

GRAPH: dict[str, Any] = {
    "op": "graph",
    "kind": "flowchart",
    "nodes": [
        {"id": "a", "label": "Gr\u00fc\u00dfe \U0001f600"},
        {"id": "b", "label": 'Say "hi" \\ {x} [y]', "shape": "diamond"},
        {"id": "c", "label": "C"},
    ],
    "edges": [{"source": "a", "target": "b", "label": "yes"}, {"source": "b", "target": "c"}],
}
PLAN = {
    "version": 1,
    "title": "T",
    "summary": "S",
    "operations": [GRAPH, {"op": "delete", "targets": ["n1"]}],
}
ANSWER = json.dumps(PLAN)


def fed(text: str, size: int = 7) -> PlanStream:
    stream = PlanStream(KINDS)
    for start in range(0, len(text), size):
        stream.feed(text[start : start + size])
    return stream


def graph_of(plan: Plan | None) -> Graph:
    assert plan is not None
    graph = plan.operations[0]
    assert isinstance(graph, Graph)
    return graph


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("size", [1, 2, 5, 10_000])
def test_a_plan_is_read_whole_however_it_is_cut(size: int, ascii_only: bool) -> None:
    stream = fed(json.dumps(PLAN, ensure_ascii=ascii_only), size)
    plan = stream.finish()
    assert plan == Plan.model_validate(PLAN)
    assert (stream.complete, stream.remarks) == (True, [])


def test_closed_shapes_are_reported_while_the_answer_arrives() -> None:
    stream = PlanStream(KINDS)
    seen = []
    for char in ANSWER:
        stream.feed(char)
        seen.append(stream.nodes)
    assert sorted(set(seen)) == [0, 1, 2, 3]
    assert seen[ANSWER.index('"label": "Say')] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{ANSWER}\n```",
        f'Here is {{it}} [1]: {{}} and {{"a": 1}}\n{ANSWER}\nI hope that helps {{}}.',
        json.dumps(PLAN, indent=2),
        json.dumps({"plan": PLAN}),
        ANSWER.replace("}]", "},]").replace("}}", "},}"),
        ANSWER.replace("}, {", "} {"),
    ],
)
def test_the_plan_is_found_around_prose_and_small_slips(text: str) -> None:
    assert fed(text).finish() == Plan.model_validate(PLAN)


def test_line_breaks_inside_strings_are_accepted() -> None:
    text = '{"operations": [{"op": "note", "text": "one\ntwo"}]}'
    operation = fed(text).finish().operations[0]
    assert operation.op == "note"
    assert operation.text == "one\ntwo"


@pytest.mark.parametrize(
    "bare",
    [GRAPH, [GRAPH], {"operations": GRAPH}, {"nodes": GRAPH["nodes"], "edges": GRAPH["edges"]}],
)
def test_a_bare_graph_or_list_counts_as_a_plan(bare: object) -> None:
    assert arrows(graph_of(fed(json.dumps(bare)).finish())) == [
        'Gr\u00fc\u00dfe \U0001f600 -yes-> Say "hi" \\ {x} [y]',
        'Say "hi" \\ {x} [y] -> C',
    ]


@pytest.mark.parametrize("size", [1, 9, 5_000])
def test_mermaid_instead_of_json_is_read_as_well(size: int) -> None:
    graph = graph_of(fed("Sure!\n```mermaid\ngraph TD\nA[{x}]-->B\n```", size).finish())
    assert labels(graph) == ["{x}", "B"]


def test_a_truncated_answer_keeps_its_closed_parts() -> None:
    cut = ANSWER.index('{"id": "c"') + 12
    stream = fed(ANSWER[:cut])
    assert not stream.complete
    with pytest.raises(InvalidOutput, match="closed"):
        stream.finish()
    assert labels(graph_of(stream.salvage())) == [
        "Gr\u00fc\u00dfe \U0001f600",
        'Say "hi" \\ {x} [y]',
    ]


def test_a_cut_in_the_edges_keeps_shapes_and_closed_edges() -> None:
    stream = fed(ANSWER[: ANSWER.index('{"source": "b"') + 15])
    graph = graph_of(stream.salvage())
    assert (len(graph.nodes), len(graph.edges)) == (3, 1)


@pytest.mark.parametrize("cut", range(0, len(ANSWER), 5))
def test_every_cut_is_salvaged_to_a_part_of_the_plan(cut: int) -> None:
    stream = fed(ANSWER[:cut])
    plan = stream.salvage()
    if plan is None:
        assert stream.nodes == 0
        return
    kept = labels(graph_of(plan))
    assert kept == [node["label"] for node in GRAPH["nodes"]][: len(kept)]
    assert len(kept) == stream.nodes
    assert stream.so_far()() == plan


def test_a_broken_answer_is_salvaged_up_to_the_break() -> None:
    broken = '{"operations": [{"op": "graph", "nodes": [{"id": "a", "label": "A"}, {"id" oops'
    stream = fed(broken + " and more " + ANSWER)
    with pytest.raises(InvalidOutput, match="not valid JSON"):
        stream.finish()
    assert labels(graph_of(stream.salvage())) == ["A"]


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", "{}", "[1, 2]", '{"a": {"b": []}}', "{{{{", "[" * 500]
)
def test_an_answer_without_a_plan_is_invalid(text: str) -> None:
    stream = fed(text)
    with pytest.raises(InvalidOutput):
        stream.finish()
    assert stream.salvage() is None


def test_an_answer_that_never_ends_is_stopped() -> None:
    stream = PlanStream(KINDS, max_bytes=1_000)
    for _ in range(50):
        stream.feed("\u00e4" * 10)
    with pytest.raises(InvalidOutput, match="too long"):
        stream.feed("x")
    with pytest.raises(InvalidOutput, match="too long"):
        stream.finish()


def test_a_million_shapes_are_refused() -> None:
    nodes = ",".join(f'{{"id":"n{i}"}}' for i in range(5_000))
    stream = fed(f'{{"operations":[{{"op":"graph","nodes":[{nodes}]}}]}}', 50_000)
    assert stream.nodes == 500
    with pytest.raises(TooLarge):
        stream.finish()


SNIPPETS = st.sampled_from(
    ['{"operations":[', '{"op":"graph",', '"nodes":[', '{"id":"a","label":"A"}', ",", "]", "}", '"edges":[',
     '{"from":"a","to":"b"}', '"', "\\", "\\u12", "\\ud83d", "{", "[", "1e999", "nul", "true", ":", " ",
     '"kind":', "graph TD\n", "A-->B\n", "```", "prose"]
)  # fmt: skip
ARBITRARY = st.lists(SNIPPETS | st.text(max_size=6), max_size=25).map("".join)


def outcome(text: str, cuts: list[int]) -> tuple[object, ...]:
    stream = PlanStream(KINDS, max_bytes=400)
    try:
        bounds = [0, *sorted({min(cut, len(text)) for cut in cuts}), len(text)]
        for start, end in pairwise(bounds):
            stream.feed(text[start:end])
        result: object = stream.finish()
    except JobFailure as failure:
        result = (type(failure), failure.message)
    return result, stream.complete, stream.nodes, stream.salvage()


@settings(max_examples=examples(60, 600))
@given(ARBITRARY, st.lists(st.integers(0, 300), max_size=12))
def test_arbitrary_text_fails_cleanly_and_cutting_it_changes_nothing(
    text: str, cuts: list[int]
) -> None:
    assert outcome(text, cuts)[0] == outcome(text, [])[0]
    if len(text.encode("utf-8", "replace")) <= 400:
        assert outcome(text, cuts) == outcome(text, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
    | st.sampled_from(["graph", "a", "b", "delete", "red"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["op", "nodes", "edges", "groups", "id", "label", "source", "to", "parent", "group",
                         "targets", "rows", "column", "node", "operations"]),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=examples(60, 600))
@given(JSON)
def test_any_json_is_mended_to_a_valid_plan_or_refused(value: object) -> None:
    stream = PlanStream(KINDS)
    stream.feed(json.dumps({"operations": [{"op": "graph", "nodes": ["x"]}, value]}))
    try:
        plan = stream.finish()
    except JobFailure:
        return
    assert Plan.model_validate(plan.model_dump()) == plan
    for operation in plan.operations:
        if isinstance(operation, Graph):
            ids = [node.id for node in operation.nodes]
            assert len(set(ids)) == len(ids)
            assert {end for e in operation.edges for end in (e.source, e.target)} <= set(ids)
