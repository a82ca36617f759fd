"""House rules that no linter knows: who may commit, who may emit, and how large a room may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import (
    APP,
    BACKEND,
    TESTS,
    functions,
    name_of,
    places_that_call,
    python_files,
    tree,
)

MAX_APP_LINES = 300
MAX_TEST_LINES = 500
MAX_FUNCTION_LINES = 60


def test_imports_go_downward_through_the_house() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([lint], cwd=BACKEND, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("folder", "most"), [(APP, MAX_APP_LINES), (TESTS, MAX_TEST_LINES)], ids=["app", "tests"]
)
def test_a_file_is_one_room_not_a_hall(folder: Path, most: int) -> None:
    lines = {name_of(p): len(p.read_text("utf-8").splitlines()) for p in python_files(folder)}
    assert len(lines) > 10
    assert {name: count for name, count in lines.items() if count > most} == {}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{name_of(path)}:{function.lineno} {function.name}": end - function.lineno + 1
        for path in python_files(APP)
        for function in functions(path)
        if (end := function.end_lineno) is not None
    }
    assert len(lengths) > 100
    assert {name: size for name, size in lengths.items() if size > MAX_FUNCTION_LINES} == {}


@pytest.mark.rule("T1")
def test_only_the_unit_of_work_commits() -> None:
    """A transaction's commit takes no arguments; the room that gathers edits takes some."""
    places = {
        name_of(path)
        for path in python_files(APP)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "commit"
        if not call.args and not call.keywords
    }
    assert places == {"backend/app/services/unit_of_work.py"}


def test_nothing_is_printed_but_by_the_terminal_program() -> None:
    assert places_that_call("print") <= {name_of(p) for p in (APP / "cli").glob("*.py")}


def test_only_the_announcers_emit_and_always_to_a_room() -> None:
    emits = {
        (name_of(path), call.lineno): {keyword.arg for keyword in call.keywords}
        for path in python_files(APP)
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "emit"
    }
    announcers = re.compile(
        r"backend/app/(realtime/\w+|adapters/broadcaster|services/(\w+_|jobs/)events)\.py"
    )
    assert [place for place, keywords in emits.items() if not keywords & {"to", "room"}] == []
    assert [place for place in emits if not announcers.fullmatch(place[0])] == []
    assert emits


def test_every_module_says_in_one_line_what_lives_in_it() -> None:
    sources = [*python_files(APP), *BACKEND.glob("*.py")]
    assert [name_of(p) for p in sources if tree(p).body and not ast.get_docstring(tree(p))] == []
