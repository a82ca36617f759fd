"""Which rooms may import what from outside: whatever nobody listed here may be imported nowhere."""

import ast
import sys

import pytest

from tests.architecture.sources import APP, name_of, python_files, tree

DOMAIN, ADAPTERS, MODELS = "domain", "adapters", "models"
SERVICES, ROUTES, REALTIME, CLI = "services", "routes", "realtime", "cli"
FACTORY, EXTENSIONS, CONFIG, UTILS = "factory", "extensions", "config", "utils"
RUNTIME, FOUNDING = "runtime", "founding"

# Of other people's packages, every one; of Python's own, those that reach outside the process.
MAY_IMPORT: dict[str, set[str]] = {
    "a2wsgi": {REALTIME},
    "alembic": {MODELS},
    "anthropic": {ADAPTERS},
    "apiflask": {FACTORY, ROUTES},
    "argon2": {UTILS},
    "authlib": {ADAPTERS},
    "click": {CLI},
    "engineio": {REALTIME},
    "flask": {"__init__", FACTORY, ROUTES},
    "flask_sqlalchemy": {EXTENSIONS},
    "fontTools": {ADAPTERS},
    "fractional_indexing": {DOMAIN},
    "httpx2": {ADAPTERS},
    "joserfc": {ADAPTERS},
    "limits": {SERVICES},
    "openai": {ADAPTERS},
    "orjson": {UTILS},
    "PIL": {ADAPTERS},
    "prometheus_client": {ADAPTERS},
    "psycopg": {ADAPTERS, MODELS},
    "py_mini_racer": {ADAPTERS},
    "pydantic": {CONFIG, SERVICES, CLI, DOMAIN, ROUTES, UTILS},
    "pydantic_ai": {ADAPTERS},
    "pydantic_core": {ROUTES, UTILS},
    "pydantic_settings": {CONFIG},
    "redis": {CONFIG, REALTIME, ADAPTERS},
    "resvg_py": {ADAPTERS},
    "rich": {CLI},
    "rq": {CONFIG, ADAPTERS},
    "socketio": {REALTIME, ADAPTERS},
    "sqlalchemy": {EXTENSIONS, RUNTIME, MODELS, ADAPTERS},
    "structlog": {UTILS},
    "uharfbuzz": {ADAPTERS},
    "uvicorn": {REALTIME, CLI},
    "websockets": {REALTIME},
    "werkzeug": {FACTORY, ROUTES},
    "worker": {CLI},
    "asyncio": {SERVICES, REALTIME, CLI, ADAPTERS, FOUNDING},
    "ftplib": set(),
    "http": {UTILS},  # cookies
    "multiprocessing": set(),
    "os": {CONFIG, SERVICES, UTILS, ADAPTERS},
    "pathlib": {CONFIG, SERVICES, CLI, ADAPTERS, MODELS, ROUTES},
    "random": set(),
    "shutil": {ADAPTERS},
    "signal": {UTILS, ADAPTERS},
    "smtplib": set(),
    "socket": {SERVICES, CLI},
    "sqlite3": {MODELS, ADAPTERS},
    "ssl": {ADAPTERS},
    "subprocess": {ADAPTERS},
    "tempfile": {ADAPTERS},
    "threading": {RUNTIME, SERVICES, MODELS, UTILS, ADAPTERS},
    "time": {RUNTIME, SERVICES, REALTIME, MODELS, ADAPTERS, ROUTES},
    "urllib.request": set(),
}


def foreign(room: str, source: str) -> list[str]:
    """What the source imports although its room may not."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return sorted(name for name in imported if not _is_allowed(room, name))


def _is_allowed(room: str, name: str) -> bool:
    top = name.partition(".")[0]
    for listed in (name, top):
        if listed in MAY_IMPORT:
            return room in MAY_IMPORT[listed]
    return top == "app" or top in sys.stdlib_module_names


def test_no_room_imports_what_it_may_not() -> None:
    found = {
        name_of(path): wrong
        for path in python_files(APP)
        if (wrong := foreign(path.relative_to(APP).parts[0].removesuffix(".py"), path.read_text()))
    }
    assert found == {}


def test_use_cases_ask_the_database_through_models_only() -> None:
    """Whoever holds a session composes statements sooner or later; only transactions need one."""
    holders = {
        path.name
        for path in python_files(APP / "services")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.alias) and node.name == "db")
        or (isinstance(node, ast.Attribute) and node.attr == "session")
    }
    assert holders == {"unit_of_work.py"}


@pytest.mark.parametrize(
    ("room", "source"),
    [
        (SERVICES, "from flask import current_app"),
        (SERVICES, "def late():\n    import flask"),
        (
            SERVICES,
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from flask import Flask",
        ),
        (MODELS, "import apiflask"),
        (REALTIME, "from flask import g"),
        (CLI, "import flask.cli"),
        (SERVICES, "import httpx2"),
        (ROUTES, "from urllib import request"),
        (DOMAIN, "import urllib.request"),
        (SERVICES, "import requests"),
        (DOMAIN, "import time"),
        (ROUTES, "from sqlalchemy import select"),
        (SERVICES, "from sqlalchemy.exc import DBAPIError"),
    ],
)
def test_a_probe_that_may_not_be_imported_is_found(room: str, source: str) -> None:
    assert foreign(room, source)
