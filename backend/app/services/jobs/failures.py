"""What went wrong with an attempt, in the words of jobs; and trying again what may yet work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.domain.errors import (
    CanvasDeleted,
    JobFailure,
    NotAllowed,
    NotFound,
    PermissionLost,
    Unavailable,
)
from app.extensions import db
from app.models.canvas import Canvas
from app.models.job_moves import JobFacts

DATABASE_WAITS = (0.2, 1.0, 3.0)  # seconds before each further try


@contextmanager
def access_as_failures(job: JobFacts) -> Iterator[None]:
    """Turn the refusal to write to the canvas into why the job failed."""
    try:
        yield
    except (NotAllowed, NotFound) as error:
        raise _lost(job) from error


def persistently(write: Callable[[], None]) -> None:
    """Do a write whose effect does not depend on how often it is done, trying again for a few
    seconds if the database went away, refused or dropped the connection.

    Raises:
        Unavailable, DBAPIError: it still does.
    """
    for seconds in DATABASE_WAITS:
        try:
            write()
        except (DBAPIError, Unavailable):
            db.session.rollback()
            time.sleep(seconds)
        else:
            return
    write()


def _lost(job: JobFacts) -> JobFailure:
    exists = db.session.execute(select(Canvas.id).where(Canvas.id == job.canvas_id)).first()
    return PermissionLost() if exists else CanvasDeleted()
