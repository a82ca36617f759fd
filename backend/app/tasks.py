"""What the job queue calls by name. Each function also works by hand, inside an
application or without one."""

from collections.abc import Iterator
from contextlib import contextmanager

from app import create_app
from app.adapters.broadcaster import RedisBroadcaster
from app.config.settings import Settings
from app.extensions import socketio
from app.runtime import is_at_work, runtime
from app.services.jobs.engine import engine_beside
from app.services.jobs.single_run import run_named, run_next
from app.services.jobs.sweeper import delete_old_jobs

PATIENCE_SECONDS = 5.0
FLUSH_SECONDS = 2.0


def run_ticket() -> None:
    """Answer "there may be work": by the engine beside this worker, else by running one job."""
    engine = engine_beside()
    if engine is not None:
        # While it finds work by itself, tickets are better left to other workers.
        engine.wait_until_idle(PATIENCE_SECONDS)
        engine.wake()
        return
    with _application():
        run_next()


def process_canvas_creation_job(job_id: str) -> None:
    """Run this job now, if it is queued."""
    with _application():
        run_named(job_id)


def process_canvas_modification_job(job_id: str) -> None:
    """Run this job now, if it is queued. What it does is written in the job itself."""
    with _application():
        run_named(job_id)


def cleanup_old_jobs() -> None:
    """Forget jobs that ended before the retention time."""
    with _application() as settings:
        delete_old_jobs(settings.job_retention_days)


@contextmanager
def _application() -> Iterator[Settings]:
    """The scope that is open, or that of an application of its own."""
    if is_at_work():
        yield runtime().settings
        return
    settings = Settings()
    broadcaster = RedisBroadcaster(settings.redis_url) if settings.redis_url else None
    if broadcaster is not None:
        socketio.bind(broadcaster.send)
    try:
        with create_app(settings).app_context():
            yield settings
    finally:
        if broadcaster is not None:
            broadcaster.close(FLUSH_SECONDS)
            socketio.bind(None)
