"""`migrate` says what it did, and in one sentence why it could not."""

import sqlite3
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.models.schema import newest_revision


class Terminal:
    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str]):
        self.database = folder / "collabcanvas.sqlite3"
        self._output = output
        self._patch = patch
        patch.setenv("DATA_DIR", str(folder))
        patch.setenv("LOG_LEVEL", "WARNING")
        for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
            patch.setenv(name, "")

    def migrate(self, **settings: str) -> tuple[int, str]:
        """Exit status, and all that is printed."""
        for name, value in settings.items():
            self._patch.setenv(name, value)
        self._patch.setattr(sys, "argv", ["collabcanvas", "migrate"])
        with pytest.raises(SystemExit) as end:
            main()
        printed = self._output.readouterr()
        return int(end.value.code or 0), printed.out + printed.err


@pytest.fixture
def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def test_it_says_what_it_did_and_the_second_time_does_nothing(terminal: Terminal) -> None:
    newest = newest_revision()
    assert terminal.migrate() == (0, f"The database moved from nothing to {newest}.\n")
    assert terminal.migrate() == (0, f"The database is at {newest}.\n")


def test_a_database_of_a_newer_program_is_left_alone(terminal: Terminal) -> None:
    terminal.migrate()
    with sqlite3.connect(terminal.database) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999_later'")
    database.close()
    status, said = terminal.migrate()
    assert status == 1
    assert said.startswith("The database is at 9999_later, which a newer version")


@pytest.mark.parametrize(
    "url", ["postgresql://ana:secret-word@127.0.0.1:1/x", "sqlite:////proc/none/x"]
)
def test_a_database_that_cannot_be_reached_is_one_sentence(url: str, terminal: Terminal) -> None:
    status, said = terminal.migrate(DATABASE_URL=url)
    assert status == 1
    assert said.startswith("The database cannot be reached: ")
    assert said.count("\n") == 1
    assert "secret-word" not in said
