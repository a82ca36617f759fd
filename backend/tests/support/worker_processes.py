"""Real worker processes beside the test's application."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from flask import Flask

from app.config.settings import Settings
from tests.support import processes
from tests.support.processes import wait_until

BACKEND = Path(__file__).parents[2]


class Workers:
    """Starts workers on the application's database and Redis; ends them with the test."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self._settings: Settings = app.config["SETTINGS"]
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        settings = self._settings
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(BACKEND),
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "DATA_DIR": str(settings.data_dir),
            "JOB_LEASE_SECONDS": str(settings.job_lease_seconds),
            "AI_USER_CONCURRENCY": str(settings.ai_user_concurrency),
            "LOG_LEVEL": "WARNING",
            "LOG_FORMAT": "json",
        }

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.support.scripted_worker", self.folder, *options]
        return self.run(command)

    def run(self, command: list[str | Path]) -> subprocess.Popen[bytes]:
        process = processes.start(command, cwd=BACKEND, env=self.environment)
        self._processes.append(process)
        return process

    def asked(self) -> list[str]:
        """The instructions that planners were asked, one for each call."""
        notes = self.folder / "asked"
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []

    def wait_until_asked(self, times: int) -> None:
        wait_until(lambda: len(self.asked()) >= times, 30, f"the planner is asked {times} times")

    def go(self) -> None:
        (self.folder / "go").touch()

    def stop(self, pid: int, sign: signal.Signals = signal.SIGTERM) -> int:
        """Signal the worker, wait for its end, and tell its exit code."""
        return processes.stop(next(p for p in self._processes if p.pid == pid), sign)

    def kill(self, pid: int) -> None:
        self.stop(pid, signal.SIGKILL)

    def close(self) -> None:
        for process in self._processes:
            processes.stop(process, signal.SIGKILL)
