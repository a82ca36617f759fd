"""Which model, where and with what key: read from the settings, connected through our transport."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import httpx2

from app.adapters.language_models.ladder import Rung
from app.config.settings import Settings, UnsafeSettings

if TYPE_CHECKING:  # the provider packages take seconds to import; offline never needs them
    from pydantic_ai.models import Model

Vendor = Literal["openai", "anthropic", "google"]
HOMES: dict[Vendor, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "google": "https://generativelanguage.googleapis.com",
}
RUNGS: dict[Vendor, tuple[Rung, ...]] = {
    "openai": (Rung.JSON_SCHEMA, Rung.JSON_OBJECT, Rung.PLAIN),
    # Its schema mode bounds the number of optional fields below what a plan has.
    "anthropic": (Rung.PLAIN,),
    "google": (Rung.JSON_SCHEMA, Rung.JSON_OBJECT, Rung.PLAIN),
}
# Anthropic requires a limit; the other vendors' own default is the model's maximum.
MAX_TOKENS: dict[Vendor, int] = {"anthropic": 16_000}
NO_KEY = "no-key-set"


@dataclass(frozen=True)
class Endpoint:
    vendor: Vendor
    model: str
    base_url: str
    key: str = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.vendor}:{self.model}"

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return RUNGS[self.vendor]

    @property
    def is_home(self) -> bool:
        """The vendor's own service, not a compatible one."""
        return self.base_url == HOMES[self.vendor]


def read_endpoint(settings: Settings) -> Endpoint:
    """The endpoint that `AI_MODEL`, `AI_BASE_URL` and `AI_API_KEY` describe.

    Raises UnsafeSettings with what to change.
    """
    prefix, _, model = settings.ai_model.strip().partition(":")
    vendor = next((name for name in HOMES if name == prefix.strip().lower()), None)
    model = model.strip()
    if vendor is None or not model:
        raise UnsafeSettings(
            f"AI_MODEL is {settings.ai_model!r}. Use offline, openai:<name>, anthropic:<name> or "
            "google:<name>, for example openai:gpt-4o-mini."
        )
    base_url = _checked_base_url(settings.ai_base_url) or HOMES[vendor]
    key = settings.ai_api_key.strip()
    if not key and base_url == HOMES[vendor]:
        raise UnsafeSettings(
            f"AI_MODEL is {settings.ai_model!r} but AI_API_KEY (or AI_API_KEY_FILE) is not set. "
            "Set it, or set AI_BASE_URL to a server that needs no key, or AI_MODEL=offline."
        )
    if not (key or NO_KEY).isascii() or not (key or NO_KEY).isprintable() or " " in key:
        raise UnsafeSettings("AI_API_KEY contains characters that no key has. Copy it again.")
    return Endpoint(vendor, model, base_url, key or NO_KEY)


def _checked_base_url(text: str) -> str:
    url = text.strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.username or parts.password or parts.query or parts.fragment:
        raise UnsafeSettings(
            "AI_BASE_URL must be an address such as http://localhost:11434/v1, "
            "without user name, password, question mark or #."
        )
    return url


def connect(endpoint: Endpoint, client: httpx2.AsyncClient) -> "Model":
    """The model behind `endpoint`. Every request goes through `client`; nothing is retried here,
    because the job decides when to try again."""
    if endpoint.vendor == "anthropic":
        return _anthropic(endpoint, client)
    if endpoint.vendor == "google":
        return _google(endpoint, client)
    return _openai(endpoint, client)


def _openai(endpoint: Endpoint, client: httpx2.AsyncClient) -> "Model":
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles import ModelProfile
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    sdk = AsyncOpenAI(
        api_key=endpoint.key, base_url=endpoint.base_url, http_client=client, max_retries=0
    )
    profile = ModelProfile(supports_json_schema_output=True, supports_json_object_output=True)
    if endpoint.is_home:
        return OpenAIChatModel(
            endpoint.model, provider=OpenAIProvider(openai_client=sdk), profile=profile
        )
    # These two come from the environment and are meant for the vendor, not for another service.
    sdk.organization = sdk.project = None
    provider = OpenAICompatibleProvider("openai-compatible", openai_client=sdk)
    return OpenAIChatModel(endpoint.model, provider=provider, profile=profile)


def _anthropic(endpoint: Endpoint, client: httpx2.AsyncClient) -> "Model":
    from anthropic import AsyncAnthropic
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    sdk = AsyncAnthropic(
        api_key=endpoint.key, base_url=endpoint.base_url, http_client=client, max_retries=0
    )
    return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=sdk))


def _google(endpoint: Endpoint, client: httpx2.AsyncClient) -> "Model":
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.profiles import ModelProfile
    from pydantic_ai.providers.google import GoogleProvider

    provider = GoogleProvider(api_key=endpoint.key, base_url=endpoint.base_url, http_client=client)
    profile = ModelProfile(supports_json_schema_output=True, supports_json_object_output=True)
    return GoogleModel(endpoint.model, provider=provider, profile=profile)
