"""Child processes that end with the tests, whatever happens to the tests."""

import asyncio
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
LOOK_SECONDS = 0.02


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


def wait_until(
    condition: Callable[[], object],
    seconds: float = 20,
    what: str = "",
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Poll for a fact elsewhere. Inside one process, wait for its event instead.

    The seconds are patience for a busy machine and never what a test is about.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"did not happen in {seconds} s: {what or condition}")
        pause(LOOK_SECONDS)


def stays(
    condition: Callable[[], object],
    seconds: float,
    what: str = "",
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """For what must not happen: look again and again whether the condition still holds.

    A busy machine only means that fewer looks are taken.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert condition(), f"did not last: {what or condition}"
        pause(LOOK_SECONDS)
    assert condition(), f"did not last: {what or condition}"


async def eventually(condition: Callable[[], object]) -> None:
    """`wait_until` for a coroutine."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.005)


def stop(process: subprocess.Popen[bytes], sign: signal.Signals = signal.SIGTERM) -> int:
    if process.poll() is None:
        os.kill(process.pid, sign)
    try:
        return process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait(10)
