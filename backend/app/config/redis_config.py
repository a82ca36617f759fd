"""The connection to Redis and the job queue on it (the founding module; everything is lazy)."""

import os
from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.utils.logger import SmartLogger

if TYPE_CHECKING:
    from rq import Queue

QUEUE_NAME = "ai_tasks"
SOCKET_TIMEOUT_SECONDS = 1.0
# A ticket is worthless after it ran; one that failed is kept a day for the operator.
TICKET_TTL = {"result_ttl": 0, "failure_ttl": 86_400}


class RedisConfig:
    """Redis connection and queue. A hanging Redis costs at most the socket timeout."""

    def __init__(self, redis_url: str | None = None) -> None:
        self.redis_url = redis_url or os.getenv("REDIS_URL") or "redis://localhost:6379/0"
        self.redis_conn: Redis | None = None
        self.queues: dict[str, Queue] = {}

    def configure(self, redis_url: str) -> None:
        """Point at another server; existing connections are dropped."""
        if redis_url != self.redis_url:
            self.redis_url = redis_url
            self.redis_conn = None
            self.queues = {}

    def get_connection(self) -> Redis:
        if self.redis_conn is None:
            self.redis_conn = Redis.from_url(
                self.redis_url,
                socket_timeout=SOCKET_TIMEOUT_SECONDS,
                socket_connect_timeout=SOCKET_TIMEOUT_SECONDS,
                retry=Retry(NoBackoff(), 0),
            )
        return self.redis_conn

    def get_queue(self, queue_name: str = QUEUE_NAME) -> "Queue":
        from rq import Queue
        from rq.serializers import JSONSerializer

        if queue_name not in self.queues:
            self.queues[queue_name] = Queue(
                queue_name, connection=self.get_connection(), serializer=JSONSerializer
            )
        return self.queues[queue_name]

    def close(self) -> None:
        if self.redis_conn is not None:
            self.redis_conn.close()
            self.redis_conn = None

    def test_connection(self) -> bool:
        try:
            return bool(self.get_connection().ping())
        except Exception as error:  # noqa: BLE001  any failure means the same: not reachable
            SmartLogger().log_error("redis_unreachable", error)
            return False

    def memory_policy(self) -> str:
        """`noeviction` is the only policy under which queued tickets cannot vanish."""
        policy: Any = self.get_connection().config_get("maxmemory-policy")
        return str(policy.get("maxmemory-policy", ""))


redis_config = RedisConfig()
