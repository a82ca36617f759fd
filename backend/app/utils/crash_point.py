"""Named places where a process may be made to end as if the power failed.

With `CC_CRASH=name:n` in its environment a process kills itself the n-th time that it passes the
point of that name; with `name:n:freeze` it stands still there until somebody wakes it up. The fault
suite asks for it; otherwise a point compares two words.
"""

import os
import signal
import threading

CRASH_POINTS = frozenset(
    {
        "after_job_commit",
        "after_enqueue",
        "after_claim",
        "mid_llm",
        "after_llm",
        "before_apply_commit",
        "after_apply_commit",
        "after_emit",
        "before_ack",
        "after_edit_commit",
    }
)

_wanted, _times, _how, *_ = (*os.environ.get("CC_CRASH", "").split(":"), "", "")
if _wanted and _wanted not in CRASH_POINTS:
    raise ValueError(f"CC_CRASH names no crash point: {_wanted}")
_left = int(_times or 1)
_signal = signal.SIGSTOP if _how == "freeze" else signal.SIGKILL
_lock = threading.Lock()


def crash_point(name: str) -> None:
    """The process ends or freezes here without a word, if it was asked to."""
    if name == _wanted:
        _pass()


def _pass() -> None:
    global _left  # noqa: PLW0603  counted by all threads of the process
    with _lock:
        _left -= 1
        if _left == 0:
            # To this very thread: sent to the process it would go on until another one took it.
            signal.pthread_kill(threading.get_ident(), _signal)
