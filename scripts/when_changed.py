"""Run a command only when its inputs changed since it last succeeded.

usage: when_changed.py WHAT STAMP PATH... -- COMMAND...

WHAT is shown to the person who waits, such as "Building the client". STAMP is a file that keeps the
digest of the inputs and of the command; put it where the command's output lives, so that deleting
the output also forgets that it was made.
"""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def _files(paths: list[str]) -> Iterator[Path]:
    for path in sorted(map(Path, paths)):
        yield from sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]


def _digest(paths: list[str], command: list[str]) -> str:
    total = hashlib.sha256("\0".join(command).encode())
    for file in _files(paths):
        total.update(f"\0{file.as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def main(arguments: list[str]) -> int:
    middle = arguments.index("--")
    what, stamp, paths = arguments[0], Path(arguments[1]), arguments[2:middle]
    command = arguments[middle + 1 :]
    digest = _digest(paths, command)
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return 0
    stamp.unlink(missing_ok=True)
    sys.stdout.write(f"{what} ...\n")
    sys.stdout.flush()
    status = subprocess.run(command, check=False).returncode  # noqa: S603 - the Makefile's own words
    if status == 0:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest, encoding="ascii")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
