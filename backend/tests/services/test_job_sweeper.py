"""The sweeper tells whoever waits where they stand."""

from flask import Flask

from app.services.jobs.sweeper import JobSweeper
from tests.support.jobs import cancel, heard_events, submit
from tests.support.people import People


def test_who_waits_hears_when_the_job_before_them_is_gone(any_app: Flask, people: People) -> None:
    sweeper = JobSweeper("this-worker")
    first, second = submit(any_app, people.ana.id), submit(any_app, people.ben.id)

    def published_places() -> list[tuple[str, int | None]]:
        with heard_events() as heard, any_app.app_context():
            sweeper.sweep()
        return [
            (data["job_id"], data["queue_position"])
            for _, data, room in heard
            if room.startswith("user:")
        ]

    assert published_places() == []
    cancel(any_app, first, people.ana.id)
    assert published_places() == [(second, 1)]
    assert published_places() == []
