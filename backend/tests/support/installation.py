"""The program as an operator starts it: a server process and, with Redis, a worker process."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.processes import free_port, start, stop, wait_until

BACKEND = Path(__file__).parents[2]
START_SECONDS = 60


class Installation:
    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "log.txt"
        data_dir.mkdir(parents=True, exist_ok=True)
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        self._environment = kept | {
            "PYTHONPATH": str(BACKEND),
            "PORT": str(self.port),
            "DATA_DIR": str(data_dir),
            "SECRET_KEY": "a-secret-that-only-tests-know",
            "LOG_FORMAT": "json",
            **settings,
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, *, worker: bool) -> "Installation":
        self._run("-P", "-m", "app.cli", "serve")
        wait_until(self.is_ready, START_SECONDS, f"ready; see {self.log}")
        if worker:
            self._run("worker.py")
        return self

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=2) as response:  # noqa: S310
                return bool(response.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill_server(self) -> None:
        """kill -9 of the web process, which may then be started again."""
        server = self._processes.pop(0)
        server.kill()
        server.wait(10)

    def stop_server(self) -> None:
        """As an operator stops the web process, to start it again."""
        stop(self._processes.pop(0))

    def stop(self) -> None:
        for process in reversed(self._processes):
            stop(process)

    def run_program(self, *arguments: str) -> str:
        """What `collabcanvas ARGUMENTS` says."""
        command = [sys.executable, "-P", "-m", "app.cli", *arguments]
        answer = subprocess.run(
            command, cwd=BACKEND, env=self._environment, capture_output=True, text=True, check=True
        )
        return answer.stdout

    def _run(self, *arguments: str) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, *arguments]
            options = {"cwd": BACKEND, "env": self._environment, "stdout": log, "stderr": log}
            self._processes.append(start(command, **options))
