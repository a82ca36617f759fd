"""What the tests of one feature add to tests of all features, under a name that all use."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROUTES = Path(__file__).parents[1] / "routes"


def added(name: str) -> Iterator[Any]:
    """The value of `name` in every module of `tests/routes` that has one."""
    for path in sorted(ROUTES.glob("test_*.py")):
        module = import_module(f"tests.routes.{path.stem}")
        if hasattr(module, name):
            yield getattr(module, name)
