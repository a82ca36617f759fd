"""What a process says reaches the others in order, and a bad event is lost alone."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from redis.asyncio import Redis as AsyncRedis

from app.adapters.broadcaster import RedisBroadcaster
from app.realtime.delivery import RedisDelivery
from app.utils.event_messages import CHANNEL, new_origin, packed, unpacked
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
    """The data of each event."""
    heard: list[Any] = []
    while message := ears.get_message(timeout=1):
        heard += [data for _, data, _ in unpacked(message["data"], new_origin())]
    return heard


def test_what_is_said_arrives_in_order_and_what_cannot_be_said_is_lost_alone(
    redis_server: RedisServer, ears: Any
) -> None:
    broadcaster = RedisBroadcaster(redis_server.url)
    for number in range(300):
        data = threading.Lock() if number == 7 else {"number": number}
        broadcaster.send("ai_job_update", data, "user:ana")
    broadcaster.close(5)
    heard = [data["number"] for data in all_heard(ears)]
    assert heard == [number for number in range(300) if number != 7]


def test_what_was_said_over_a_dead_connection_is_said_once_more(
    redis_server: RedisServer, ears: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = redis.Redis.publish
    failed: list[bool] = []

    def publish(client: Any, channel: str, message: str) -> Any:
        if not failed:
            failed.append(True)
            raise redis.exceptions.TimeoutError
        return real(client, channel, message)

    monkeypatch.setattr(redis.Redis, "publish", publish)
    broadcaster = RedisBroadcaster(redis_server.url)
    broadcaster.send("ai_job_complete", {"number": 1}, "user:ana")
    broadcaster.close(5)
    assert all_heard(ears) == [{"number": 1}]
    assert failed


def test_a_web_process_is_heard_in_order_though_an_exchange_is_slow(
    redis_server: RedisServer, ears: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = AsyncRedis.publish
    exchanges: list[int] = []
    others = asyncio.Event()

    async def publish(client: Any, channel: str, message: str) -> Any:
        exchanges.append(len(unpacked(message.encode(), new_origin())))
        if len(exchanges) == 1:
            await others.wait()
        return await real(client, channel, message)

    async def speak() -> None:
        delivery = RedisDelivery(redis_server.url)
        await delivery.emit("said", 1, "/", "room")
        await eventually(lambda: exchanges)
        for number in (2, 3, 4, 5):
            await delivery.emit("said", number, "/", "room")
        others.set()
        await eventually(lambda: delivery._publishing is None)
        connection: Any = delivery._redis
        await connection.aclose()

    monkeypatch.setattr(AsyncRedis, "publish", publish)
    asyncio.run(speak())
    assert all_heard(ears) == [1, 2, 3, 4, 5]
    assert exchanges == [1, 4]


def test_a_process_does_not_read_what_it_said_itself() -> None:
    said, other = new_origin(), new_origin()
    message = packed(said, ['["head",{"seq":1},"canvas:c"]']).encode()
    assert unpacked(message, other) == [["head", {"seq": 1}, "canvas:c"]]
    assert unpacked(message, said) == []
    assert unpacked(b'{"method": "emit", "event": "head", "data": [{"seq": 1}]}', other) == []
