"""The events that publish a job, and their rooms. Called only for committed facts."""

from functools import lru_cache
from time import monotonic
from typing import Any

from app.domain.jobs.lifecycle import JobStatus
from app.domain.jobs.progress import Report
from app.extensions import socketio
from app.models.job_moves import JobFacts
from app.models.job_queries import names_of, place_in_queue
from app.services.jobs.refusals import NOTHING, shown
from app.services.jobs.signals import job_signals
from app.services.scene_events import canvas_room, editors_room, user_room

UPDATE, COMPLETE, ERROR = "ai_job_update", "ai_job_complete", "ai_job_error"
NAMES_HOLD_SECONDS = 60  # people may change theirs
_EVENT_OF = {JobStatus.COMPLETED: COMPLETE, JobStatus.FAILED: ERROR}


def announce(
    job: JobFacts, *, undone: bool = False, can_redo: bool = False, place: int | None = None
) -> None:
    """Publish the job's status to the requester and the canvas's members.

    Only the requester and the editors get the instruction itself. `place` is that of a queued
    job in the queue, where the caller knows it.
    """
    if place is None and job.status == JobStatus.QUEUED:
        place = place_in_queue(job.id)
    public = _message(job) | {"undone": undone, "can_redo": can_redo, "queue_position": place}
    private = (
        public
        | shown(job.refusal, readable=True)
        | {"instructions": job.request_data.get("instructions", "")}
    )
    event = _EVENT_OF.get(JobStatus(job.status), UPDATE)
    asker = user_room(job.user_id)
    if job.canvas_id:
        socketio.emit(event, private, to=[asker, editors_room(job.canvas_id)])
        socketio.emit(event, public, to=canvas_room(job.canvas_id))
    else:
        socketio.emit(event, private, to=asker)
    job_signals.notify(job.id)


def announce_progress(
    job: JobFacts, report: Report, event_seq: int, preview: dict[str, Any] | None
) -> None:
    """Publish how far a running job is, with what its kind shows of what is to come."""
    message = _message(job) | {
        "message": report.message,
        "progress": report.percent,
        "phase": report.phase,
        "planned": report.planned,
        "drawn": report.drawn,
        "event_seq": event_seq,
        "preview": preview,
    }
    asker = user_room(job.user_id)
    socketio.emit(
        UPDATE, message, to=[asker, canvas_room(job.canvas_id)] if job.canvas_id else asker
    )
    job_signals.notify(job.id)


def _message(job: JobFacts) -> dict[str, Any]:
    return {
        "job_id": job.id,
        "job_type": job.job_type,
        "status": job.status,
        "message": job.message,
        "progress": job.progress,
        "result": job.result_data,
        "error": job.error_message,
        "error_code": job.error_code,
        "canvas_id": job.canvas_id,
        "requested_by": {"id": job.user_id, "name": _name_of(job.user_id)},
        "phase": job.phase,
        "planned": job.planned,
        "drawn": job.drawn,
        "queue_position": None,
        "attempt": job.attempt,
        "event_seq": job.event_seq,
        "preview": None,
        **NOTHING,
    }


def _name_of(user_id: str) -> str:
    return _name_then(user_id, int(monotonic() // NAMES_HOLD_SECONDS))


@lru_cache(maxsize=4096)
def _name_then(user_id: str, _period: int) -> str:
    return names_of([user_id]).get(user_id, "")
