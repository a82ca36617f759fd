"""What every provider's planner promises, the offline one included, and how one is added."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx2
import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, FunctionModel

from app.adapters.language_models import build_planner, model_problem, providers, warm_up
from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.offers import offers
from app.adapters.language_models.provider import ModelProvider, Provider
from app.adapters.language_models.providers import PROVIDERS
from app.config.settings import Settings, UnsafeSettings
from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    NotUnderstood,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    TooLarge,
)
from app.domain.planning.model_name import is_offline
from app.domain.planning.request import Planner, PlanRequest
from tests.support.breadth import promptly
from tests.support.model_client import KEY, REQUEST, ask, edges_of, failure_of, planner_for
from tests.support.model_server import SAMPLE, SCRIPTS, ModelServer, Reply
from tests.support.processes import eventually

MODEL_PROVIDERS = [provider for provider in PROVIDERS if isinstance(provider, ModelProvider)]


def name_of(provider: Provider) -> str:
    return provider.prefix


every_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=name_of)
every_model_provider = pytest.mark.parametrize("provider", MODEL_PROVIDERS, ids=name_of)


def model_of(provider: Provider) -> str:
    return provider.pattern.replace("<name>", "Some/model:7b")


def settings(model: str, *, key: str = KEY, base_url: str = "") -> Settings:
    return Settings(ai_model=model, ai_api_key=key, ai_base_url=base_url, _env_file=None)


@pytest.fixture
def planner(provider: Provider) -> Iterator[Planner]:
    """Built from settings as a program is started with; a model is served on this machine."""
    with ModelServer() as server:
        url = server.url + urlsplit(getattr(provider, "home", "")).path
        yield build_planner(settings(model_of(provider), base_url=url))


def test_every_record_has_a_prefix_of_its_own_and_words_for_people() -> None:
    prefixes = [provider.prefix for provider in PROVIDERS]
    assert len(set(prefixes)) == len(prefixes)
    for provider in PROVIDERS:
        assert provider.prefix == provider.prefix.strip().lower() != ""
        assert ":" not in provider.prefix
        assert provider.label
    assert [p.prefix for p in PROVIDERS if is_offline(p.prefix)] == ["offline"]


@every_provider
def test_a_planner_is_named_by_its_model_however_that_was_written(provider: Provider) -> None:
    prefix, colon, name = model_of(provider).partition(":")
    for written in (f"{prefix}{colon}{name}", f" {prefix.upper()} {colon} {name} "):
        assert build_planner(settings(written)).name == model_of(provider)
        (offer,) = offers(settings(written))
        assert (offer.id, offer.offline) == (model_of(provider), is_offline(provider.prefix))


@every_provider
def test_a_request_is_planned_and_counted_by_name(provider: Provider, planner: Planner) -> None:
    asking = ask(planner)
    assert asking.planned is not None, asking.failure
    assert asking.planned.planner == planner.name
    assert asking.planned.plan.operations
    assert asking.progress[-1].planned > 0
    assert asking.progress[-1].plan() is not None
    assert bool(asking.planned.usage.requests) is not is_offline(planner.name)


@every_provider
def test_one_planner_serves_many_threads_at_once(provider: Provider, planner: Planner) -> None:
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, planner) for _ in range(4)]
        plans = {str(asking.result().planned) for asking in asked}
    assert len(plans) == 1
    assert "None" not in plans


@every_provider
def test_a_planner_that_gives_no_plan_says_why_in_a_sentence(provider: Provider) -> None:
    with ModelServer(*SCRIPTS["invalid"]()) as server:
        planner = build_planner(settings(model_of(provider), base_url=server.url + "/v1"))
        failure = failure_of(planner, PlanRequest(" "))
    assert isinstance(failure, NotUnderstood | ProviderRefused | InvalidOutput), failure
    assert failure.message


@every_model_provider
def test_a_good_answer_is_read_and_counted(provider: Provider) -> None:
    with ModelServer() as server:
        asking = ask(planner_for(server, provider))
    assert len(edges_of(asking.graph)) == 4
    assert asking.planned is not None
    assert (asking.planned.usage.input_tokens, asking.planned.usage.output_tokens) == (321, 123)
    assert asking.planned.planner == f"{provider.prefix}:local-model"


@every_model_provider
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("wrong-key", ProviderRefused),
        ("rate-limited", ProviderRateLimited),
        ("broken", ProviderUnavailable),
        ("redirect", ProviderRefused),
        ("page", ProviderRefused),
        ("huge", TooLarge),
        ("invalid", InvalidOutput),
    ],
)
def test_faults_have_the_same_class_whoever_the_provider_is(
    provider: Provider, script: str, expected: type[JobFailure]
) -> None:
    with ModelServer(*SCRIPTS[script]()) as server:
        assert type(failure_of(planner_for(server, provider))) is expected


async def _cancel_when(planner: Planner, server: ModelServer, *, shapes: int) -> None:
    """Ends when the server, which would go on for long, has seen that the client is gone."""
    seen: list[int] = []
    task = asyncio.create_task(planner.plan(REQUEST, lambda step: seen.append(step.planned)))

    def is_so_far() -> bool:
        assert not task.done()
        return server.arrived.is_set() and (not shapes or bool(seen and seen[-1] >= shapes))

    await eventually(is_so_far)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(server.disconnected.wait, promptly(1))


@every_model_provider
@pytest.mark.parametrize(
    ("reply", "shapes"),
    [(Reply(silence=3_600), 0), (Reply(chunk=120, delay=0.05), 1)],
    ids=["silent", "in the middle of an answer"],
)
def test_cancelling_ends_the_connection_at_once(
    provider: Provider, reply: Reply, shapes: int
) -> None:
    with ModelServer(reply) as server:
        asyncio.run(_cancel_when(planner_for(server, provider), server, shapes=shapes))


@every_model_provider
def test_a_missing_key_is_found_at_start_and_not_by_the_first_job(provider: Provider) -> None:
    keyless = settings(model_of(provider), key="")
    with pytest.raises(UnsafeSettings, match="AI_API_KEY"):
        build_planner(keyless)
    with pytest.raises(UnsafeSettings, match="AI_API_KEY"):
        warm_up(keyless)
    assert "AI_API_KEY" in str(model_problem(keyless))
    assert model_problem(settings(model_of(provider))) is None


def _echo(_endpoint: Endpoint, _client: httpx2.AsyncClient) -> Model:
    async def answer(_messages: list[ModelMessage], _info: AgentInfo) -> AsyncIterator[str]:
        yield SAMPLE

    return FunctionModel(stream_function=answer)


ECHO = ModelProvider(
    prefix="echo",
    label="Says what it was taught",
    home="http://127.0.0.1:9",
    rungs=(Rung.PLAIN,),
    connect=_echo,
    package="colorsys",
)


def test_a_provider_is_added_by_its_record_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnsafeSettings):
        build_planner(settings("echo:parrot"))
    monkeypatch.setattr(providers, "PROVIDERS", (*PROVIDERS, ECHO))
    planner = build_planner(settings("Echo: parrot"))
    asking = ask(planner)
    assert asking.planned is not None, asking.failure
    assert (planner.name, asking.planned.planner) == ("echo:parrot", "echo:parrot")
    assert model_problem(settings("echo:parrot")) is None
    with pytest.raises(
        UnsafeSettings, match=f"{PROVIDERS[-1].pattern} or echo:<name>, for example"
    ):
        build_planner(settings("nobody:x"))
    thread = warm_up(settings("echo:parrot"))
    assert thread is not None
    thread.join(60)
    assert "colorsys" in sys.modules
