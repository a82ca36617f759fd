"""What is sent to bound an answer, and how the prompt shrinks to what an endpoint holds."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from structlog.testing import capture_logs

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.providers.openai import OPENAI
from app.domain.errors import TooLarge
from app.domain.planning.request import EarlierJob, PlanRequest, SceneContext, SceneNode
from tests.support.model_client import KEY, REQUEST, ask, failure_of, planner_for
from tests.support.model_server import ModelServer, Reply

LARGE = PlanRequest(
    REQUEST.instruction,
    context=SceneContext(
        tuple(
            SceneNode(f"n{n}", f"A shape with a long name {n} " * 4, "rectangle")
            for n in range(1, 150)
        )
    ),
    earlier=(EarlierJob("something long " * 20),) * 6,
)


def refusing(status: int, message: str) -> Reply:
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()
    return Reply(status=status, body=body, content_type="application/json")


def asked_tokens(body: dict[str, Any]) -> int:
    prompt = sum(len(message["content"]) for message in body["messages"])
    return prompt // 3 + int(body.get("max_tokens", 0))


def holding(tokens: int, message: str, models: Any = None) -> Any:
    """A server that refuses what is too long for it."""

    def behave(body: dict[str, Any]) -> Reply:
        if not body:
            known = json.dumps({"data": models}).encode()
            return (
                Reply(body=known, content_type="application/json") if models else refusing(404, "")
            )
        return Reply() if asked_tokens(body) <= tokens else refusing(400, message)

    return behave


def test_an_answer_is_bounded_in_tokens_in_lengths_and_in_chance() -> None:
    with ModelServer() as server:
        ask(planner_for(server))
    body = server.asked[0].body
    assert body["max_tokens"] == 8_000
    assert 0 <= body["temperature"] < 0.5
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["$defs"]["Node"]["properties"]["label"]["maxLength"] == 160


@pytest.mark.parametrize("message", [
    "This model's maximum context length is 5000 tokens. However, you requested 9000 tokens.",
    '{"n_ctx": 5000, "n_prompt_tokens": 9000} exceeds the available context size',
    "the request exceeds the context window of this model",
])  # fmt: skip
def test_a_prompt_shrinks_to_what_the_endpoint_says_that_it_holds(message: str) -> None:
    models = [{"id": "other", "max_model_len": 9}, {"id": "local-model", "meta": {"n_ctx": 5000}}]
    with ModelServer(holding(5_000, message, models)) as server, capture_logs() as events:
        planner = planner_for(server)
        first = ask(planner, LARGE)
        before = len(server.asked)
        second = ask(planner, LARGE)
    assert first.planned is not None, first.failure
    assert second.planned is not None
    assert len(server.asked) - before == 1, "what it holds is remembered"
    assert "not listed" in server.asked[-1].body["messages"][1]["content"]
    assert message[:30] in events[0]["said"].replace("\\", "")
    assert events[0]["tokens"] == 5_000


def test_without_any_number_the_prompt_is_halved_until_it_fits() -> None:
    with ModelServer(holding(5_000, "too many tokens")) as server:
        assert ask(planner_for(server), LARGE).planned is not None


def test_what_the_operator_says_is_believed_at_once() -> None:
    with ModelServer(holding(5_000, "maximum context length is 5000 tokens")) as server:
        url = server.url + urlsplit(OPENAI.home).path
        endpoint = replace(Endpoint(OPENAI, "local-model", url, KEY), context_tokens=5_000)
        assert ask(ModelPlanner(endpoint), LARGE).planned is not None
    assert len(server.asked) == 1


def test_a_context_that_holds_not_even_the_rules_is_named() -> None:
    with ModelServer(refusing(400, "maximum context length is 512 tokens")) as server:
        failure = failure_of(planner_for(server), LARGE)
    assert isinstance(failure, TooLarge)


@pytest.mark.parametrize("name", ["temperature", "max_tokens"])
def test_a_setting_that_a_model_does_not_take_is_left_out(name: str) -> None:
    def behave(body: dict[str, Any]) -> Reply:
        return refusing(400, f"Unsupported parameter: {name}") if name in body else Reply()

    with ModelServer(behave) as server:
        planner = planner_for(server)
        assert ask(planner).planned is not None
        assert ask(planner).planned is not None
    assert [name in asked.body for asked in server.asked] == [True, False, False]
    forms = {asked.body["response_format"]["type"] for asked in server.asked}
    assert forms == {"json_schema"}, "the form was not what it refused"
