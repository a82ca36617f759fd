"""What the measurements ran on, and how busy it was when they began."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psutil

PACKAGES = ("celery", "procrastinate", "rq", "python-socketio", "sqlalchemy", "uvicorn")
GIB = 1024**3
LOOK_SECONDS = 1.0
BUSY = 0.25


def description() -> list[str]:
    """One fact a line."""
    now = datetime.now(UTC)
    memory = psutil.virtual_memory().total / GIB
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    python, node = platform.python_version(), _said("node", "--version")
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    return [
        f"{now:%Y-%m-%d}, commit {_said('git', 'rev-parse', '--short', 'HEAD')}",
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}",
        f"Python {python}, Node {node}, {versions}",
    ]


def warning() -> str | None:
    """What to say if somebody else is using the machine."""
    share = psutil.cpu_percent(LOOK_SECONDS) / 100
    if share < BUSY:
        return None
    return f"When this part began, other work used {share:.0%} of the processors: read with care."


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if not information.exists():
        return platform.processor() or platform.machine()
    lines = information.read_text(encoding="utf-8").splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _said(program: str, *arguments: str) -> str:
    if not (path := shutil.which(program)):
        return "?"
    command = [path, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or "?"
