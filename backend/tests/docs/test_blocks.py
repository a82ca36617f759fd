"""Every fenced `sh` block of the documents is run by a test, or is on the list of those that no
test can run; a new one that nobody registered fails."""

import ast
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask import Flask

from app import create_app
from app.cli import cli
from app.config.settings import Settings
from app.extensions import db
from app.services import auth_service
from tests.architecture.sources import ROOT, TESTS, python_files, tree
from tests.support import documents
from tests.support.containers import clone_of_repository
from tests.support.databases import SqliteTemplate, settings_for
from tests.support.documents import PAGES, block, blocks, succeeds
from tests.support.installation import Installation
from tests.support.pictures import picture

pytestmark = pytest.mark.timeout(300)

INSTALL, OPERATE = "docs/install.md", "docs/operate.md"
PASSWORD = "correct horse battery"

# With what it would take to run them.
NOT_RUN = {
    (INSTALL, "docker run"): "Docker: two services of tests/deploy, each on a machine of its own",
    (INSTALL, "python3 -m venv .venv"): "the network: it installs packages",
}
# What they do takes minutes and the network, or is what runs this very test: make only says it.
OF_MAKE = [
    ("README.md", "make run"),
    ("CONTRIBUTING.md", "make dev"),
    (INSTALL, "make run"),
    (INSTALL, "HOST=0.0.0.0"),
    ("docs/drawings.md", "make eval"),
]
OF_SETTINGS = [(INSTALL, "TRUSTED_PROXIES=1"), (INSTALL, "OIDC_ISSUER=")]


def _registered() -> Iterator[tuple[str, str]]:
    """What tests ask for, as literals or by names of this module."""
    yield from (*NOT_RUN, *OF_MAKE, *OF_SETTINGS)
    for path in python_files(TESTS):
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(func=ast.Name(id="block"), args=[page, ast.Constant(value=line)]):
                    if isinstance(page, ast.Constant | ast.Name):
                        yield globals().get(getattr(page, "id", "")) or page.value, str(line)


def test_every_block_of_commands_is_run_by_a_test_or_on_the_list() -> None:
    registered = {block(page, line) for page, line in _registered()}
    assert {text for page in PAGES for text in blocks(page)} == registered


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return clone_of_repository(tmp_path / "clone")


def surroundings(clone: Path, **settings: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(clone), "LANG": "C.UTF-8", **settings}


@pytest.mark.parametrize(("page", "line"), OF_MAKE)
def test_make_knows_what_the_documents_ask_of_it(page: str, line: str, clone: Path) -> None:
    text = re.sub(r"\bmake\b", "make --dry-run", block(page, line))
    said = succeeds(text, clone, surroundings(clone))
    assert "collabcanvas serve" in said or "python" in said


@pytest.mark.parametrize(("page", "line"), OF_SETTINGS)
def test_settings_in_the_documents_are_taken_also_by_containers(
    page: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(block(page, line), "utf-8")
    names = set(re.findall(r"^([A-Z_]+)=", block(page, line), re.MULTILINE))
    for name in names:
        monkeypatch.delenv(name, raising=False)
    taken = Settings(_env_file=tmp_path / ".env").model_fields_set
    assert {name.lower() for name in names} <= taken
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    passed_on = {name.removesuffix("_FILE") for name in services["web"]["environment"]}
    assert names <= passed_on


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("server"), AI_MODEL="offline")
    try:
        yield running.start(worker=False)
    finally:
        running.stop()


def test_the_examples_of_the_api_do_what_is_said_there(server: Installation, clone: Path) -> None:
    (clone / "photo.jpg").write_bytes(picture(kind="JPEG"))

    def asked(text: str) -> str:
        here = text.replace("http://127.0.0.1:5000", server.url)
        return succeeds(here, clone, surroundings(clone))

    assert '"status":"queued"' in asked(block("README.md", "base="))
    job, upload = (
        block("docs/api.md", "base="),
        block("docs/api.md", 'curl -s "$base/canvases/$canvas_id/files'),
    )
    drawn = asked(job)
    assert '"status":"completed"' in drawn
    assert "Database" in drawn.rpartition("<svg")[2]
    assert '"mimeType":"image/jpeg"' in asked(f"{job}\n{upload}")


def test_a_drawing_is_made_and_looked_at_without_a_server(clone: Path) -> None:
    made = CliRunner().invoke(cli, ["draw", "a -> b", "-o", str(clone / "drawing.excalidraw")])
    assert made.exit_code == 0, made.output
    said = succeeds(block("README.md", "./collabcanvas draw"), clone, surroundings(clone))
    assert "score 100 of 100" in said
    assert (clone / "drawing.svg").read_text("utf-8").startswith("<svg")


def test_random_plans_are_drawn_as_the_page_says(clone: Path) -> None:
    text = block("docs/drawings.md", "cd backend && ../.venv/bin/python -m evaluation.guarantees")
    few = text.replace("10000", "12").replace("4000", "6")
    said = succeeds(few, clone, surroundings(clone))
    assert "12 plans, 12 without a fault" in said


def test_the_first_account_of_a_server_for_other_machines(
    clone: Path, tmp_path: Path, sqlite_template: SqliteTemplate
) -> None:
    sqlite_template.copy_to(tmp_path / "srv")
    text = block(INSTALL, "DATA_DIR=/srv/collabcanvas ./collabcanvas user create")
    here = text.replace("/srv/collabcanvas", str(tmp_path / "srv"))
    said = succeeds(here, clone, surroundings(clone), says=f"{PASSWORD}\n" * 2)
    assert "ana@example.org has an account now." in said


def test_operators_are_made_and_unmade(clone: Path, sqlite_template: SqliteTemplate) -> None:
    sqlite_template.copy_to(clone / ".data")
    with create_app(settings_for(clone / ".data")).app_context():
        auth_service.create_user("ben@example.org", PASSWORD, "Ben")
        db.session.remove()
        db.engine.dispose()
    text = block(OPERATE, "./collabcanvas user create")
    said = succeeds(text, clone, surroundings(clone), says=f"{PASSWORD}\n" * 2)
    assert "ben@example.org is an operator now." in said
    assert "ben@example.org is not an operator any more." in said


def test_the_drill_of_backup_and_restore(
    make_any_app: Callable[..., Flask], clone: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    app = make_any_app()
    settings: Settings = app.config["SETTINGS"]
    environment = surroundings(
        clone, DATA_DIR=str(settings.data_dir), DATABASE_URL=settings.database_url
    )
    if settings.database_url:  # its programs are those of the server
        binaries = request.getfixturevalue("postgres_server").binaries
        environment["PATH"] = f"{binaries}:{environment['PATH']}"

    def accounts(*, made: str = "") -> set[str]:
        with app.app_context():
            if made:
                auth_service.create_user(f"{made}@example.org", PASSWORD, made)
            found = {row.name for row in auth_service.list_users()}
            db.session.remove()
            db.engine.dispose()
        return found

    text = block(OPERATE, "./collabcanvas backup").replace("FILE", str(tmp_path / "saved"))
    save, load = text.splitlines()
    assert accounts(made="Ana") == {"Ana"}
    succeeds(save, clone, environment)
    assert accounts(made="Ben") == {"Ana", "Ben"}
    succeeds(load, clone, environment, says="y\n")
    assert accounts() == {"Ana"}


def test_a_command_that_fails_is_not_taken_for_one_that_works(clone: Path) -> None:
    done = documents.run("false\ntrue", clone, surroundings(clone))
    assert done.returncode == 1
