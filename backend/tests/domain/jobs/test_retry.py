"""Which failures are worth another attempt, and when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import (
    InvalidOutput,
    JobFailure,
    NotUnderstood,
    PermissionLost,
    ProviderRateLimited,
    ProviderUnavailable,
)
from app.domain.jobs.retry import GiveUp, RetryAfter, decide


@pytest.mark.parametrize("failure", [InvalidOutput, NotUnderstood, PermissionLost, JobFailure])
def test_what_would_fail_again_is_not_tried_again(failure: type[JobFailure]) -> None:
    assert decide(failure(), attempt=1, max_attempts=3, salt="job") == GiveUp(exhausted=False)


def test_the_last_attempt_is_the_last() -> None:
    verdict = decide(ProviderUnavailable(), attempt=3, max_attempts=3, salt="job")
    assert verdict == GiveUp(exhausted=True)


@given(st.integers(1, 9), st.text(min_size=1))
def test_waits_grow_within_bounds_and_are_the_same_for_the_same_job(
    attempt: int, salt: str
) -> None:
    verdict = decide(ProviderUnavailable(), attempt=attempt, max_attempts=10, salt=salt)
    assert isinstance(verdict, RetryAfter)
    base = min(60.0, 5.0 * 2 ** (attempt - 1))
    assert 0.5 * base <= verdict.seconds <= 1.5 * base
    assert verdict == decide(ProviderUnavailable(), attempt=attempt, max_attempts=10, salt=salt)


def test_jobs_that_failed_together_come_back_at_different_times() -> None:
    waits = {
        decide(ProviderUnavailable(), attempt=1, max_attempts=3, salt=str(number))
        for number in range(100)
    }
    assert len(waits) == 100


@pytest.mark.parametrize(("wish", "waited"), [(120.0, 120.0), (1e9, 600.0)])
def test_the_providers_wish_is_honoured_within_reason(wish: float, waited: float) -> None:
    failure = ProviderRateLimited(retry_after=wish)
    assert decide(failure, attempt=1, max_attempts=3, salt="job") == RetryAfter(waited)
