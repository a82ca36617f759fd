"""The circuit breaker and the memory of output modes, on a clock of the test's own."""

from dataclasses import dataclass

import pytest

from app.adapters.language_models.breaker import FAILURES_TO_OPEN, OPEN_SECONDS, CircuitBreaker
from app.adapters.language_models.ladder import REMEMBER_SECONDS, Ladder, Rung

RUNGS = (Rung.JSON_SCHEMA, Rung.JSON_OBJECT, Rung.PLAIN)


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_breaker(clock: Clock) -> CircuitBreaker:
    breaker = CircuitBreaker(clock)
    for _ in range(FAILURES_TO_OPEN):
        assert breaker.wait_seconds() == 0
        breaker.failed()
    return breaker


def test_it_refuses_for_the_rest_of_the_pause_after_consecutive_failures(
    open_breaker: CircuitBreaker, clock: Clock
) -> None:
    assert open_breaker.wait_seconds() == OPEN_SECONDS
    clock.now += 12
    assert open_breaker.wait_seconds() == OPEN_SECONDS - 12


def test_after_the_pause_exactly_one_caller_may_try(
    open_breaker: CircuitBreaker, clock: Clock
) -> None:
    clock.now += OPEN_SECONDS
    assert open_breaker.wait_seconds() == 0
    assert open_breaker.wait_seconds() == OPEN_SECONDS


def test_a_trial_that_succeeds_closes_it_and_one_that_fails_opens_it_again(
    open_breaker: CircuitBreaker, clock: Clock
) -> None:
    clock.now += OPEN_SECONDS
    assert open_breaker.wait_seconds() == 0
    clock.now += 5
    open_breaker.failed()
    assert open_breaker.wait_seconds() == OPEN_SECONDS
    clock.now += OPEN_SECONDS
    assert open_breaker.wait_seconds() == 0
    open_breaker.succeeded()
    assert open_breaker.wait_seconds() == 0
    assert open_breaker.wait_seconds() == 0


def test_a_cancelled_trial_leaves_the_next_caller_to_try(
    open_breaker: CircuitBreaker, clock: Clock
) -> None:
    clock.now += OPEN_SECONDS
    assert open_breaker.wait_seconds() == 0
    open_breaker.abandoned()
    assert open_breaker.wait_seconds() == 0


def test_a_success_between_failures_starts_the_count_anew(clock: Clock) -> None:
    breaker = CircuitBreaker(clock)
    for _ in range(3):
        for _ in range(FAILURES_TO_OPEN - 1):
            breaker.failed()
        breaker.succeeded()
    assert breaker.wait_seconds() == 0


def test_the_ladder_goes_down_one_rung_at_a_time_and_ends(clock: Clock) -> None:
    ladder = Ladder(RUNGS, clock)
    assert ladder.first() is Rung.JSON_SCHEMA
    assert ladder.below(Rung.JSON_SCHEMA) is Rung.JSON_OBJECT
    assert ladder.below(Rung.PLAIN) is None


def test_the_rung_that_worked_is_remembered_for_an_hour(clock: Clock) -> None:
    ladder = Ladder(RUNGS, clock)
    ladder.worked(Rung.PLAIN)
    clock.now += REMEMBER_SECONDS - 1
    ladder.worked(Rung.PLAIN)  # success on a lower rung does not put off the next look upward
    assert ladder.first() is Rung.PLAIN
    assert ladder.has_worked(Rung.PLAIN)
    clock.now += 1
    assert ladder.first() is Rung.JSON_SCHEMA
    assert not ladder.has_worked(Rung.PLAIN)


def test_an_operator_may_ask_for_its_state_without_taking_the_trial(
    open_breaker: CircuitBreaker, clock: Clock
) -> None:
    assert CircuitBreaker(clock).state == "closed"
    assert open_breaker.state == "open"
    clock.now += OPEN_SECONDS
    assert (open_breaker.state, open_breaker.state) == ("trial", "trial")
    assert open_breaker.wait_seconds() == 0
    assert open_breaker.state == "open"  # whoever has the trial may go ahead; others wait
    open_breaker.succeeded()
    assert open_breaker.state == "closed"
