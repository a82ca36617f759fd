"""Our program as an operator runs it: a server process and, with Redis, worker processes."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.support import processes

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".bench"
START_SECONDS = 60
PROGRAM_PATH = os.pathsep.join([str(ROOT), str(ROOT / "backend")])


def program(
    stack: ExitStack, command: Sequence[str | Path], cwd: Path = ROOT, **environment: str
) -> subprocess.Popen[bytes]:
    """Start a peer's program, which ends with the stack."""
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    process = processes.start(
        command,
        cwd=cwd,
        env=kept | {"PYTHONPATH": PROGRAM_PATH} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(processes.stop, process)
    return process


def cpu_seconds(process: psutil.Process) -> float:
    """Of one process, with those of its children that have ended."""
    time = process.cpu_times()
    return float(time.user + time.system + time.children_user + time.children_system)


def cpu_seconds_of_family(pid: int) -> float:
    """Of a process and all its children, such as those of PostgreSQL."""
    parent = psutil.Process(pid)
    return sum(map(cpu_seconds, [parent, *parent.children(recursive=True)]))


class Installation:
    """Started in `folder` with these settings; `stop` ends all its processes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = processes.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log.txt"
        kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        self._environment = kept | {
            "PYTHONPATH": PROGRAM_PATH,
            "PORT": str(self.port),
            "DATA_DIR": str(folder),
            "SECRET_KEY": "a-secret-that-only-measurements-know",
            "RATE_LIMITS": "false",  # the load comes from one address
            "AI_USER_CONCURRENCY": "50",
            "LOG_LEVEL": "WARNING",
            "LOG_FORMAT": "json",
            **settings,
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def serve(self) -> "Installation":
        self._run("bench.programs.server")
        processes.wait_until(self._is_ready, START_SECONDS, f"the server is ready; see {self.log}")
        return self

    def work(self, slots: int) -> "Installation":
        self._run("bench.programs.worker", "--concurrency", str(slots))
        return self

    def stop(self) -> None:
        for process in reversed(self.processes):
            processes.stop(process)

    def memory(self) -> list[int]:
        """Resident bytes of each process now."""
        return [psutil.Process(process.pid).memory_info().rss for process in self.processes]

    def cpu_seconds(self) -> list[float]:
        """Of the server, then of each worker."""
        return [cpu_seconds(psutil.Process(process.pid)) for process in self.processes]

    def _is_ready(self) -> bool:
        if self.processes[0].poll() is not None:
            raise RuntimeError(f"the server ended: {self.log.read_text(encoding='utf-8')[-2000:]}")
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _run(self, module: str, *arguments: str) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", module, *arguments]
            options = {"cwd": ROOT / "backend", "env": self._environment}
            self.processes.append(processes.start(command, stdout=log, stderr=log, **options))
