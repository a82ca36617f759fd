"""What went wrong with an attempt, in the words of jobs; and trying again what may yet work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.errors import (
    CanvasDeleted,
    JobFailure,
    NotAllowed,
    NotFound,
    PermissionLost,
    Unavailable,
)
from app.models import scene_rows
from app.models.database import DatabaseError
from app.models.job_moves import JobFacts
from app.services.unit_of_work import release_connection

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
        Unavailable, DatabaseError: it still does.
    """
    for seconds in DATABASE_WAITS:
        try:
            write()
        except (DatabaseError, Unavailable):
            release_connection()
            time.sleep(seconds)
        else:
            return
    write()


def _lost(job: JobFacts) -> JobFailure:
    exists = job.canvas_id and scene_rows.order_of(job.canvas_id)
    return PermissionLost() if exists else CanvasDeleted()
