"""What the documents list is what the program has: settings, routes, errors, links. Both ways."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from app.adapters.language_models.providers import PROVIDERS
from app.config.settings import Settings
from app.domain.errors import DomainError
from app.domain.formats import exports
from tests.architecture.sources import (
    APP,
    DOCS,
    ROOT,
    name_of,
    python_files,
    rows_of,
    tracked_files,
    tree,
)

CONFIGURE = (DOCS / "configure.md").read_text("utf-8")
API = (DOCS / "api.md").read_text("utf-8")
NO_EFFECT = "without effect in this version"


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    match value:
        case None | ():
            return ""
        case bool():
            return str(value).lower()
        case float() if value == int(value):
            return str(int(value))
    return str(value)


def test_every_setting_is_documented_with_its_default() -> None:
    documented = {
        name: cell for name, cell in rows_of(CONFIGURE).items() if re.fullmatch(r"[A-Z_]+", name)
    }
    assert documented == {name.upper(): _default(name) for name in Settings.model_fields}


def test_the_example_file_shows_the_defaults_of_what_works() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    shown = dict(re.findall(r"^#([A-Z_]+)=(.*)$", example, re.MULTILINE))
    hidden = {name.lower() for name in rows_of(CONFIGURE.split(NO_EFFECT)[1])}
    hidden |= {"rate_limits", "testing"}
    expected = set(Settings.model_fields) - hidden
    assert shown == {name.upper(): _default(name) for name in expected}


def test_settings_without_effect_are_called_so_and_no_others() -> None:
    read = {
        node.attr
        for path in python_files(APP)
        if path.name not in {"settings.py", "doctor_service.py"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
    }
    own = (APP / "config" / "settings.py").read_text("utf-8")
    used = {n for n in Settings.model_fields if n in read or f"self.{n}" in own}
    said = {
        name.lower()
        for name in rows_of(CONFIGURE.split(NO_EFFECT)[1])
        if name.lower() in Settings.model_fields
    }
    assert set(Settings.model_fields) - used == said


def _doors(app: Flask) -> set[str]:
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in {"/", "/<path:path>"}
    }


def test_every_route_is_documented_and_every_documented_route_exists(app: Flask) -> None:
    documented = {name for name in rows_of(API) if re.match(r"(GET|POST|PUT|PATCH|DELETE) /", name)}
    assert documented == _doors(app)


def test_every_provider_is_documented() -> None:
    row = re.search(r"^\| `AI_MODEL` \| [^|]*\| ([^|]*) \|$", CONFIGURE, re.MULTILINE)
    assert row is not None
    patterns = [provider.pattern.replace("<name>", "NAME") for provider in PROVIDERS]
    assert re.findall(r"`([\w:]+)`", row[1]) == patterns


def test_every_format_of_an_export_is_documented() -> None:
    row = rows_of(API)["GET /api/canvases/<canvas_id>/export"]
    assert re.findall(r"`(\w+)", row) == ["format", *exports()]


def _codes(kind: type[DomainError]) -> set[str]:
    own = {kind.code} if kind.__module__.startswith("app.") else set()
    return own.union(*(_codes(child) for child in kind.__subclasses__()))


def _codes_of_routes() -> set[str]:
    """Of HTTP itself, and of the founding answers to cancel, retry and result."""
    table = (APP / "routes" / "errors.py").read_text("utf-8")
    routes = [path.read_text("utf-8") for path in (APP / "routes").glob("*.py")]
    plain = set(re.findall(r'^ {4}\d{3}: \("(\w+)"', table, re.MULTILINE))
    founding = set(re.findall(r'Refusal\(\d+, "(\w+)"', "".join(routes)))
    assert plain
    assert founding
    return plain | founding


def test_every_error_code_is_documented_and_every_documented_code_exists(app: Flask) -> None:
    codes = _codes(DomainError) - {DomainError.code}
    documented = set(rows_of(API.split("## Errors")[1]))
    assert documented == codes | _codes_of_routes()


MARKDOWN = [path for path in tracked_files() if path.suffix == ".md"]


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_links_in_the_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", MARKDOWN, ids=name_of)
def test_make_targets_in_the_documents_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z0-9-]+)", path.read_text("utf-8")))
    named |= set(re.findall(r"^make ([a-z0-9-]+)", path.read_text("utf-8"), re.MULTILINE))
    assert named <= targets


JOURNEYS = (
    (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## Five journeys")[1].split("\n## ")[0]
)
PLACES = {"C": "frontend/src", "S": "backend/app"}


@pytest.mark.parametrize("journey", re.findall(r"^\*\*(.+?)\*\*", JOURNEYS, re.MULTILINE))
def test_a_journey_passes_files_that_exist_each_once(journey: str) -> None:
    [told] = [text for text in JOURNEYS.split("\n\n") if text.startswith(f"**{journey}**")]
    files = [f"{PLACES[side]}/{rest}" for side, rest in re.findall(r"`([CS])/([^`]+)`", told)]
    assert len(files) > 5
    assert [name for name in files if not (ROOT / name).is_file()] == []
    assert len(set(files)) == len(files)
