"""What comes from Redis is not trusted to be well formed: one bad message ends no others."""

import asyncio
from typing import Any

import pytest

from app.realtime.delivery import RedisDelivery
from app.utils.event_messages import new_origin, packed

GOOD = '["head",{"seq":1},"canvas:c"]'
BAD = [
    "", "5", "null", "{}", '"head"', "[5]", "[null]", "[[]]", '["head"]', '[["head"]]',
    '[["head",{"seq":1},"canvas:c","more"]]', '[[5,{},"canvas:c"]]', '[["head",{},{"a":1}]]',
    '[["head",{},[["a"]]]]', '[["ai_job_update",{},"canvas:c"]]', '[["ai_job_update",5,"r"]]',
    '[["ai_job_update",{"job_id":[],"event_seq":1},"canvas:c"]]',
    '[["ai_job_update",{"job_id":"j","event_seq":"1"},"canvas:c"]]',
    "[" * 100_000, "[" * 100_000 + "]" * 100_000, '[["head",{"seq":NaN},"canvas:c"]]',
]  # fmt: skip


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:40])
def test_a_bad_message_ends_no_others(text: str) -> None:
    heard: list[Any] = []

    async def note(event: str, data: Any, _room: Any) -> None:
        heard.append((event, data))

    async def main() -> None:
        delivery = RedisDelivery("redis://localhost:1/0")
        delivery.watch = note
        sender = new_origin()
        await delivery._hear((sender + text).encode())
        await delivery._hear(b"\xff\xfe" + text.encode())
        if text.startswith("[["):
            await delivery._hear(packed(sender, [text[1:-1], GOOD]).encode())
        await delivery._hear(packed(sender, [GOOD]).encode())

    asyncio.run(main())
    assert heard[-1] == ("head", {"seq": 1})
