"""The documents' fenced `sh` blocks, and how a test runs one as a reader would paste it."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = ("README.md", "CONTRIBUTING.md", *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")))
_FENCE = re.compile(r"^```(?:sh|bash|shell|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@cache
def blocks(page: str) -> tuple[str, ...]:
    return tuple(_FENCE.findall((ROOT / page).read_text("utf-8")))


def block(page: str, line: str) -> str:
    """The one that has a line which begins so. Whoever asks for it runs it: tests/docs counts."""
    [found] = [text for text in blocks(page) if f"\n{line}" in f"\n{text}"]
    return found


def run(
    text: str, folder: Path, environment: dict[str, str], says: str = ""
) -> subprocess.CompletedProcess[str]:
    """By the shell of most readers, which stops at the first command that fails."""
    return subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", text],
        cwd=folder,
        env=environment,
        input=says,
        capture_output=True,
        text=True,
        check=False,
    )


def succeeds(text: str, folder: Path, environment: dict[str, str], says: str = "") -> str:
    """Run it; what it printed."""
    done = run(text, folder, environment, says)
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout
