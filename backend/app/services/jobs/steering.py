"""What people do to a job that exists: cancel, retry, undo, redo."""

import time
from collections.abc import Callable
from functools import partial

from app.domain.access.ids import CancellableJobId, SteerableJobId
from app.domain.access.policy import Rule
from app.domain.errors import Conflict, NotFound
from app.domain.jobs.lifecycle import JobStatus
from app.models import job_moves, job_notes, job_queries
from app.services.access_service import require
from app.services.jobs.events import announce
from app.services.jobs.submission import ring
from app.services.undo_service import Undone, redo_change_set, undo_change_set
from app.services.unit_of_work import unit_of_work


def cancel(job_id: CancellableJobId) -> bool:
    """Stop a queued or running job, for good. False if it had ended.

    The answer is final: what is cancelled changes nothing, and what answered False was not
    cancelled.
    """
    with unit_of_work() as work:
        cancelled = job_moves.cancel(job_id)
        if cancelled is None:
            return False
        work.after_commit(partial(announce, cancelled))
        work.after_commit(ring)  # a running attempt stops sooner, a waiting job gets its slot
    return True


def retry(job_id: str, user_id: str) -> bool:
    """Run a failed job of the person again. False if it has not failed, or too often."""
    with unit_of_work() as work:
        queued = job_moves.retry(job_id, user_id, seq=time.time_ns())
        if queued is None:
            return False
        work.after_commit(partial(announce, queued))
        work.after_commit(ring)
    return True


def undo(job_id: SteerableJobId, user_id: str) -> Undone:
    """Take back what a completed job did; what people edited since stays.

    Raises:
        NotFound: no such job for this person. NotAllowed: they may not edit its canvas.
        Conflict: it changed nothing, is undone, or nothing of it can be taken back.
    """
    return _steer(job_id, user_id, undo_change_set, undone=True)


def redo(job_id: SteerableJobId, user_id: str) -> Undone:
    """Do again what an undone job had done; raises as `undo`."""
    return _steer(job_id, user_id, redo_change_set, undone=False)


def _steer(
    job_id: SteerableJobId, user_id: str, change: Callable[..., Undone], *, undone: bool
) -> Undone:
    with unit_of_work() as work:
        numbered = job_notes.next_event_seq(job_id)  # locks the row: one undo at a time
        if numbered is None or numbered.canvas_id is None:
            raise NotFound("Job not found.")
        require(user_id, Rule.CANVAS_EDIT, numbered.canvas_id)
        change_set_id = job_queries.change_set_of(job_id)
        if numbered.status != JobStatus.COMPLETED or change_set_id is None:
            raise Conflict("This job changed nothing, so there is nothing to undo.")
        done = change(work, change_set_id=change_set_id, user_id=user_id)
        work.after_commit(partial(announce, numbered, undone=undone, can_redo=undone))
    return done


def note_taken_back(job_id: SteerableJobId, user_id: str, *, taken_back: bool) -> None:
    """A person's own undo left nothing of what a job drew, or brought it back.

    Raises:
        NotAllowed: they may not edit its canvas.
        Conflict: it has drawn nothing.
    """
    with unit_of_work() as work:
        noted = job_notes.note_taken_back(job_id, taken_back)
        if noted is None or noted.canvas_id is None:
            raise Conflict("This job has drawn nothing that could be taken back.")
        require(user_id, Rule.CANVAS_EDIT, noted.canvas_id)
        work.after_commit(partial(announce, noted, undone=taken_back))
