"""How much a run tries: a fixed sample in `make test`, all there is and at random in `test-all`."""

import os

ALL = os.environ.get("CC_ALL", "0") not in {"", "0"}


def examples(few: int, many: int) -> int:
    """How many random inputs a property is tried with."""
    return many if ALL else few


def promptly(seconds: float, patience: float = 60) -> float:
    """How long an answer may take that is promised within so many seconds. `make test-all` holds
    the program to that; an ordinary run shares the machine and only waits until it comes."""
    return seconds if ALL else patience
