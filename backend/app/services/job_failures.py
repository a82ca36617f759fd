"""What went wrong with an attempt, in the words of jobs; and trying again what may yet work."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.domain.access.ids import ViewableCanvasId
from app.domain.access.policy import Rule
from app.domain.errors import (
    CanvasDeleted,
    ElementRejected,
    Invalid,
    JobFailure,
    NotAllowed,
    NotFound,
    PermissionLost,
    TooLarge,
    Unavailable,
)
from app.extensions import db
from app.models.canvas import Canvas
from app.models.job_moves import JobFacts
from app.services.access_service import require_for_job

DATABASE_WAITS = (0.2, 1.0, 3.0)  # seconds before each further try


def require_permission(job: JobFacts) -> tuple[ViewableCanvasId | None, int]:
    """Checked when the job was asked for, now that it is claimed, and when it draws (rule J8).

    Returns the job's canvas, if it has one, and the number of the newest change on it; 0 where
    nothing was ever drawn.

    Raises:
        PermissionLost: its requester may not edit the canvas any more.
        CanvasDeleted: there is no canvas any more.
    """
    if job.canvas_id is None:
        if job.request_hash is not None:  # it had a canvas when it was accepted
            raise CanvasDeleted
        return None, 0
    return require_for_job(job.user_id, Rule.CANVAS_EDIT, job.canvas_id)


@contextmanager
def told_as_failures(job: JobFacts) -> Iterator[None]:
    """Turn what a refused drawing raises into why the job failed.

    An element that is not valid is our own mistake and passes through.
    """
    try:
        yield
    except ElementRejected:
        raise
    except Invalid as error:
        raise TooLarge(error.message) from error
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
