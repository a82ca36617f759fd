"""The scripts behind make: what did not change is not made again, and locks are known to be old."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import BACKEND, ROOT

WHEN_CHANGED = ROOT / "scripts" / "when_changed.py"


def _count_up(folder: Path, fails: bool = False) -> int:
    """Ask for a command that counts its runs; return how often it has run."""
    script = "import pathlib, sys; p = pathlib.Path('runs'); p.open('a').write('x'); sys.exit({})"
    watch = [WHEN_CHANGED, "Counting", "made/.stamp", "src", "one.json"]
    command = [sys.executable, "-c", script.format(int(fails))]
    subprocess.run([sys.executable, *watch, "--", *command], cwd=folder, check=not fails)
    return len((folder / "runs").read_text("ascii"))


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    (tmp_path / "src" / "deep").mkdir(parents=True)
    (tmp_path / "src" / "deep" / "a.ts").write_text("a", "ascii")
    (tmp_path / "one.json").write_text("{}", "ascii")
    return tmp_path


def test_nothing_is_made_twice_from_the_same_inputs(inputs: Path) -> None:
    assert [_count_up(inputs), _count_up(inputs)] == [1, 1]


def test_an_edited_a_new_and_a_renamed_input_each_make_it_again(inputs: Path) -> None:
    _count_up(inputs)
    (inputs / "src" / "deep" / "a.ts").write_text("b", "ascii")
    assert _count_up(inputs) == 2
    (inputs / "src" / "new.ts").write_text("", "ascii")
    assert _count_up(inputs) == 3
    (inputs / "src" / "new.ts").rename(inputs / "src" / "other.ts")
    assert _count_up(inputs) == 4


def test_a_deleted_output_is_made_again(inputs: Path) -> None:
    _count_up(inputs)
    shutil.rmtree(inputs / "made")
    assert _count_up(inputs) == 2


def test_what_failed_is_tried_again(inputs: Path) -> None:
    _count_up(inputs)
    (inputs / "one.json").write_text("[]", "ascii")
    assert _count_up(inputs, fails=True) == 2
    assert _count_up(inputs) == 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the lock check reads."""
    for name in ("backend/pyproject.toml", "scripts/lock.py", "scripts/node-requirements.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for path in BACKEND.glob("requirements*.txt"):
        shutil.copy(path, tmp_path / "backend")
    return tmp_path


def _check_locks(project: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, project / "scripts" / "lock.py", "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_lock_files_are_current(project: Path) -> None:
    assert _check_locks(project).returncode == 0


def test_a_dependency_that_is_not_locked_is_noticed_without_network(project: Path) -> None:
    pyproject = project / "backend" / "pyproject.toml"
    text = pyproject.read_text("utf-8").replace('"click>=', '"leftpad>=1",\n  "click>=', 1)
    pyproject.write_text(text, "utf-8")
    result = _check_locks(project)
    assert result.returncode == 1
    assert "make lock" in result.stderr


def test_the_launcher_says_what_to_do_when_nothing_is_installed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "collabcanvas", tmp_path)
    command = [tmp_path / "collabcanvas", "serve"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "make run" in result.stderr


def test_a_python_that_is_too_old_is_refused_with_words(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "python-env", tmp_path / "scripts")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env"):
        (tools / name).symlink_to(shutil.which(name) or pytest.fail(f"{name} is missing"))
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n", "ascii")
    (tools / "python3").chmod(0o755)
    result = subprocess.run(
        [tmp_path / "scripts" / "python-env", "backend/requirements.txt"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Python 3.11 or newer" in result.stderr
    assert not (tmp_path / ".venv").exists()
