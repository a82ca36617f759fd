"""Waiting for a job over HTTP takes a thread: only so many may wait long."""

import threading

import pytest
from flask import Flask

from app.services.jobs import waiting
from tests.support.jobs import submit
from tests.support.people import People


def test_while_many_wait_long_the_next_one_is_answered_soon(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(waiting, "_long_waits", places)
    monkeypatch.setattr(waiting, "_wait", lambda _id, _status, seconds: waits.append(seconds))
    job_id = submit(app, people.ana.id)
    with places:  # somebody waits long
        waiting.wait_for_change(job_id, "queued", 10.0)
    waiting.wait_for_change(job_id, "queued", 10.0)
    waiting.wait_for_change(job_id, "queued", 10.0)
    assert waits == [waiting.LOOK_EVERY_SECONDS, 10.0, 10.0]
