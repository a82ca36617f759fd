"""What a process says reaches the others in order, and a bad event is lost alone."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from redis.asyncio.client import Pipeline

from app.adapters.broadcaster import CHANNEL, RedisBroadcaster
from app.realtime.delivery import RedisDelivery
from tests.support.processes import eventually
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.services


@pytest.fixture
def ears(redis_server: RedisServer) -> Iterator[Any]:
    client = redis_server.client
    hearing = client.pubsub(ignore_subscribe_messages=True)
    hearing.subscribe(CHANNEL)
    hearing.get_message(timeout=2)
    yield hearing
    hearing.close()
    client.close()


def all_heard(ears: Any) -> list[Any]:
    heard = []
    while message := ears.get_message(timeout=1):
        heard.append(json.loads(message["data"])["data"])
    return heard


def test_what_is_said_arrives_in_order_and_what_cannot_be_said_is_lost_alone(
    redis_server: RedisServer, ears: Any
) -> None:
    broadcaster = RedisBroadcaster(redis_server.url)
    for number in range(300):
        data = threading.Lock() if number == 7 else {"number": number}
        broadcaster.send("ai_job_update", data, "user:ana")
    broadcaster.close(5)
    heard = [data["number"] for (data,) in all_heard(ears)]
    assert heard == [number for number in range(300) if number != 7]


def test_what_was_said_over_a_dead_connection_is_said_once_more(
    redis_server: RedisServer, ears: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = redis.client.Pipeline.execute
    failed: list[bool] = []

    def execute(pipeline: Any) -> Any:
        if not failed:
            failed.append(True)
            raise redis.exceptions.TimeoutError
        return real(pipeline)

    monkeypatch.setattr(redis.client.Pipeline, "execute", execute)
    broadcaster = RedisBroadcaster(redis_server.url)
    broadcaster.send("ai_job_complete", {"number": 1}, "user:ana")
    broadcaster.close(5)
    assert all_heard(ears) == [[{"number": 1}]]
    assert failed


def test_a_web_process_is_heard_in_order_though_an_exchange_is_slow_or_its_author_gone(
    redis_server: RedisServer, ears: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Pipeline.execute
    exchanges: list[int] = []
    others = asyncio.Event()

    async def execute(pipeline: Any) -> Any:
        exchanges.append(len(pipeline))
        if len(exchanges) == 1:
            await others.wait()
        return await real(pipeline)

    async def speak() -> None:
        delivery = RedisDelivery(redis_server.url, CHANNEL)
        first = asyncio.create_task(delivery._publish({"data": 1}))
        await eventually(lambda: exchanges)
        second = asyncio.create_task(delivery._publish({"data": 2}))
        await asyncio.sleep(0)
        second.cancel()
        rest = [asyncio.create_task(delivery._publish({"data": number})) for number in (3, 4, 5)]
        await asyncio.sleep(0)
        others.set()
        await asyncio.gather(first, *rest)
        connection: Any = delivery.redis
        await connection.aclose()

    monkeypatch.setattr(Pipeline, "execute", execute)
    asyncio.run(speak())
    assert all_heard(ears) == [1, 2, 3, 4, 5]
    assert exchanges == [1, 4]
