"""Anthropic."""

from typing import TYPE_CHECKING

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.provider import ModelProvider

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model


def _connect(endpoint: Endpoint, client: "httpx2.AsyncClient") -> "Model":
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    sdk = AsyncAnthropic(
        api_key=endpoint.key, base_url=endpoint.base_url, http_client=client, max_retries=0
    )
    return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=sdk))


ANTHROPIC = ModelProvider(
    prefix="anthropic",
    label="Anthropic",
    home="https://api.anthropic.com",
    # Its schema mode bounds the number of optional fields below what a plan has.
    rungs=(Rung.PLAIN,),
    connect=_connect,
    package="pydantic_ai.models.anthropic",
    max_tokens=16_000,  # its API requires a limit
)
