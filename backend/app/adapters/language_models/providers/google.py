"""Google."""

from typing import TYPE_CHECKING

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.ladder import Rung
from app.adapters.language_models.provider import ModelProvider

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model


def _connect(endpoint: Endpoint, client: "httpx2.AsyncClient") -> "Model":
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.profiles import ModelProfile
    from pydantic_ai.providers.google import GoogleProvider

    provider = GoogleProvider(api_key=endpoint.key, base_url=endpoint.base_url, http_client=client)
    profile = ModelProfile(supports_json_schema_output=True, supports_json_object_output=True)
    return GoogleModel(endpoint.model, provider=provider, profile=profile)


GOOGLE = ModelProvider(
    prefix="google",
    label="Google",
    home="https://generativelanguage.googleapis.com",
    rungs=(Rung.JSON_SCHEMA, Rung.JSON_OBJECT, Rung.PLAIN),
    connect=_connect,
    package="pydantic_ai.models.google",
)
