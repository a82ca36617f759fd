"""What the smoke walk needs of a browser, whichever protocol drives it."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

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
        return until(lambda: self.evaluate(expression), seconds, f"{self.name}: {expression}")

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


def until(found: Callable[[], Any], seconds: float, what: str) -> Any:
    over = time.monotonic() + seconds
    while not (value := found()):
        if time.monotonic() > over:
            raise AssertionError(what)
        time.sleep(0.1)
    return value
