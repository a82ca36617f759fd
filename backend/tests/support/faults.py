"""Faults as a list: each is tried some times, and the same checker looks at what is left."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.breadth import examples
from tests.support.checker import Checker
from tests.support.stack import Stack
from tests.support.trial import Trial

TRIALS = int(os.environ.get("CC_TRIALS", examples(0, 1)))
"""How often each fault is tried. 0 is the ordinary run: once, and only the sample."""
RECOVERY_SECONDS = 60.0
TIMEOUT = 300 + 120 * TRIALS
"""Seconds for all trials of one fault, whatever goes wrong."""

Scenario = Callable[[Trial], None]


@dataclass(frozen=True)
class Fault:
    """`row` is its number in the matrix of faults; the scenario's docstring says what must hold."""

    row: int
    name: str
    scenario: Scenario
    is_sample: bool = False
    """One of each kind of process that may fail: tried in every run."""

    @property
    def holds(self) -> str:
        return " ".join((self.scenario.__doc__ or "").split())

    def __str__(self) -> str:
        return f"{self.row:02}-{self.scenario.__name__}"


@dataclass
class Outcome:
    row: int
    name: str
    trials: int = 0
    violations: list[str] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)


class Family(list[Fault]):
    """The faults of one part of the system."""

    def fault(self, row: int, name: str, *, sample: bool = False) -> Callable[[Scenario], None]:
        def add(scenario: Scenario) -> None:
            self.append(Fault(row, name, scenario, sample))

        return add


def try_out(fault: Fault, stack: Stack, record: Callable[[str, Any], None]) -> None:
    """Let it happen, let the system recover, and look. Fails if anything is wrong afterwards."""
    outcome = Outcome(fault.row, fault.name)
    try:
        for _ in range(max(1, TRIALS)):
            _try_once(fault, stack, outcome)
    finally:
        record("fault", vars(outcome))
    assert outcome.violations == [], "\n".join(outcome.violations)
    if TRIALS:  # in the ordinary run other tests have the machine as well
        assert max(outcome.recoveries) < RECOVERY_SECONDS, "the service was not well in time"


def _try_once(fault: Fault, stack: Stack, outcome: Outcome) -> None:
    stack.heal()
    trial = Trial(stack)
    checker = Checker(trial)
    outcome.trials += 1
    try:
        fault.scenario(trial)
        outcome.recoveries.append(trial.recover())
    except Exception as error:
        outcome.violations.append(f"{type(error).__name__}: {error}")
        stack.heal()
        trial.cancel_all()  # so that the next trial begins in peace
        raise
    finally:
        outcome.violations += checker.violations()
