"""Starting the server by hand: where it keeps its data, and what it says when it cannot start."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from tests.support.databases import SECRET, SqliteTemplate

BACKEND = Path(__file__).parents[2]
# Of PostgreSQL, migrations, single sign-on, exports and Redis workers: tens of megabytes.
NOT_FOR_ALL = {"psycopg", "alembic", "authlib", "cryptography.hazmat", "fontTools.subset", "rq"}


def test_a_taken_port_is_told_in_words_before_anything_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        result = CliRunner().invoke(cli, ["serve"])
    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is taken" in result.output
    assert not (tmp_path / "data").exists()


def test_settings_and_data_are_the_programs_wherever_it_is_called_from(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    (home / ".env").write_text("WORKER_SLOTS=3\n", "utf-8")
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from app.config.settings import Settings as S; print(S().worker_slots, S().data_dir)",
        ],
        cwd=elsewhere,
        env={"PYTHONPATH": str(BACKEND), "COLLABCANVAS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["3", str(home / ".data")]


def test_a_server_does_not_keep_in_memory_what_it_may_never_need(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    sqlite_template.copy_to(tmp_path)
    code = "import sys, app.cli.serve, app; app.create_server(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(BACKEND), "DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET},
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(loaded.stdout.split())
    assert "app.realtime.asgi" in modules
    assert modules.isdisjoint(NOT_FOR_ALL)
