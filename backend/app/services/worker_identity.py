"""Which process holds a lease, so that the same machine can tell at once when it has ended."""

import os
import socket
import uuid

MAX_HOST = 40


def new_worker_id() -> str:
    """`host:pid:boot`. The last part tells two lives of one process number apart."""
    return f"{_host()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def has_ended(worker_id: str, own_id: str) -> bool:
    """Whether that process is known to be gone. Processes of other machines never are."""
    host, _, rest = worker_id.partition(":")
    pid, _, _boot = rest.partition(":")
    if host != _host() or not pid.isdigit() or worker_id == own_id:
        return False
    if int(pid) == os.getpid():
        return worker_id not in _alive_here
    try:
        os.kill(int(pid), 0)
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


def _host() -> str:
    return socket.gethostname().replace(":", "-")[:MAX_HOST]
