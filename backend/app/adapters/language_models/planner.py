"""The planner that asks a language model, bounded and classed whatever the model's server does."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.adapters.language_models.breaker import CircuitBreaker, CircuitState
from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.ladder import Ladder
from app.adapters.language_models.transport import ExchangeLimits, open_client
from app.domain.errors import JobFailure, ProviderRateLimited, ProviderUnavailable
from app.domain.planning.request import Planned, PlanRequest, Progress
from app.utils.logger import SmartLogger

if TYPE_CHECKING:
    from app.adapters.language_models.window import ContextWindow

RESTING = "The language model failed several times in a row and is given a moment to recover."


class ModelPlanner:
    """A Planner for one endpoint. May be used from many threads and event loops at once: what is
    shared is the memory of which output mode works and how often the endpoint failed."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        limits: ExchangeLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = endpoint.name
        self._endpoint = endpoint
        self._limits = limits or ExchangeLimits()
        self._ladder = Ladder(endpoint.provider.rungs, clock)
        self._breaker = CircuitBreaker(clock)
        self._window: ContextWindow | None = None

    @property
    def circuit(self) -> CircuitState:
        return self._breaker.state

    async def plan(self, request: PlanRequest, progress: Callable[[Progress], None]) -> Planned:
        wait = self._breaker.wait_seconds()
        if wait > 0:
            raise ProviderUnavailable(RESTING, retry_after=wait)
        try:
            planned = await self._converse(request, progress)
        except ProviderUnavailable:
            self._breaker.failed()
            raise
        except (asyncio.CancelledError, ProviderRateLimited):
            self._breaker.abandoned()
            raise
        except JobFailure:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return planned

    async def _converse(
        self, request: PlanRequest, progress: Callable[[Progress], None]
    ) -> Planned:
        # Late: these import the provider packages, which takes seconds.
        from app.adapters.language_models.dialogue import Dialogue, Remote
        from app.adapters.language_models.failures import classify
        from app.adapters.language_models.window import ContextWindow, for_the_log

        self._window = self._window or ContextWindow(self._endpoint)

        try:
            # A client belongs to one event loop; opening one costs nothing beside an answer.
            async with open_client(self._limits) as client:
                model = self._endpoint.provider.connect(self._endpoint, client)
                remote = Remote(
                    model, client, self._endpoint, self._ladder, self._window, self._limits
                )
                return await Dialogue(remote, request, progress).run()
        except Exception as error:  # noqa: BLE001 - every error of a client has a class of ours
            failure = classify(error)
            SmartLogger().log_warning(
                "model_request_failed",
                planner=self.name,
                failure=failure.code,
                cause=type(error).__name__,
                status=getattr(error, "status_code", None),
                said=for_the_log(error, self._endpoint.key),
            )
            raise failure from None
