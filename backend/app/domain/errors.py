"""Every error a person or a program can cause: a stable code and a sentence that helps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class DomainError(Exception):
    """Base of all expected failures. `code` is stable, `message` may be shown to anyone."""

    code = "error"
    message = "The request could not be carried out."

    def __init__(
        self, message: str | None = None, *, fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message or self.message)
        self.message = message or self.message
        self.fields = dict(fields or {})


class NotAuthenticated(DomainError):
    code = "not_authenticated"
    message = "Sign in first."


class NotFound(DomainError):
    """Also the answer for what the actor may not see: its existence is not revealed."""

    code = "not_found"
    message = "Not found."


class NotAllowed(DomainError):
    code = "not_allowed"
    message = "Your role does not allow this."


class Invalid(DomainError):
    code = "invalid"
    message = "Some fields are not valid."


class Conflict(DomainError):
    code = "conflict"
    message = "The current state does not allow this."


class OutOfOrder(Conflict):
    """A batch before this one was not applied: to acknowledge this one would pass over it."""

    code = "out_of_order"
    message = "A batch before this one is missing. Send that first."

    def __init__(self, last_n: int) -> None:
        super().__init__()
        self.last_n = last_n


class RateLimited(DomainError):
    code = "rate_limited"
    message = "Too many requests. Try again shortly."

    def __init__(self, retry_after: int, message: str | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(DomainError):
    code = "unavailable"
    message = "The service is busy. Try again shortly."


class ElementRejected(Invalid):
    """An element that no editor could show safely: it never enters a scene."""

    code = "invalid_element"
    message = "The drawing contains an element that is not valid."


class InvalidFile(Invalid):
    """A file that is no picture a canvas can show, or none that the server dares to open."""

    code = "invalid_file"
    message = "This file cannot be shown on a canvas."


class FilesFull(Conflict):
    """The canvas or the person has no room for more files."""

    code = "files_full"
    message = "There is no room for more pictures."


@dataclass(frozen=True)
class Suggestion:
    """Something near that can be drawn: its heading, and the instruction that draws it."""

    title: str
    instructions: str


class JobFailure(DomainError):
    """Why one attempt of a job did not succeed.

    `retryable` says that a later attempt may do better without anybody changing anything;
    `retry_after` (seconds) is the provider's own wish, if it stated one.

    Where the instruction is the reason, `message` is in its language and `english` the same in
    English. `values` are what the sentence was made of: its `reason` (a code of
    `planning/sentences.py`), its `language`, and the words quoted.
    """

    code = "internal"
    message = "Something went wrong on our side."
    retryable = False

    def __init__(
        self,
        message: str | None = None,
        *,
        retry_after: float | None = None,
        english: str = "",
        values: Mapping[str, str] | None = None,
        suggestions: Sequence[Suggestion] = (),
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.english = english or self.message
        self.values = dict(values or {})
        self.suggestions = tuple(suggestions)


class ProviderRateLimited(JobFailure):
    code = "provider_rate_limited"
    message = "The language model is receiving too many requests."
    retryable = True


class ProviderUnavailable(JobFailure):
    code = "provider_unavailable"
    message = "The language model could not be reached."
    retryable = True


class InvalidOutput(JobFailure):
    code = "invalid_output"
    message = "The language model's answer could not be read as a drawing. Try again or rephrase."


class NotUnderstood(JobFailure):
    code = "not_understood"
    message = "The instruction could not be understood."


class TooLarge(JobFailure):
    code = "too_large"
    message = "The drawing would be too large. Ask for less at once."


class PermissionLost(JobFailure):
    code = "permission_lost"
    message = "You may no longer edit this canvas."


class CanvasDeleted(JobFailure):
    code = "canvas_deleted"
    message = "The canvas was deleted."


class JobTimeout(JobFailure):
    code = "timeout"
    message = "The job took too long and was stopped."
    retryable = True


class QuotaExceeded(JobFailure):
    code = "quota"
    message = "Your daily AI quota is used up. It renews tomorrow."


class WorkerLost(JobFailure):
    code = "worker_lost"
    message = "The workers that ran this job stopped unexpectedly."
    retryable = True


class ProviderRefused(JobFailure):
    """The provider serves us only once the operator changes a setting: no use in trying again."""

    code = "provider_unavailable"
    message = (
        "The language model's server refused the request. The operator should check its settings."
    )
