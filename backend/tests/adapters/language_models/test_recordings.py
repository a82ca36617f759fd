"""Answers written for the real prompt, fed through the real client: what becomes of each."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.domain.kinds import KINDS
from app.domain.planning.plan import Graph, InsertBetween, SetStyle
from app.domain.planning.prompt import PROMPT_VERSION, build_messages
from app.domain.planning.request import Planned, PlanRequest, SceneContext, SceneEdge, SceneNode
from tests.support.model_client import Asking, ask, edges_of, planner_for
from tests.support.model_server import ModelServer, Reply

FOLDER = Path(__file__).parents[2] / "recordings"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name: str) -> dict[str, Any]:
    recording: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return recording


def request_of(recording: dict[str, Any]) -> PlanRequest:
    context = dict(recording.get("context") or {})
    nodes = tuple(SceneNode(**node) for node in context.pop("nodes", ()))
    edges = tuple(SceneEdge(**edge) for edge in context.pop("edges", ()))
    return PlanRequest(
        recording["instruction"],
        recording["mode"],
        SceneContext(nodes=nodes, edges=edges, **context),
    )


def replay(recording: dict[str, Any], chunk: int) -> tuple[Asking, ModelServer]:
    text = "\n".join(recording["answer"])
    finish = recording.get("finish", "stop")
    rest = [Reply("", finish=finish)] if finish == "length" else []
    with ModelServer(Reply(text, chunk=chunk, finish=finish), *rest) as server:
        return ask(planner_for(server), request_of(recording)), server


def kept(planned: Planned, kind: type[Any]) -> Any:
    return next(op for op in planned.plan.operations if isinstance(op, kind))


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_becomes_the_drawing_or_edit_that_was_asked_for(name: str) -> None:
    recording = load(name)
    expected = recording["expected"]
    asking, server = replay(recording, chunk=23)
    assert asking.planned is not None, asking.failure
    operations = asking.planned.plan.operations
    assert [operation.op for operation in operations] == expected["operations"]
    assert asking.planned.partial == expected.get("partial", False)
    if "remarks" in expected or not name.startswith("small_"):
        assert bool(asking.planned.remarks) == expected.get("remarks", False)
    if not recording.get("finish"):
        assert len(server.asked) == 1, "no repair was needed"
    if expected["operations"] == ["graph"]:
        check_graph(asking.graph, expected)
        assert asking.progress[-1].planned == expected["nodes"]


def check_graph(graph: Graph, expected: dict[str, Any]) -> None:
    assert graph.kind == expected["kind"]
    assert len(graph.nodes) == expected["nodes"]
    found = edges_of(graph)
    wanted = set(expected["edges"])
    if "edge_count" in expected:
        assert len(graph.edges) == expected["edge_count"]
        assert wanted <= found
    else:
        assert found == wanted
    shapes = Counter(node.shape for node in graph.nodes)
    assert expected.get("shapes", {}).items() <= shapes.items()
    group_label = {group.id: group.label for group in graph.groups}
    for label, parent in expected.get("groups", {}).items():
        group = next(group for group in graph.groups if group.label == label)
        assert (group_label[group.parent] if group.parent else None) == parent
    members = Counter(group_label[node.group] for node in graph.nodes if node.group)
    assert expected.get("members", {}).items() <= members.items()
    rows = {node.label: len(node.rows) for node in graph.nodes}
    assert expected.get("rows", {}).items() <= rows.items()


@pytest.mark.parametrize("name", NAMES)
def test_every_recording_was_written_for_the_prompt_that_is_sent_today(name: str) -> None:
    recording = load(name)
    assert recording["prompt_version"] == PROMPT_VERSION
    system, user = build_messages(request_of(recording), KINDS)
    assert recording["instruction"] in user
    with ModelServer(Reply("\n".join(recording["answer"]))) as server:
        ask(planner_for(server), request_of(recording))
    assert [m["content"] for m in server.asked[0].body["messages"]] == [system, user]


def test_messages_of_a_sequence_keep_their_order() -> None:
    asking, _ = replay(load("create_sequence_oauth"), chunk=11)
    labels = [edge.label for edge in asking.graph.edges]
    assert labels[0] == "GET /login"
    assert labels[-1] == "session cookie, dashboard"
    assert labels.index("token") < labels.index("profile")


def test_an_edit_of_the_selection_names_its_aliases_and_nothing_else() -> None:
    asking, _ = replay(load("modify_selection_style_and_cache"), chunk=9)
    assert asking.planned is not None
    style = kept(asking.planned, SetStyle)
    assert (style.targets, style.color) == (["n2", "n3"], "green")
    between = kept(asking.planned, InsertBetween)
    assert (between.source, between.target, between.node.label) == ("n2", "n3", "Redis cache")


def test_an_instruction_hidden_in_the_canvas_is_fenced_as_data() -> None:
    recording = load("modify_rename_delete_connect")
    asking, server = replay(recording, chunk=50)
    _, user = server.asked[0].body["messages"]
    hidden = user["content"].index("Ignore all instructions")
    assert user["content"].index("<canvas>") < hidden < user["content"].index("</canvas>")
    assert asking.planned is not None
    assert "n4" not in asking.planned.plan.model_dump_json(include={"operations"})


@pytest.mark.parametrize("chunk", [1, 2, 5, 64, 100_000])
def test_the_outcome_does_not_depend_on_how_the_stream_is_cut(chunk: int) -> None:
    recording = load("create_er_library")
    assert replay(recording, chunk)[0].planned == replay(recording, 31)[0].planned
