"""Uploaded pictures, made again out of their pixels by a process of its own."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InvalidFile, Unavailable

ROOT = Path(__file__).parent.parent.parent
TIMEOUT_S = 20.0
AT_ONCE = 2
ENVIRONMENT = frozenset({"LD_LIBRARY_PATH"})  # what Python may need; nothing worth stealing
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Picture:
    """What is kept of an upload: the picture, and a small one for previews."""

    media_type: str
    width: int
    height: int
    content: bytes
    small: bytes


def clean_picture(raw: bytes) -> Picture:
    """The picture in `raw`, without metadata or anything hidden beside it.

    Raises:
        InvalidFile: it is no picture that a canvas can show; the sentence says why.
        Unavailable: too many pictures are being looked at.
    """
    if not _turns.acquire(timeout=TIMEOUT_S):
        raise Unavailable("Too many pictures are being taken in. Try again shortly.")
    try:
        answer = _ask(raw)
    finally:
        _turns.release()
    line, _, parts = answer.partition(b"\n")
    facts = json.loads(line)
    if "refused" in facts:
        raise InvalidFile(facts["refused"])
    length = facts["length"]
    return Picture(
        facts["media_type"], facts["width"], facts["height"], parts[:length], parts[length:]
    )


def _ask(raw: bytes) -> bytes:
    """A decoder that crashes, or needs too much memory or time, was given something bad."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.adapters.picture_process"],
            input=raw,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_S,
            cwd=ROOT,
            env={name: os.environ[name] for name in ENVIRONMENT & os.environ.keys()},
        )
    except subprocess.CalledProcessError as error:
        raise InvalidFile("The picture takes too much memory or time to show.") from error
    except (subprocess.TimeoutExpired, OSError) as error:
        raise Unavailable(
            "The server is too busy to take in pictures. Try again shortly."
        ) from error
    return done.stdout
