"""Waiting for a job over HTTP takes a thread: only so many may wait long."""

import threading
import time

import pytest
from flask import Flask

from app.services.jobs import waiting
from tests.support.jobs import submit
from tests.support.people import People


def seconds_to_wait(app: Flask, job_id: str, seconds: float) -> float:
    began = time.monotonic()
    with app.app_context():
        waiting.wait_for_change(job_id, "queued", seconds)
    return time.monotonic() - began


def test_while_many_wait_long_the_next_one_is_answered_soon(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_long_waits", threading.BoundedSemaphore(1))
    job_id = submit(app, people.ana.id)
    patient = threading.Thread(target=seconds_to_wait, args=(app, job_id, 3.0))
    patient.start()
    time.sleep(0.2)
    assert 0.3 < seconds_to_wait(app, job_id, 10.0) < 2.5
    patient.join()
    assert seconds_to_wait(app, job_id, 1.0) >= 1.0, "the place is free again"
