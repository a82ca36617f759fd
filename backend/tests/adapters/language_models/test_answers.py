"""Good answers and those that can be repaired: what is sent, counted, continued and repaired."""

import json
from itertools import pairwise

import pytest

from app.adapters.language_models import follow_ups
from app.adapters.language_models.reading import new_nodes
from app.domain.errors import InvalidOutput
from app.domain.kinds import KINDS
from app.domain.planning.plan import Graph
from app.domain.planning.prompt import build_messages
from app.domain.planning.request import PlanRequest, SceneContext, SceneNode
from tests.support.model_client import KEY, REQUEST, ask, edges_of, failure_of, planner_for
from tests.support.model_server import SAMPLE, ModelServer, Reply, without

EDGES = {
    "Order arrives -> Is it paid?",
    "Is it paid? -yes-> Ship it",
    "Is it paid? -no-> Remind the customer",
    "Remind the customer -> Is it paid?",
}


@pytest.mark.parametrize("chunk", [1, 3, 17, 10_000])
def test_a_streamed_answer_becomes_the_plan_however_it_is_cut_into_pieces(chunk: int) -> None:
    with ModelServer(Reply(chunk=chunk)) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert asking.planned is not None
    assert asking.planned.planner == "openai:local-model"
    assert not asking.planned.partial
    assert asking.planned.remarks == ()


def test_shapes_are_reported_while_they_arrive() -> None:
    with ModelServer(Reply(chunk=5)) as server:
        progress = ask(planner_for(server)).progress
    assert sorted({step.planned for step in progress}) == [1, 2, 3, 4]
    second, last = progress[1].plan(), progress[-1].plan()
    assert second
    assert last
    assert [node.label for node in new_nodes(second.operations[0])] == [
        "Order arrives",
        "Is it paid?",
    ]
    (graph,) = last.operations
    assert isinstance(graph, Graph)
    assert edges_of(graph) == EDGES
    assert all(a.tokens < b.tokens for a, b in pairwise(progress))


def test_what_is_sent_is_the_prompt_in_two_messages_as_a_stream() -> None:
    with ModelServer() as server:
        ask(planner_for(server))
    (asked,) = server.asked
    system, user = build_messages(REQUEST, KINDS)
    assert asked.path == "/v1/chat/completions"
    assert asked.body["model"] == "local-model"
    assert asked.body["stream"] is True
    assert asked.body["messages"] == [
        {"role": "system", "content": system},
        {"role": "user", "content": user},
    ]
    assert asked.body["response_format"]["type"] == "json_schema"
    assert "tools" not in asked.body


def test_the_key_travels_in_its_header_only_and_nothing_of_the_environment_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "SECRET_KEY"):
        monkeypatch.setenv(name, f"from-environment-{name}")
    with ModelServer() as server:
        # Both ask someone else, if the environment is trusted.
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        ask(planner_for(server))
    (asked,) = server.asked
    headers = {name.lower(): value for name, value in asked.headers.items()}
    assert headers.pop("authorization") == f"Bearer {KEY}"
    assert KEY not in json.dumps([headers, asked.body])
    assert "from-environment" not in json.dumps([headers, asked.body])
    assert headers["accept-encoding"] == "identity"


def test_usage_is_the_providers_own_count_or_an_estimate_that_says_so() -> None:
    with ModelServer(Reply(), Reply(usage=None)) as server:
        counted, guessed = (ask(planner_for(server)).planned for _ in range(2))
    assert counted is not None
    assert guessed is not None
    assert counted.usage.input_tokens == 321
    assert counted.usage.output_tokens == 123
    assert not counted.usage.estimated
    assert guessed.usage.estimated
    assert guessed.usage.output_tokens == -(-len(SAMPLE) // 4)
    assert guessed.usage.input_tokens > 50


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{SAMPLE}\n```",
        f"Sure! Here is your diagram:\n\n```\n{SAMPLE}\n```\nLet me know what you think {{of it}}.",
        f"<think>The user wants {{boxes}} and arrows.</think>\n{SAMPLE}",
        f"\ufeff \n{SAMPLE}\n\n",
    ],
    ids=["fence", "prose and fence", "thinking", "byte order mark"],
)
def test_wrapping_around_the_json_does_not_matter(text: str) -> None:
    with ModelServer(Reply(text)) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert len(server.asked) == 1


def test_an_answer_that_talks_on_after_its_end_is_not_waited_for() -> None:
    with ModelServer(Reply(SAMPLE + " And so on." * 50_000, chunk=40)) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert server.sent_bytes < 1_000_000


@pytest.mark.parametrize("status", [400, 422, 500, 501])
def test_a_form_that_the_server_does_not_take_is_replaced_by_a_plainer_one(status: int) -> None:
    with ModelServer(without("json_schema", "json_object", status=status)) as server:
        planner = planner_for(server)
        first, second = ask(planner), ask(planner)
    assert edges_of(first.graph) == edges_of(second.graph) == EDGES
    forms = [(asked.body.get("response_format") or {}).get("type") for asked in server.asked]
    assert forms == ["json_schema", "json_object", None, None], "what worked is remembered"


def test_what_works_is_remembered_for_each_planner_of_its_own() -> None:
    with ModelServer(without("json_schema")) as server:
        ask(planner_for(server))
        ask(planner_for(server))
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("rest", "case"),
    [
        (SAMPLE[300:], "goes on exactly"),
        (SAMPLE[260:], "repeats the last forty characters"),
        ("```json\n" + SAMPLE[300:] + "\n```", "in a fence"),
        (SAMPLE, "starts over"),
    ],
)
def test_an_answer_that_reached_its_length_is_continued(rest: str, case: str) -> None:
    with ModelServer(Reply(SAMPLE[:300], finish="length"), Reply(rest)) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES, case
    assert asking.planned is not None
    assert not asking.planned.partial
    assert asking.planned.usage.requests == 2
    *_, own, instruction = server.asked[1].body["messages"]
    assert own == {"role": "assistant", "content": SAMPLE[:300]}
    assert instruction == {"role": "user", "content": follow_ups.CONTINUE}
    assert "response_format" not in server.asked[1].body


def test_an_answer_that_breaks_off_three_times_is_drawn_in_part_and_says_so() -> None:
    cuts = [Reply(SAMPLE[:250], finish="length"), *[Reply(finish="length", text="")] * 5]
    with ModelServer(*cuts) as server:
        asking = ask(planner_for(server))
    assert asking.planned is not None
    assert asking.planned.partial
    assert any("first part" in remark for remark in asking.planned.remarks)
    assert [node.label for node in asking.graph.nodes] == ["Order arrives"]
    assert len(server.asked) == 3


def test_a_connection_that_drops_in_the_middle_is_taken_up_again() -> None:
    with ModelServer(Reply(chunk=100, abort_after=4), Reply(SAMPLE[300:])) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert asking.planned is not None
    assert asking.planned.usage.estimated, "the count of the first part was lost with it"


def test_a_wrong_answer_is_sent_back_with_what_is_wrong_and_then_right() -> None:
    wrong = json.dumps({"operations": [{"op": "graph", "kind": "flowchart", "nodes": 3}]})
    with ModelServer(Reply(wrong), Reply()) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    _, _, own, repair = server.asked[1].body["messages"]
    assert own == {"role": "assistant", "content": wrong}
    assert "without shapes" in repair["content"]
    assert "corrected JSON" in repair["content"]


def test_an_empty_answer_is_asked_for_again_in_a_plainer_form() -> None:
    with ModelServer(Reply(""), Reply()) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert server.asked[1].body["response_format"]["type"] == "json_object"
    assert len(server.asked[1].body["messages"]) == 2


MERMAID = """flowchart TD
  order["Order arrives"] --> paid{"Is it paid?"}
  paid -- "yes" --> ship["Ship it"]
  paid -- "no" --> remind["Remind the customer"]
  remind --> paid
"""


def test_a_model_that_cannot_write_json_may_answer_in_mermaid() -> None:
    with ModelServer(*[Reply("I would draw it like this.")] * 3, Reply(MERMAID)) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert asking.planned is not None
    assert "Mermaid" in asking.planned.remarks[-1]
    assert server.asked[3].body["messages"][0]["content"] == follow_ups.MERMAID
    assert asking.planned.usage.requests == 4


def test_mermaid_that_comes_unasked_is_taken_at_once() -> None:
    with ModelServer(Reply(f"Here you are:\n```mermaid\n{MERMAID}```\nEnjoy!")) as server:
        asking = ask(planner_for(server))
    assert edges_of(asking.graph) == EDGES
    assert len(server.asked) == 1


def test_an_edit_is_never_guessed_from_mermaid() -> None:
    scene = SceneContext(nodes=(SceneNode("n1", "API", "rectangle"),))
    request = PlanRequest("make the API red", "modify", scene)
    with ModelServer(Reply(MERMAID)) as server:
        failure = failure_of(planner_for(server), request)
    assert isinstance(failure, InvalidOutput)
    assert len(server.asked) == 3
