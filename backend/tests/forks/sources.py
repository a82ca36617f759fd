"""What our code takes from the inside of libraries, found by reading it and the libraries."""

import ast
import hashlib
import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.architecture.sources import APP, BACKEND, python_files


def modules() -> Iterator[str]:
    for path in python_files(APP):
        name = ".".join(path.relative_to(BACKEND).with_suffix("").parts)
        if path.name != "__main__.py":  # which runs when it is imported
            yield name.removesuffix(".__init__")


def inherited(module: str) -> Iterator[tuple[str, str]]:
    """(package, member) of all that the module's classes override, or use, of what they inherit."""
    namespace = importlib.import_module(module)
    for node in _tree(module).body:
        if not isinstance(node, ast.ClassDef):
            continue
        made = getattr(namespace, node.name)
        for name in sorted(_defined(node) | _used(node)):
            owner = _owner(made, name)
            if owner is not None:
                yield owner.__module__.split(".")[0], f"{owner.__module__}.{owner.__name__}.{name}"


def private_names(module: str) -> Iterator[str]:
    """What it reads of other objects although their names say that it should not."""
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name) if name.startswith("_") and not name.startswith("__"):
                yield name
            case ast.ImportFrom(module=str(source), names=names):
                parts = {*source.split("."), *(alias.name for alias in names)}
                if not source.startswith("app."):
                    yield from (p for p in parts if p.startswith("_") and p != "__future__")


def found(name: str) -> Any:
    """The function or class that a dotted name means; AttributeError if there is none."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            thing = inspect.getattr_static(thing, part)
        return thing
    raise AttributeError(name)


def digest(name: str) -> str:
    """Of its source, with comments and all: whatever changes is to be looked at."""
    thing = found(name)
    if isinstance(thing, property):
        thing = thing.fget
    lines = textwrap.dedent(inspect.getsource(thing)).splitlines()
    text = "\n".join(line.rstrip() for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _defined(node: ast.ClassDef) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {each.name for each in node.body if isinstance(each, functions)}
    for each in node.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


def _used(node: ast.ClassDef) -> set[str]:
    names = set()
    for each in ast.walk(node):
        match each:
            case ast.Attribute(
                value=ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super")), attr=name
            ):
                names.add(name)
    return names


def _owner(made: type, name: str) -> type | None:
    """The foreign class that says what the name is, if it is a function there."""
    for base in made.__mro__:
        if base.__module__.startswith("app.") or base.__module__ in sys.stdlib_module_names:
            continue
        if name in vars(base):
            return base if _has_source(vars(base)[name]) else None
    return None


def _has_source(thing: Any) -> bool:
    return isinstance(thing, Callable | property | staticmethod | classmethod)  # type: ignore[arg-type]


@cache
def _tree(module: str) -> ast.Module:
    path = Path(importlib.import_module(module).__file__ or "")
    return ast.parse(path.read_text("utf-8"))
