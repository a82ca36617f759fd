"""Asking the model planner in a test: one call, its outcome and everything it reported."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.provider import ModelProvider, Provider
from app.adapters.language_models.providers.openai import OPENAI
from app.adapters.language_models.transport import ExchangeLimits
from app.domain.errors import JobFailure
from app.domain.planning.plan import Graph
from app.domain.planning.request import Planned, Planner, PlanRequest, Progress
from tests.support.model_server import ModelServer

KEY = "sk-test-key-of-nobody"
REQUEST = PlanRequest("An order arrives; if it is paid ship it, else remind the customer.")


def planner_for(
    server: ModelServer,
    provider: Provider = OPENAI,
    *,
    limits: ExchangeLimits | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> ModelPlanner:
    assert isinstance(provider, ModelProvider)
    base_url = server.url + urlsplit(provider.home).path
    endpoint = Endpoint(provider, "local-model", base_url, KEY)
    return ModelPlanner(endpoint, limits=limits, clock=clock)


@dataclass
class Asking:
    """What one call gave: exactly one of `planned` and `failure`."""

    planned: Planned | None = None
    failure: JobFailure | None = None
    progress: list[Progress] = field(default_factory=list)

    @property
    def graph(self) -> Graph:
        assert self.planned is not None, self.failure
        return next(op for op in self.planned.plan.operations if isinstance(op, Graph))


def ask(planner: Planner, request: PlanRequest = REQUEST, *, seconds: float = 20) -> Asking:
    """Anything but a plan or a JobFailure fails the test, and so does taking too long."""
    asking = Asking()

    async def run() -> None:
        async with asyncio.timeout(seconds):
            asking.planned = await planner.plan(request, asking.progress.append)

    try:
        asyncio.run(run())
    except JobFailure as failure:
        asking.failure = failure
    return asking


def failure_of(planner: Planner, request: PlanRequest = REQUEST) -> JobFailure:
    asking = ask(planner, request)
    if asking.failure is None:
        pytest.fail(f"expected a failure, got {asking.planned}")
    return asking.failure


def edges_of(graph: Graph) -> set[str]:
    """`A -label-> B`, by the labels of the nodes."""
    label = {node.id: node.label for node in graph.nodes}
    return {
        f"{label[edge.source]} -{edge.label}-> {label[edge.target]}"
        if edge.label
        else f"{label[edge.source]} -> {label[edge.target]}"
        for edge in graph.edges
    }
