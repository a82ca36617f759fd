"""What the smoke walk needs of a browser, whichever protocol drives it."""

from abc import ABC, abstractmethod
from typing import Any

from tests.support.processes import wait_until

KEYS = {"Control": "\ue009", "Shift": "\ue008", "Escape": "\ue00c", "Enter": "\ue007"}

Step = tuple[int, int] | str
"""A place to move to, or "down", or "up"."""


class BrowserError(Exception):
    """The browser refused a command; its words say why."""


class Driver(ABC):
    """One person's window."""

    name: str

    @abstractmethod
    def goto(self, url: str) -> None: ...

    @abstractmethod
    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript, as plain data."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    @abstractmethod
    def press(self, keys: list[str]) -> None:
        """Keys held together, by the names of `KEYS` or as letters."""

    @abstractmethod
    def point(self, steps: list[Step]) -> None: ...

    @abstractmethod
    def close(self) -> None: ...

    def wait_for(self, expression: str, seconds: float = 30) -> Any:
        """Its value as soon as it is true."""
        found: list[Any] = []

        def holds() -> bool:
            found.append(self.evaluate(expression))
            return bool(found[-1])

        wait_until(holds, seconds, f"{self.name}: {expression}")
        return found[-1]

    @staticmethod
    def pointer_actions(steps: list[Step]) -> list[dict[str, Any]]:
        """As both protocols write them."""
        actions: list[dict[str, Any]] = []
        for step in steps:
            if isinstance(step, str):
                actions.append({"type": f"pointer{step.title()}", "button": 0})
            else:
                x, y = step
                move = {"type": "pointerMove", "x": x, "y": y, "duration": 16}
                actions.append(move | {"origin": "viewport"})
        return actions

    def type(self, text: str) -> None:
        for letter in text:
            self.press([letter])
