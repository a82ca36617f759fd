"""A backup is the whole database as of one moment; a restore is all of it or nothing."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import inspect, select

from app.cli import cli
from app.config.settings import Settings
from app.domain.errors import Conflict, Invalid, Unavailable
from app.domain.sync.messages import parse_change
from app.extensions import db
from app.models import Canvas, CanvasFile
from app.models.schema import (
    migrate_database,
    move_to,
    newest_revision,
)
from app.services import backup_service, file_service, scene_reading
from app.services.access_service import Actor
from app.services.scene_service import Applied, Push, commit_pushes
from tests.support.elements import creation
from tests.support.people import People, add_canvas, add_people
from tests.support.pictures import picture
from tests.support.room_model import Room

MakeApp = Callable[..., Flask]


class Place:
    """An installation with Ana's canvas, whose programs can be stopped and started."""

    def __init__(self, make: MakeApp) -> None:
        self._make = make
        self.app = make()
        self.settings: Settings = self.app.config["SETTINGS"]
        self.people: People = add_people(self.app)
        self.canvas: Canvas = add_canvas(self.app, self.people)

    def draw(self, *ids: str) -> None:
        changes = tuple(parse_change(creation(key)) for key in ids)
        with self.app.app_context():
            (answer,) = commit_pushes(self.canvas.id, [Push(self.people.ana.id, changes)])
            assert isinstance(answer, Applied)

    def drawn(self) -> set[str]:
        with self.app.app_context():
            return {element["id"] for element in scene_reading.load_scene(self.canvas.id)}

    def join(self, **known: Any) -> dict[str, Any]:
        with self.app.app_context():
            return vars(scene_reading.read_scene(self.canvas.id, **known)) | {"last_n": 0}

    def stop(self) -> None:
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()

    def back_up(self, path: Path) -> Path:
        backup_service.back_up(self.settings, path)
        return path

    def restore(self, path: Path) -> None:
        self.stop()
        backup_service.restore(self.settings, path)


@pytest.fixture
def place(
    make_any_app: MakeApp, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Place:
    if "postgresql" in request.node.callspec.id:  # its programs are those of the server
        binaries = request.getfixturevalue("postgres_server").binaries
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")
    return Place(make_any_app)


def test_everything_is_as_it_was_and_pictures_too(place: Place, tmp_path: Path) -> None:
    ana = place.people.ana
    with place.app.app_context():
        actor = Actor(ana.id, "Ana", ana.email, "session")
        file_service.add_file(actor, place.canvas.id, picture())
    place.draw("a", "b")
    backup = place.back_up(tmp_path / "backup")
    place.draw("c")
    with place.app.app_context():
        file_service.add_file(actor, place.canvas.id, picture(color="red"))
    place.restore(backup)
    assert place.drawn() == {"a", "b"}
    with place.app.app_context():
        [file] = db.session.execute(select(CanvasFile)).scalars()
        assert file.content.startswith(b"\x89PNG")
    place.draw("d")
    assert place.drawn() == {"a", "b", "d"}


def test_who_saw_later_changes_comes_to_show_what_the_server_has(
    place: Place, tmp_path: Path
) -> None:
    """Numbers are used again after a restore: only the epoch tells that they mean other changes."""
    place.draw("a")
    backup = place.back_up(tmp_path / "backup")
    place.draw("lost-1", "lost-2")
    tab = Room("tab-1")
    tab.apply_join(place.join())
    before = place.join()["epoch"]
    tab.edit([creation("offline")])
    place.restore(backup)
    place.draw("new-1", "new-2", "new-3")
    reply = place.join(epoch=tab.epoch, since=tab.seq)
    assert (reply["mode"], reply["seq"]) == ("snapshot", 4)
    assert reply["epoch"] != before
    tab.apply_join(reply)
    assert set(tab.shown()) == {"a", "new-1", "new-2", "new-3", "offline"}


def test_what_was_acknowledged_but_never_seen_is_sent_again_after_a_restore(
    place: Place, tmp_path: Path
) -> None:
    backup = place.back_up(tmp_path / "backup")
    tab = Room("tab-1")
    tab.apply_join(place.join())
    tab.edit([creation("mine")])
    batch = tab.take_batch()
    place.draw("mine", "lost")
    assert batch is not None
    tab.acknowledge(batch["n"], 1)  # and its frame never came
    place.restore(backup)
    place.draw("x", "y", "z")
    tab.apply_join(place.join(epoch=tab.epoch, since=tab.seq))
    assert tab.sent == batch
    assert set(tab.shown()) == {"mine", "x", "y", "z"}


def test_a_running_program_is_not_pulled_the_floor_from_under(place: Place, tmp_path: Path) -> None:
    place.draw("a")
    backup = place.back_up(tmp_path / "backup")
    place.draw("b")
    with place.app.app_context():
        scene_reading.load_scene(place.canvas.id)  # its connection stays open in the pool
    with pytest.raises(Conflict, match="in use"):
        backup_service.restore(place.settings, backup)
    assert place.drawn() == {"a", "b"}


def test_a_backup_is_private_and_overwrites_nothing(place: Place, tmp_path: Path) -> None:
    backup = place.back_up(tmp_path / "backup")
    assert backup.stat().st_mode & 0o777 == 0o600
    content = backup.read_bytes()
    with pytest.raises(Conflict, match="exists"):
        place.back_up(backup)
    assert backup.read_bytes() == content
    with pytest.raises(Conflict):
        place.back_up(tmp_path / "no such folder" / "backup")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("spoil", ["text", "empty", "cut", "missing"])
def test_what_is_no_backup_replaces_nothing(spoil: str, place: Place, tmp_path: Path) -> None:
    place.draw(*(f"object-{number}" for number in range(50)))
    whole = place.back_up(tmp_path / "backup").read_bytes()
    bad = tmp_path / "bad"
    if spoil != "missing":
        cut = whole[: len(whole) // 2]
        bad.write_bytes({"text": b"hello", "empty": b"", "cut": cut}[spoil])
    place.draw("later")
    with pytest.raises((Invalid, Conflict)):
        place.restore(bad)
    assert len(place.drawn()) == 51


def test_a_backup_of_a_newer_program_is_refused(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = place.back_up(tmp_path / "backup")
    place.draw("later")
    known = backup_service.known_revisions() - {newest_revision()}
    monkeypatch.setattr(backup_service, "known_revisions", lambda: known)
    with pytest.raises(Invalid, match="newer"):
        place.restore(backup)
    assert place.drawn() == {"later"}


def test_a_backup_of_an_older_program_is_brought_up_to_date_at_the_next_start(
    place: Place, tmp_path: Path
) -> None:
    place.draw("a")
    with place.app.app_context():
        move_to("0002_sharing_and_history")
    backup = place.back_up(tmp_path / "backup")
    with place.app.app_context():
        migrate_database()
    place.restore(backup)
    with place.app.app_context():
        assert "canvas_file" not in inspect(db.engine).get_table_names()
        migrate_database()
        assert "canvas_file" in inspect(db.engine).get_table_names()
    assert place.drawn() == {"a"}


def test_another_program_s_database_is_not_taken_for_a_backup(
    make_sqlite_app: MakeApp, tmp_path: Path
) -> None:
    place = Place(make_sqlite_app)
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE canvas (id TEXT, epoch TEXT)")
    other.close()
    with pytest.raises(Invalid):
        place.restore(tmp_path / "other")


def test_without_its_programs_postgresql_is_not_backed_up_and_that_is_said(
    make_sqlite_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = (
        make_sqlite_app()
        .config["SETTINGS"]
        .model_copy(update={"database_url": "postgresql://ana:pw@127.0.0.1:1/x"})
    )
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pg_dump").write_text("#!/bin/sh\necho 'too old for this server' >&2; exit 1\n")
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(Conflict, match="too old for this server"):
        backup_service.back_up(elsewhere, tmp_path / "backup")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pg_dump is not installed"):
        backup_service.back_up(elsewhere, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


@pytest.fixture
def command(
    make_sqlite_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> tuple[Place, Callable[..., Result]]:
    place = Place(make_sqlite_app)
    monkeypatch.setenv("DATA_DIR", str(place.settings.data_dir))
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.setenv(name, "")

    def run(*arguments: object, says: str = "") -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=says)

    return place, run


def test_backup_and_restore_from_a_terminal(
    command: tuple[Place, Callable[..., Result]], tmp_path: Path
) -> None:
    place, run = command
    place.draw("a")
    assert run("backup", tmp_path / "backup").exit_code == 0
    place.draw("b")
    place.stop()
    assert run("restore", tmp_path / "backup", says="n\n").exit_code == 1
    assert place.drawn() == {"a", "b"}
    place.stop()
    (place.settings.data_dir / "collabcanvas.sqlite3").chmod(0o640)
    done = run("restore", tmp_path / "backup", says="y\n")
    assert done.exit_code == 0, done.output
    assert place.drawn() == {"a"}
    assert (place.settings.data_dir / "collabcanvas.sqlite3").stat().st_mode & 0o777 == 0o640
    kept = place.settings.data_dir / "collabcanvas.sqlite3.before"
    with sqlite3.connect(kept) as before:
        assert before.execute("SELECT count(*) FROM canvas_object").fetchone() == (2,)
    before.close()


def test_what_was_restored_by_other_means_is_made_known_to_clients(
    command: tuple[Place, Callable[..., Result]],
) -> None:
    place, run = command
    place.draw("a")
    known = place.join()
    assert run("restore").exit_code == 2
    assert run("restore", "file", "--done-elsewhere").exit_code == 2
    done = run("restore", "--done-elsewhere")
    assert "1 canvases" in done.output
    assert place.join(epoch=known["epoch"], since=known["seq"])["mode"] == "snapshot"
