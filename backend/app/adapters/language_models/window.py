"""How much an endpoint holds and what it takes: from a setting, its own words, or its list."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.settings import ModelSettings

from app.adapters.language_models.endpoint import Endpoint
from app.adapters.language_models.failures import is_about_context, words_of

TEMPERATURE = 0.2
ANSWER_TOKENS = 8_000
LEAST_ANSWER = 600
CHARS_PER_TOKEN = 3  # of a prompt; more careful than the average
SMALLEST = 1_024
LONGEST_WORDS = 300
_HELD = re.compile(
    r"(?:maximum context length\D{0,20}|context (?:length|window|size)\D{0,40}|n_ctx\D{0,6}|"
    r"max_model_len\D{0,10}|limit of\D{0,10})(\d{3,8})",
    re.IGNORECASE,
)
_LISTED = (
    "max_model_len", "context_length", "max_context_length", "context_window", "n_ctx",
    "n_ctx_train",
)  # fmt: skip
_SECRET = re.compile(r"\b(?:sk|key|pk|Bearer)[-_ ][\w.-]{6,}", re.IGNORECASE)
_SETTINGS = {"temperature": r"temperature", "max_tokens": r"max_(?:completion_)?tokens"}


def for_the_log(error: BaseException, key: str) -> str:
    """The beginning of what it said, without anything that looks like a secret."""
    said = words_of(error).replace(key, "***")
    return " ".join(_SECRET.sub("***", said).split())[:LONGEST_WORDS]


class ContextWindow:
    """What is known of one endpoint. 0 tokens: nobody said yet."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self.tokens = endpoint.context_tokens
        self._refused: set[str] = set()
        self._has_looked = False

    @property
    def prompt_chars(self) -> int | None:
        """So long a prompt may be that an answer still fits; None: as long as it likes."""
        if not self.tokens:
            return None
        answer = min(ANSWER_TOKENS, max(LEAST_ANSWER, self.tokens // 3))
        return max(0, self.tokens - answer) * CHARS_PER_TOKEN

    def settings(self, asked_chars: int) -> ModelSettings:
        most = self._endpoint.provider.max_tokens or ANSWER_TOKENS
        if self.tokens:
            left = self.tokens - asked_chars // CHARS_PER_TOKEN
            most = max(min(most, left), LEAST_ANSWER // 2)
        found = ModelSettings(max_tokens=most, temperature=TEMPERATURE)
        for name in self._refused:
            found.pop(name, None)  # type: ignore[misc]
        return found

    async def learn(self, error: Exception, asked_chars: int, client: httpx2.AsyncClient) -> bool:
        """Whether the error said something new, so that asking again may do."""
        said = words_of(error)
        if is_about_context(error):
            found = _HELD.search(said)
            tokens = int(found[1]) if found else await self._listed(client)
            if not tokens or (self.tokens and tokens >= self.tokens):
                tokens = (self.tokens or asked_chars // CHARS_PER_TOKEN + ANSWER_TOKENS) // 2
            if tokens < SMALLEST:
                return False
            self.tokens = tokens
            return True
        if not isinstance(error, ModelHTTPError) or error.status_code not in {400, 422}:
            return False
        refused = {n for n, name in _SETTINGS.items() if re.search(name, said)} - self._refused
        self._refused |= refused
        return bool(refused)

    async def _listed(self, client: httpx2.AsyncClient) -> int:
        """What its list of models says; 0 if it has none, or was asked before."""
        if self._has_looked:
            return 0
        self._has_looked = True
        try:
            answer = await client.get(
                f"{self._endpoint.base_url}/models",
                headers={"Authorization": f"Bearer {self._endpoint.key}"},
            )
            listed = answer.json().get("data", [])
        except (httpx2.HTTPError, ValueError, AttributeError):
            return 0
        own = [one for one in listed if isinstance(one, dict) and self._is_own(one)]
        return next((size for one in own for size in _sizes(one)), 0)

    def _is_own(self, listed: dict[str, Any]) -> bool:
        return listed.get("id") == self._endpoint.model


def _sizes(listed: dict[str, Any]) -> Iterator[int]:
    meta = listed.get("meta")
    for part in (listed, meta if isinstance(meta, dict) else {}):
        yield from (part[name] for name in _LISTED if isinstance(part.get(name), int))
