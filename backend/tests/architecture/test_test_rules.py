"""House rules of the tests: none waits by the clock, and none takes one thing for another."""

import ast
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from tests.architecture.sources import TESTS, name_of, python_files, tree
from tests.support.breadth import ALL

SUPPORT = TESTS / "support"
PERSON = TESTS / "e2e" / "person.py"  # lets the browser's events in while it looks again
CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "time_ns"}
EXACT = {"get_by_text", "get_by_label", "get_by_placeholder", "get_by_role"}


def calls(source: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def sleeps(source: ast.Module) -> list[int]:
    """What gives way to others, `asyncio.sleep(0)`, is no sleep."""
    return [
        call.lineno
        for call, name in calls(source)
        if name in {"sleep", "wait_for_timeout"}
        if [ast.unparse(argument) for argument in call.args] != ["0"]
    ]


def readings(source: ast.Module) -> list[int]:
    """Of a clock on the wall; that of the processor, `thread_time`, minds no other work."""
    return [
        call.lineno
        for call, name in calls(source)
        if name in CLOCKS or ast.unparse(call.func) == "time.time"
    ]


def loose(source: ast.Module) -> list[int]:
    """Names that also fit what merely contains them, and may come a moment later."""
    found = []
    for call, name in calls(source):
        if name not in EXACT:
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        words = given.get("name") if name == "get_by_role" else call.args[0]
        is_pattern = isinstance(words, ast.Call)
        if words is not None and not is_pattern and "exact" not in given:
            found.append(call.lineno)
    return found


RULES: dict[str, tuple[Callable[[ast.Module], list[int]], str]] = {
    "sleeps for a fixed time": (sleeps, "import time\ntime.sleep(1)"),
    "reads a clock on the wall": (readings, "assert time.monotonic() - began < 2"),
    "looks for a part of a name": (loose, 'page.get_by_text("Sign in")'),
}


@pytest.mark.parametrize("rule", RULES)
def test_no_test(rule: str) -> None:
    """Polling and slowness have their place in tests/support, under names of their own."""
    check, example = RULES[rule]
    assert check(ast.parse(example))
    found = {
        name_of(path): lines
        for path in python_files(TESTS)
        if not path.is_relative_to(SUPPORT) and path != PERSON
        if (lines := check(tree(path)))
    }
    assert found == {}


def test_random_inputs_are_the_same_each_time_unless_all_is_asked_for() -> None:
    profile = settings()
    assert profile.deadline is None
    assert profile.derandomize is not ALL


def test_no_test_asks_for_another_profile() -> None:
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files(TESTS)
        if path != TESTS / "conftest.py"
        for call, name in calls(tree(path))
        if name == "settings"
        and {"deadline", "derandomize", "database"} & {keyword.arg for keyword in call.keywords}
    ]
    assert found == []
