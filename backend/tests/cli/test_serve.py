"""Starting the server by hand: where it keeps its data, and what it says when it cannot start."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli

BACKEND = Path(__file__).parents[2]


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
    told = subprocess.run(
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
    assert told.stdout.split() == ["3", str(home / ".data")]
