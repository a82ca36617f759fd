"""A clock that stands still until a test moves it."""


class Clock:
    """In the place of the module `time`: `monkeypatch.setattr(module, "time", Clock())`."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.readings = 0

    def monotonic(self) -> float:
        self.readings += 1
        return self.now
