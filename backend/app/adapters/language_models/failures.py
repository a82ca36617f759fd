"""What went wrong at the provider, in the job's own classes: our sentences, never theirs."""

import json
import re
from collections.abc import Iterator

import httpx2
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelTimeoutError,
    UnexpectedModelBehavior,
    UserError,
)

from app.adapters.language_models.transport import (
    RedirectRefused,
    ResponseRefused,
    ResponseTooLarge,
)
from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    QuotaExceeded,
    TooLarge,
)

_ABOUT_CONTEXT = re.compile(
    r"context.{0,20}(?:length|window|size|exceed)|exceed.{0,40}context|n_ctx|max_model_len|"
    r"maximum context|prompt is too long|too many tokens",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_WAIT = 24 * 3600.0

CHECK_KEY = "The language model's server refused the key. The operator should check AI_API_KEY."
CHECK_MODEL = (
    "The language model's server does not have this model. "
    "The operator should check AI_MODEL and AI_BASE_URL."
)
CHECK_URL = (
    "The address of the language model did not answer like one. "
    "The operator should check AI_BASE_URL."
)
REDIRECTED = (
    "The language model's server points to another address, which is not followed. "
    "The operator should set AI_BASE_URL to the final address."
)
REJECTED = (
    "The language model's server rejected the request. "
    "The operator should check AI_MODEL and AI_BASE_URL."
)
NO_CREDIT = (
    "The account at the language model's provider has no credit or quota left. "
    "The operator should look at it."
)
TOO_LONG = (
    "The instruction and the canvas are too long for this language model. "
    "Select fewer objects or shorten the instruction."
)
ANSWER_TOO_LONG = "The language model's answer was too long to be a drawing. Ask for less at once."
DECLINED = "The language model declined to draw this. Rephrase the instruction."
TOO_SLOW = "The language model did not answer in time."
BROKEN = "The language model's server answered with an error."


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, innermost last."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def classify(error: Exception) -> JobFailure:
    """The job failure that stands for an error raised by a model client. Never raises."""
    if isinstance(error, JobFailure):
        return error
    for cause in causes(error):
        if isinstance(cause, ResponseRefused):
            return _unread(cause)
    if isinstance(error, ModelAPIError):
        return _api_error(error)
    if isinstance(error, ContentFilterError):
        return InvalidOutput(DECLINED)
    if isinstance(error, httpx2.TransportError | OSError):
        return ProviderUnavailable()
    if isinstance(error, UserError):
        return ProviderRefused(REJECTED)
    if isinstance(error, UnexpectedModelBehavior | ValueError):
        # Frames of the stream that are not what the protocol says.
        return ProviderUnavailable(BROKEN)
    return JobFailure()


def _unread(refusal: ResponseRefused) -> JobFailure:
    if isinstance(refusal, ResponseTooLarge):
        return TooLarge(ANSWER_TOO_LONG)
    return ProviderRefused(REDIRECTED if isinstance(refusal, RedirectRefused) else CHECK_URL)


def _api_error(error: ModelAPIError) -> JobFailure:
    wait = _sane_wait(error.retry_after)
    if isinstance(error, ModelRateLimitError):
        return ProviderRateLimited(retry_after=wait)
    if isinstance(error, ModelQuotaExceededError):
        return QuotaExceeded(NO_CREDIT)
    if isinstance(error, ModelAuthenticationError):
        return ProviderRefused(CHECK_KEY)
    if is_about_context(error):
        return TooLarge(TOO_LONG)
    if isinstance(error, ModelNotFoundError):
        return ProviderRefused(CHECK_MODEL)
    if isinstance(error, ModelTimeoutError):
        return ProviderUnavailable(TOO_SLOW, retry_after=wait)
    if isinstance(error, ModelConnectionError):
        return ProviderUnavailable(retry_after=wait)
    if isinstance(error, ModelRequestRejectedError) or _is_client_error(error):
        return ProviderRefused(REJECTED)
    return ProviderUnavailable(BROKEN, retry_after=wait)


def words_of(error: BaseException) -> str:
    """What the endpoint said itself."""
    body = getattr(error, "body", None)
    return body if isinstance(body, str) else json.dumps(body, default=str) if body else ""


def is_about_context(error: Exception) -> bool:
    """Whether the prompt and the answer are more than the model holds."""
    if isinstance(error, ModelContextWindowExceededError):
        return True
    return isinstance(error, ModelHTTPError) and _ABOUT_CONTEXT.search(words_of(error)) is not None


def _is_client_error(error: ModelAPIError) -> bool:
    if not isinstance(error, ModelHTTPError):
        return False
    # 408 and 425 ask for another try.
    return 400 <= error.status_code < 500 and error.status_code not in {408, 425, 429}


def _sane_wait(seconds: float | None) -> float | None:
    """A header may say anything: only a finite, non-negative wait of at most a day is passed on."""
    if seconds is None or not 0 <= seconds <= LONGEST_WAIT:
        return None
    return seconds


def form_may_be_refused(error: Exception) -> bool:
    """Whether a plainer output mode may help: the server said no, or fell over, at the start."""
    if isinstance(error, UserError):
        return True
    if not isinstance(error, ModelHTTPError) or error.in_stream:
        return False
    if isinstance(
        error, ModelAuthenticationError | ModelNotFoundError | ModelContextWindowExceededError
    ):
        return False
    return error.status_code in {400, 415, 422, 500, 501}
