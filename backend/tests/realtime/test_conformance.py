"""The program with which anybody may try a server: ours passes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.live_server import LiveServer

PROGRAM = Path(__file__).parents[3] / "contract" / "conformance.py"


@pytest.mark.rule("S2", "S11")
def test_this_server_keeps_to_its_protocol(server: LiveServer) -> None:
    """Among others, 300 batches sent without waiting, of which most are refused at first."""
    tried = subprocess.run(
        [sys.executable, str(PROGRAM), server.url],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert tried.stdout.endswith("PASS\n"), tried.stdout + tried.stderr
    assert "DOES NOT HOLD" not in tried.stdout
