"""Whether the worker of this container is heard by Redis: exit status 0 or 1."""

import os
import socket
import sys
from pathlib import Path

from redis import Redis

WORKERS = "rq:workers"


def alive(redis: Redis, host: str) -> bool:
    """A worker's entry expires when the worker stops renewing it."""
    return any(redis.hget(key, "hostname") == host.encode() for key in redis.smembers(WORKERS))


if __name__ == "__main__":
    url = Path(os.environ["REDIS_URL_FILE"]).read_text(encoding="utf-8").strip()
    with Redis.from_url(url, socket_timeout=3) as connection:
        sys.exit(0 if alive(connection, socket.gethostname()) else 1)
