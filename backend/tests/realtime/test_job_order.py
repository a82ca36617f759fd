"""Events of a job that several processes send arrive in order."""

import asyncio
from typing import Any

import pytest

from app.realtime import job_order
from app.realtime.delivery import Delivery
from app.realtime.job_order import JobOrder


def event(event_seq: int, job_id: str = "job-1") -> dict[str, Any]:
    return {"job_id": job_id, "event_seq": event_seq}


@pytest.mark.rule("J9")
def test_an_event_that_comes_after_a_newer_one_is_left_out() -> None:
    """As they came from two processes: 1, 0, 2, 2 (the same for another room), 1."""
    passed: list[int] = []

    async def note(_event: str, data: Any, _room: Any) -> None:
        passed.append(data["event_seq"])

    async def main() -> None:
        delivery = Delivery()
        delivery.watch = note
        for number in (1, 0, 2, 2, 1):
            await delivery.emit("ai_job_update", event(number), "/", room="canvas:c")

    asyncio.run(main())
    assert passed == [1, 2, 2]


def test_other_jobs_and_other_events_are_none_of_its_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(job_order, "REMEMBERED", 2)
    order = JobOrder()
    late = [order.is_late("ai_job_update", event(5, job_id)) for job_id in "abc"]
    assert late == [False] * 3
    assert not order.is_late("ai_job_complete", event(1, "a"))  # forgotten meanwhile
    assert order.is_late("ai_job_error", event(4, "c"))
    assert not order.is_late("scene_update", {})
