"""Which worker processes listen to the bell on Redis, as they last said themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis.exceptions import RedisError

from app.adapters.job_queue import QueueUnavailable
from app.config.redis_config import RedisConfig

MOST = 200
FIELDS = ("hostname", "pid", "last_heartbeat", "slots", "circuit")


@dataclass(frozen=True)
class Listener:
    """`slots` and `circuit` are None for a plain `rq worker`, which does not report them."""

    host: str
    pid: int | None
    seen_at: datetime | None
    slots: int | None
    circuit: str | None


def listeners(redis_url: str) -> list[Listener]:
    """Up to so many of them, in two round trips. Raises QueueUnavailable."""
    from rq import worker_registration

    config = RedisConfig(redis_url)
    try:
        keys = sorted(worker_registration.get_keys(queue=config.get_queue()))[:MOST]
        pipeline = config.get_connection().pipeline(transaction=False)
        for key in keys:
            pipeline.hmget(key, FIELDS)
        return [_listener(row) for row in pipeline.execute() if any(row)]
    except RedisError as error:
        raise QueueUnavailable(str(error)) from error
    finally:
        config.close()


def _listener(row: list[bytes | None]) -> Listener:
    host, pid, seen, slots, circuit = (_text(value) for value in row)
    return Listener(
        host=(host or "").replace(":", "-"),
        pid=_number(pid),
        seen_at=_time(seen),
        slots=_number(slots),
        circuit=circuit,
    )


def _text(value: bytes | None) -> str | None:
    return value.decode("utf-8", "replace") if value is not None else None


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None


def _time(value: str | None) -> Any:
    try:
        return datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
