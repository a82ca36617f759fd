"""What a worker says reaches the web processes in order, and a bad event is lost alone."""

import json
import threading

import pytest

from app.adapters.broadcaster import CHANNEL, RedisBroadcaster
from tests.support.redis_server import RedisServer

pytestmark = pytest.mark.services


def test_what_is_said_arrives_in_order_and_what_cannot_be_said_is_lost_alone(
    redis_server: RedisServer,
) -> None:
    client = redis_server.client
    ears = client.pubsub(ignore_subscribe_messages=True)
    ears.subscribe(CHANNEL)
    ears.get_message(timeout=2)
    broadcaster = RedisBroadcaster(redis_server.url)
    for number in range(300):
        data = threading.Lock() if number == 7 else {"number": number}
        broadcaster.send("ai_job_update", data, "user:ana")
    broadcaster.close(5)
    heard = []
    while message := ears.get_message(timeout=1):
        heard.append(json.loads(message["data"])["data"][0]["number"])
    assert heard == [number for number in range(300) if number != 7]
    ears.close()
    client.close()
