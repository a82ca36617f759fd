"""Jobs as JSON for the people who may see them."""

from collections.abc import Sequence
from typing import Any

from app.domain.access.policy import Rule, may
from app.domain.jobs.lifecycle import JobStatus
from app.models.ai_job import AIJob
from app.models.job_moves import JobFacts
from app.models.job_queries import names_of, places_in_queue
from app.services.access_service import role_of
from app.services.jobs.refusals import shown
from app.services.undo_ledger import undone_among


def job_view(job: AIJob, viewer_id: str) -> dict[str, Any]:
    """The founding keys of `AIJob.to_dict` and what a job card shows besides."""
    return job_views([job], viewer_id)[0]


def accepted_view(job: JobFacts, message: str) -> dict[str, Any]:
    """The founding answer to an accepted job. A repeated key is answered as the first time."""
    return {
        "success": True,
        "job_id": job.id,
        "message": message,
        "status": JobStatus.QUEUED,
        "canvas_id": job.canvas_id,
    }


def job_views(jobs: Sequence[AIJob], viewer_id: str) -> list[dict[str, Any]]:
    names = names_of({job.user_id for job in jobs})
    undone = undone_among({job.change_set_id for job in jobs if job.change_set_id})
    queued = {job.id for job in jobs if job.status == JobStatus.QUEUED}
    places = places_in_queue(queued) if queued else {}
    canvases = {job.canvas_id for job in jobs if job.canvas_id and job.user_id != viewer_id}
    readable = {canvas for canvas in canvases if may(role_of(viewer_id, canvas), Rule.CANVAS_EDIT)}
    return [
        job.to_dict()
        | {
            "request_data": _request(job, viewer_id, readable),
            "progress": job.progress,
            "phase": job.phase,
            "message": job.message,
            "planned": job.planned,
            "drawn": job.drawn,
            "queue_position": places.get(job.id),
            "attempt": job.attempt,
            "error_code": job.error_code,
            "event_seq": job.event_seq,
            "requested_by": {"id": job.user_id, "name": names.get(job.user_id, "")},
            "undone": job.taken_back or job.change_set_id in undone,
            "can_redo": job.change_set_id in undone,
            "can_retry": job.can_retry() and job.user_id == viewer_id,
            "tokens": tokens_of(job),
            **shown(job.refusal, _may_read(job, viewer_id, readable)),
        }
        for job in jobs
    ]


def tokens_of(job: AIJob) -> int:
    """What a language model read and wrote for it."""
    usage = job.usage or {}
    return int(usage.get("input_tokens", 0)) + int(usage.get("output_tokens", 0))


def _request(job: AIJob, viewer_id: str, readable: set[str]) -> dict[str, Any]:
    """Instructions are for the requester and for the canvas's editors."""
    return job.request_data if _may_read(job, viewer_id, readable) else {}


def _may_read(job: AIJob, viewer_id: str, readable: set[str]) -> bool:
    return job.user_id == viewer_id or job.canvas_id in readable
