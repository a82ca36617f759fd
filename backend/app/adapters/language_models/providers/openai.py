"""OpenAI, and every server that speaks its protocol."""

from typing import TYPE_CHECKING

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.provider import ModelProvider

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model


def _connect(endpoint: Endpoint, client: "httpx2.AsyncClient") -> "Model":
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    sdk = AsyncOpenAI(
        api_key=endpoint.key, base_url=endpoint.base_url, http_client=client, max_retries=0
    )
    profile = OpenAIModelProfile(
        supports_json_schema_output=True,
        supports_json_object_output=True,
        # Other servers know the older name of the setting.
        openai_chat_supports_max_completion_tokens=endpoint.is_home,
    )
    if endpoint.is_home:
        return OpenAIChatModel(
            endpoint.model, provider=OpenAIProvider(openai_client=sdk), profile=profile
        )
    # These two come from the environment and are meant for OpenAI, not for another service.
    sdk.organization = sdk.project = None
    provider = OpenAICompatibleProvider("openai-compatible", openai_client=sdk)
    return OpenAIChatModel(endpoint.model, provider=provider, profile=profile)


OPENAI = ModelProvider(
    prefix="openai",
    label="OpenAI, or a server that speaks its protocol",
    example="openai:gpt-4o-mini",
    home="https://api.openai.com/v1",
    rungs=(Rung.JSON_SCHEMA, Rung.JSON_OBJECT, Rung.PLAIN),
    connect=_connect,
    package="pydantic_ai.models.openai",
)
