"""Child processes that end with the tests, whatever happens to the tests."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def start(command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent,  # noqa: PLW1509  nothing else runs between fork and exec
        **options,
    )


def wait_until(condition: Callable[[], object], seconds: float = 10, what: str = "") -> None:
    """Poll for a fact in another process. Inside one process, wait for its event instead."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"did not happen in {seconds} s: {what or condition}")
        time.sleep(0.01)


def stop(process: subprocess.Popen[bytes], sign: signal.Signals = signal.SIGTERM) -> int:
    if process.poll() is None:
        os.kill(process.pid, sign)
    try:
        return process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(10)
