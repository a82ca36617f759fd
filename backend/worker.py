#!/usr/bin/env python3
"""A worker: hears tickets on the RQ queue `ai_tasks` and runs jobs, several at a time."""

import argparse
import sys
from functools import partial

from app import create_app
from app.adapters.broadcaster import RedisBroadcaster
from app.adapters.job_queue import queue_health
from app.adapters.language_models import model_problem
from app.adapters.ticket_listener import TicketListener
from app.config.settings import Settings, UnsafeSettings
from app.extensions import socketio
from app.factory import runtime_of
from app.services.jobs.engine import JobEngine, work_beside
from app.services.worker_service import facts_of
from app.utils.garbage import spare_what_stays

NO_REDIS = (
    "REDIS_URL is not set. Without Redis the server runs the jobs itself (make run), "
    "and no worker is needed."
)
PROBLEMS = {
    "unreachable": "Redis does not answer at REDIS_URL. Start it, or correct the address.",
    "evicting": "Redis may drop waiting work: set its maxmemory-policy to noeviction.",
}
FLUSH_SECONDS = 2.0


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM: then finish what runs (20 s at most), hand back the rest, and leave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--concurrency", type=int, metavar="N", help="jobs at a time")
    options = parser.parse_args(arguments)
    try:
        settings = Settings()
        problem = NO_REDIS if settings.embedded else PROBLEMS.get(queue_health(settings))
        problem = problem or model_problem(settings)
        if problem:
            return _refuse(problem)
        runtime = runtime_of(create_app(settings))
    except UnsafeSettings as error:
        return _refuse(str(error))
    broadcaster = RedisBroadcaster(settings.redis_url)
    socketio.bind(broadcaster.send)
    engine = JobEngine(runtime, slots=options.concurrency)
    listener = TicketListener(
        settings.redis_url, on_stop=engine.stop_claiming, facts=partial(facts_of, engine)
    )
    listener.catch_signals()
    engine.start()
    work_beside(engine)
    spare_what_stays()
    try:
        listener.listen()
    finally:
        engine.drain()
        broadcaster.close(FLUSH_SECONDS)
    return 0


def _refuse(problem: str) -> int:
    sys.stderr.write(f"The worker cannot start. {problem}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
