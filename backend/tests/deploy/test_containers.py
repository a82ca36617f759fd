"""The containers as the documents start, back up and restore them: docker-compose.yml as it stands,
in the layout of the Dockerfile, on a real PostgreSQL and Redis."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from app import create_app
from app.extensions import db
from app.models.schema import migrate_database, move_to, newest_revision
from tests.support import documents
from tests.support.containers import Containers, clone_of_repository
from tests.support.databases import settings_for
from tests.support.documents import block
from tests.support.image import Image
from tests.support.postgres_server import PostgresServer
from tests.support.processes import wait_until

pytestmark = [pytest.mark.services, pytest.mark.timeout(600)]

PASSWORD = "correct horse battery"


def everything_in(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


class Place:
    """The installation that install.md describes, and Ana, who was made its operator."""

    def __init__(self, containers: Containers) -> None:
        self.containers = containers
        self.folder = containers.clone
        self.environment = {
            "PATH": f"{containers.tools}:{os.environ['PATH']}", "HOME": str(self.folder),
        }  # fmt: skip

    def run(self, text: str, says: str = "") -> str:
        return documents.succeeds(text, self.folder, self.environment, says)

    def compose(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.containers.tools / "docker", "compose", *words],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def sign_in(self) -> "Place":
        """As soon as the web process is ready."""
        wait_until(lambda: self.containers.is_healthy("web"), 240, "web is ready")
        known = {"email": "ana@example.org", "password": PASSWORD}
        answer = requests.post(f"{self.containers.url}/api/auth/login", json=known, timeout=20)
        assert answer.ok, answer.text
        self._token = answer.json()["token"]
        return self

    def ask(self, method: str, path: str, **body: Any) -> requests.Response:
        answer = requests.request(
            method, f"{self.containers.url}/api{path}", json=body or None, timeout=40,
            headers={"Authorization": f"Bearer {self._token}"},
        )  # fmt: skip
        assert answer.ok, answer.text
        return answer

    def titles(self) -> set[str]:
        return {canvas["title"] for canvas in self.ask("GET", "/canvases").json()["canvases"]}


@pytest.fixture(scope="module")
def place(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("containers")
    image = Image(folder / "image").build()
    containers = Containers(clone_of_repository(folder / "clone"), image, postgres_server)
    try:
        made = Place(containers)
        before = everything_in(image.root)
        made.run(block("docs/install.md", "deploy/init-secrets"), says=f"{PASSWORD}\n" * 2)
        yield made.sign_in()
        assert everything_in(image.root) == before, "a container's file system is read-only"
    finally:
        containers.close()


def test_every_service_is_healthy_and_the_page_is_served(place: Place) -> None:
    checked = [name for name, one in place.containers.services.items() if "healthcheck" in one]
    assert checked == ["postgres", "redis", "web", "worker"]
    for name in checked:
        wait_until(lambda name=name: place.containers.is_healthy(name), 240, f"{name} is healthy")
    page = requests.get(place.containers.url, timeout=20)
    assert page.ok
    assert '<div id="root">' in page.text


def test_the_worker_runs_a_job_whose_drawing_is_exported_with_its_fonts(place: Place) -> None:
    asked = place.ask("POST", "/ai-agent/create-canvas", instructions="browser -> API").json()
    path = f"/ai-agent/job/{asked['job_id']}/status?wait=20"
    job: dict[str, Any] = {"status": "queued"}
    for _ in range(6):
        if job["status"] not in {"completed", "failed"}:
            job = place.ask("GET", path).json()["job"]
    assert job["status"] == "completed", job
    for kind, start in {"png": b"\x89PNG", "svg": b"<svg"}.items():
        exported = place.ask("GET", f"/canvases/{asked['canvas_id']}/export?format={kind}")
        assert exported.content.lstrip().startswith(start)


def test_migrating_again_changes_nothing_and_says_so(place: Place) -> None:
    again = place.compose("run", "--rm", "migrate")
    assert again.returncode == 0, again.stderr
    assert f"The database is at {newest_revision()}." in again.stdout


def test_without_a_database_the_migration_fails_in_one_sentence(place: Place) -> None:
    url = place.folder / "secrets" / "database_url"
    right = url.read_text("ascii")
    url.chmod(0o600)
    url.write_text("postgresql://collabcanvas:no@127.0.0.1:1/collabcanvas", "ascii")
    try:
        failed = place.compose("run", "--rm", "migrate")
    finally:
        url.write_text(right, "ascii")
    assert failed.returncode == 1
    assert failed.stderr.startswith("The database cannot be reached: ")
    assert "Traceback" not in failed.stderr


def test_a_service_reaches_no_secret_that_it_does_not_list(place: Place) -> None:
    for name, service in place.containers.services.items():
        mounted = place.containers.mounts / name / "run" / "secrets"
        if mounted.exists():
            assert {path.name for path in mounted.iterdir()} == set(service.get("secrets", []))


DRILL = block("docs/operate.md", "deploy/backup FILE")


def drill(step: str, file: Path) -> str:
    """The line of the document that does it."""
    [line] = [line for line in DRILL.splitlines() if line.startswith(f"deploy/{step} ")]
    return line.replace("FILE", str(file))


def test_an_older_backup_takes_the_place_of_a_newer_database(place: Place, tmp_path: Path) -> None:
    containers = place.containers
    kept = place.ask("POST", "/canvases", title="kept").json()["canvas"]["id"]
    before = place.ask("GET", f"/canvases/{kept}/objects").json()["epoch"]
    wanted = place.titles()
    containers.stop("web", "worker")
    app = create_app(settings_for(tmp_path, database_url=containers.postgres.url("collabcanvas")))
    with app.app_context():
        move_to("0002_sharing_and_history")
        place.run(drill("backup", tmp_path / "old"))
        migrate_database()
        db.session.remove()
        db.engine.dispose()
    containers.up("web", "worker")
    place.sign_in().ask("POST", "/canvases", title="later")
    place.run(drill("restore", tmp_path / "old"))
    assert place.sign_in().titles() == wanted
    assert place.ask("GET", f"/canvases/{kept}/objects").json()["epoch"] != before
    with containers.postgres.connect("collabcanvas_before") as aside:
        found = aside.execute("SELECT title FROM canvas WHERE title = 'later'").fetchall()
    assert found == [("later",)]


@pytest.mark.parametrize("what", ["text", "cut", "other"])
def test_what_is_no_backup_replaces_nothing_and_stops_nobody(
    what: str, place: Place, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    if what == "text":
        file.write_text("hello", "ascii")
    else:
        database = "postgres" if what == "other" else "collabcanvas"
        dump = ["exec", "-T", "postgres", "pg_dump", "-U", "collabcanvas", "-Fc", "-f", str(file)]
        assert place.compose(*dump, database).returncode == 0
    if what == "cut":
        file.write_bytes(file.read_bytes()[:-2000])
    wanted = place.titles()
    failed = documents.run(drill("restore", file), place.folder, place.environment)
    assert failed.returncode != 0
    assert "Nothing was restored." in failed.stderr
    assert place.titles() == wanted, "and the same sign-in holds"


def test_a_database_that_somebody_uses_is_not_replaced(place: Place, tmp_path: Path) -> None:
    wanted = place.titles()
    place.run(drill("backup", tmp_path / "backup"))
    with place.containers.postgres.connect("collabcanvas"):
        failed = documents.run(
            drill("restore", tmp_path / "backup"), place.folder, place.environment
        )
    assert failed.returncode != 0
    assert "being accessed by other users" in failed.stderr
    assert "Nothing was restored." in failed.stderr
    assert place.sign_in().titles() == wanted


def test_a_backup_of_containers_overwrites_nothing(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    place.run(drill("backup", file))
    assert file.stat().st_mode & 0o777 == 0o600
    again = documents.run(drill("backup", file), place.folder, place.environment)
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert list(tmp_path.glob("*.part")) == []
