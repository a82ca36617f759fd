"""Celery as its documentation shows it, on Redis, with JSON and without results."""

import os

from celery import Celery

from bench.peers import noop

app = Celery("bench", broker=os.environ.get("BROKER_URL", "redis://127.0.0.1"))
app.conf.update(task_ignore_result=True, worker_send_task_events=False)


@app.task  # type: ignore[untyped-decorator]
def note(url: str, key: str) -> None:
    noop.note(url, key)
