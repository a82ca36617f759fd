"""Engines that stop with the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.factory import runtime_of
from app.services.jobs.engine import JobEngine, Timing

QUICK = Timing(heartbeat=0.2, look_for_cancel=0.2, look_for_work=1.0, sweep=0.2)


@contextmanager
def running_engine(
    app: Flask, slots: int = 4, timing: Timing = QUICK, grace: float = 5
) -> Iterator[JobEngine]:
    engine = JobEngine(runtime_of(app), slots, timing)
    engine.start()
    try:
        yield engine
    finally:
        engine.drain(grace)
