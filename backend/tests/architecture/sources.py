"""The repository as the house rules see it: its files, and the calls and functions in them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[2]
ROOT = BACKEND.parent
APP = BACKEND / "app"
TESTS = BACKEND / "tests"
DOCS = ROOT / "docs"
CLIENT = ROOT / "frontend" / "src"


def python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """The last name of all that is called, with its line: `db.session.commit()` is commit."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    yield name, node.lineno


def places_that_call(name: str) -> set[str]:
    return {
        name_of(path) for path in python_files(APP) if name in {call for call, _ in calls(path)}
    }


@cache
def tracked_files() -> tuple[Path, ...]:
    """What the repository holds, or is about to: ignored files are nobody's business."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(p for name in listing.split("\0") if name and (p := ROOT / name).is_file())


def text_of(path: Path) -> str | None:
    """The text of a file, or None for pictures and fonts."""
    raw = path.read_bytes()
    return None if b"\0" in raw[:8192] else raw.decode(errors="replace")


def rows_of(markdown: str) -> dict[str, str]:
    """`| `name` | second cell |` rows of all tables: name -> second cell."""
    pattern = r"^\| `([^`]+)` \| ?([^|]*?) ?\|"
    return {name: cell.strip("` ") for name, cell in re.findall(pattern, markdown, re.MULTILINE)}


def section(markdown: str, title: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    return markdown.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]
