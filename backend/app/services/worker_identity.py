"""Which process holds a lease, so that the same machine knows at once when it has ended."""

import os
import socket
import uuid
from dataclasses import dataclass

MAX_HOST = 40


def new_worker_id() -> str:
    """`host:pid:boot`. The last part is another one when a process number is used again."""
    return f"{_host()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def has_ended(worker_id: str, own_id: str) -> bool:
    """Whether that process is known to be gone. Processes of other machines never are."""
    origin = origin_of(worker_id)
    if origin.host != _host() or origin.pid is None or worker_id == own_id:
        return False
    if origin.pid == os.getpid():
        return worker_id not in _alive_here
    try:
        os.kill(origin.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


_alive_here: set[str] = set()


def announce_life(worker_id: str) -> None:
    """This process has a living engine with that id."""
    _alive_here.add(worker_id)


def announce_end(worker_id: str) -> None:
    _alive_here.discard(worker_id)


def alive_here() -> frozenset[str]:
    """The ids of the engines that live in this very process."""
    return frozenset(_alive_here)


@dataclass(frozen=True)
class Origin:
    """Where a worker's process is: what its id says."""

    host: str
    pid: int | None


def origin_of(worker_id: str) -> Origin:
    host, _, rest = worker_id.partition(":")
    pid, _, _boot = rest.partition(":")
    return Origin(host, int(pid) if pid.isdigit() else None)


def _host() -> str:
    return socket.gethostname().replace(":", "-")[:MAX_HOST]
