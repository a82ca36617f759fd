"""How thoroughly to measure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    repetitions: int = 3
    quick: bool = False  # small numbers, to see that everything works
