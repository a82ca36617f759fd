"""Where a model is and with what key it is asked: read from the settings."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.config.settings import Settings, UnsafeSettings

if TYPE_CHECKING:
    from app.adapters.language_models.provider import ModelProvider

NO_KEY = "no-key-set"


@dataclass(frozen=True)
class Endpoint:
    provider: "ModelProvider"
    model: str
    base_url: str
    key: str = field(repr=False)
    context_tokens: int = 0
    """What the operator says that it holds; 0: it is found out."""

    @property
    def name(self) -> str:
        return f"{self.provider.prefix}:{self.model}"

    @property
    def is_home(self) -> bool:
        """The provider's own service, not a compatible one."""
        return self.base_url == self.provider.home


def read_endpoint(provider: "ModelProvider", settings: Settings) -> Endpoint:
    """The endpoint that `AI_MODEL`, `AI_BASE_URL` and `AI_API_KEY` describe.

    Raises UnsafeSettings with what to change.
    """
    base_url = _checked_base_url(settings.ai_base_url) or provider.home
    key = settings.ai_api_key.strip()
    if not key and base_url == provider.home:
        raise UnsafeSettings(
            f"AI_MODEL is {settings.ai_model!r} but AI_API_KEY (or AI_API_KEY_FILE) is not set. "
            "Set it, or set AI_BASE_URL to a server that needs no key, or AI_MODEL=offline."
        )
    if not (key or NO_KEY).isascii() or not (key or NO_KEY).isprintable() or " " in key:
        raise UnsafeSettings("AI_API_KEY contains characters that no key has. Copy it again.")
    model = settings.ai_model.partition(":")[2]
    return Endpoint(provider, model, base_url, key or NO_KEY, settings.ai_context_tokens)


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
