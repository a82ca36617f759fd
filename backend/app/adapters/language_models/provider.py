"""What a provider is: a name in `AI_MODEL`, and what the program has to know about it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.adapters.language_models.endpoint import Endpoint, read_endpoint
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.transport import ExchangeLimits
from app.config.settings import Settings
from app.domain.planning.request import Planner

if TYPE_CHECKING:  # the provider packages take seconds to import; offline never needs them
    import httpx2
    from pydantic_ai.models import Model

DIALOGUE = "app.adapters.language_models.dialogue"


@dataclass(frozen=True, kw_only=True)
class Provider(ABC):
    """One provider: `prefix` is what `AI_MODEL` begins with, `label` is for people."""

    prefix: str
    label: str
    example: str = ""
    """An `AI_MODEL` of this provider, for sentences that say what to write."""
    needs_name: bool = True
    """Whether the name of a model follows the prefix."""

    @property
    def pattern(self) -> str:
        """How `AI_MODEL` names it."""
        return f"{self.prefix}:<name>" if self.needs_name else self.prefix

    @property
    def packages(self) -> tuple[str, ...]:
        """The modules that the first answer needs; they take seconds to import."""
        return ()

    @abstractmethod
    def check(self, settings: Settings) -> None:
        """Raises UnsafeSettings with what to change."""

    @abstractmethod
    def build(self, settings: Settings) -> Planner:
        """The planner that the settings ask for. Raises UnsafeSettings with what to change."""


@dataclass(frozen=True, kw_only=True)
class ModelProvider(Provider):
    """A provider of language models, asked over HTTP."""

    home: str
    """The address of its own service, where `AI_BASE_URL` names no other."""
    rungs: tuple[Rung, ...]
    """The forms of an answer that it can be asked for, the strictest first."""
    connect: Callable[[Endpoint, "httpx2.AsyncClient"], "Model"]
    """The model behind an endpoint. Every request has to go through the client, and nothing is
    retried, because the job decides when to try again."""
    package: str
    """The module that `connect` imports."""
    max_tokens: int | None = None
    """Of an answer; None: the provider's own limit, which is the model's maximum."""

    @property
    def packages(self) -> tuple[str, ...]:
        return (DIALOGUE, self.package)

    def check(self, settings: Settings) -> None:
        read_endpoint(self, settings)

    def build(self, settings: Settings) -> Planner:
        # One silent read may last as long as a whole attempt, and no longer.
        limits = ExchangeLimits(silence_seconds=settings.ai_job_timeout)
        return ModelPlanner(read_endpoint(self, settings), limits=limits)
