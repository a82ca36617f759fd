"""PostgreSQL and Redis of our own, for as long as a part is measured."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.postgres_server import PostgresServer
from tests.support.redis_server import RedisServer


@contextmanager
def services() -> Iterator[tuple[PostgresServer, RedisServer]]:
    """PostgreSQL waits for the disk at every commit; Redis keeps nothing."""
    redis, postgres = RedisServer(), PostgresServer(durable=True)
    try:
        redis.start()
        postgres.start()
        yield postgres, redis
    finally:
        redis.close()
        postgres.close()
