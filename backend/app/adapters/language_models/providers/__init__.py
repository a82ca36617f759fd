"""All providers. A new one is a module here, and a line below."""

from app.adapters.language_models.provider import Provider
from app.adapters.language_models.providers.anthropic import ANTHROPIC
from app.adapters.language_models.providers.google import GOOGLE
from app.adapters.language_models.providers.offline import OFFLINE
from app.adapters.language_models.providers.openai import OPENAI
from app.config.settings import UnsafeSettings

PROVIDERS: tuple[Provider, ...] = (
    OFFLINE,
    OPENAI,
    ANTHROPIC,
    GOOGLE,
)


def provider_of(model: str) -> Provider:
    """The provider of a model. Raises UnsafeSettings with what may be written instead."""
    prefix, _, name = model.partition(":")
    for provider in PROVIDERS:
        if provider.prefix == prefix and provider.needs_name == bool(name):
            return provider
    *patterns, last = (provider.pattern for provider in PROVIDERS)
    example = next(provider.example for provider in PROVIDERS if provider.example)
    raise UnsafeSettings(
        f"AI_MODEL is {model!r}. Use {', '.join(patterns)} or {last}, for example {example}."
    )
