"""Waiting for a job over HTTP takes a thread: only so many may wait long."""

import threading

import pytest
from flask import Flask

from app.services import ai_job_service
from app.services.ai_job_service import LOOK_EVERY_SECONDS, AIJobService
from tests.support.jobs import submit
from tests.support.people import People


def test_while_many_wait_long_the_next_one_is_answered_soon(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(ai_job_service, "_long_waits", places)
    monkeypatch.setattr(
        ai_job_service, "_wait_for_change", lambda _id, _status, seconds: waits.append(seconds)
    )
    job_id = submit(app, people.ana.id)
    with places:  # somebody waits long
        AIJobService().wait_for_change(job_id, "queued", 10.0)
    AIJobService().wait_for_change(job_id, "queued", 10.0)
    AIJobService().wait_for_change(job_id, "queued", 10.0)
    assert waits == [LOOK_EVERY_SECONDS, 10.0, 10.0]
