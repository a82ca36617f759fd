"""When a failed attempt is worth another, and after how long."""

import hashlib
from dataclasses import dataclass

from app.domain.errors import JobFailure

BASE_SECONDS = 5.0
MAX_SECONDS = 60.0
MAX_PROVIDER_WISH_SECONDS = 600.0


@dataclass(frozen=True)
class RetryAfter:
    seconds: float


@dataclass(frozen=True)
class GiveUp:
    """`exhausted` says that another attempt might have helped, had there been one left."""

    exhausted: bool


def decide(
    failure: JobFailure, *, attempt: int, max_attempts: int, salt: str
) -> RetryAfter | GiveUp:
    """What follows the failure of attempt number `attempt` (the first is 1).

    `salt` (the job's id) spreads jobs that failed together; the same input gives the same answer.
    """
    if not failure.retryable:
        return GiveUp(exhausted=False)
    if attempt >= max_attempts:
        return GiveUp(exhausted=True)
    wait = min(MAX_SECONDS, BASE_SECONDS * 2.0 ** (attempt - 1)) * _jitter(f"{salt}:{attempt}")
    if failure.retry_after is not None:
        wait = max(wait, min(failure.retry_after, MAX_PROVIDER_WISH_SECONDS))
    return RetryAfter(wait)


def _jitter(salt: str) -> float:
    """Between 0.5 and 1.5, evenly spread over salts."""
    number = int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=4).digest(), "big")
    return 0.5 + number / 2**32
