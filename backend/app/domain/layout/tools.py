"""What the layout needs from outside: a text measurer and ELK, as protocols."""

from dataclasses import dataclass
from typing import Any, Protocol


class LayoutFailed(Exception):
    """ELK gave no answer in time; the caller falls back to a simpler layout."""


class Measure(Protocol):
    def width(self, text: str, family: int, size: float) -> float:
        """Width in px of one line of text; `family` is the editor's font number."""
        ...

    def family_for(self, text: str, family: int) -> int:
        """The family itself if it has all characters of the text, else the one to write it in."""
        ...


class Layered(Protocol):
    def layout(self, graph: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        """The ELK JSON graph with coordinates filled in. Raises LayoutFailed."""
        ...


@dataclass(frozen=True)
class Tools:
    measure: Measure
    layered: Layered
