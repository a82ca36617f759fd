"""AI jobs over HTTP: ask, watch, stop, retry, undo."""

from typing import Any

from apiflask import APIBlueprint
from flask import request

from app.domain.errors import Conflict, Invalid, NotFound
from app.domain.jobs.lifecycle import JobType
from app.routes.answers.base import Message
from app.routes.answers.jobs import (
    AcceptedJob,
    JobAnswer,
    JobList,
    JobResultAnswer,
    JobStatisticsAnswer,
    Undone,
)
from app.routes.describe import Refusal, answers, refuses, takes
from app.routes.guards import current_actor
from app.routes.schemas import (
    CanvasCreationIn,
    CanvasModificationIn,
    JobsQuery,
    StatisticsQuery,
    StatusQuery,
    TakenBackIn,
)
from app.services.ai_job_service import AIJobService
from app.services.job_submission import Submission, submit
from app.services.job_views import accepted_view, job_view, job_views

ai_agent_bp = APIBlueprint("ai_agent", __name__, url_prefix="/api/ai-agent", tag="AI jobs")

MAX_KEY = 200
IDEMPOTENCY = {
    "Idempotency-Key": {
        "description": "Sent again with the same body, it answers with the same job; with another "
        "body it is a `conflict`.",
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
    }
}
EXAMPLE = {"instructions": "browser -> API -> database", "style": "modern"}
CHANGE = {
    "instructions": "add a cache between API and database",
    "canvas_id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11",
}

NOT_COMPLETED = Refusal(400, "not_completed", "Job not completed")
NOT_CANCELLABLE = Refusal(400, "not_cancellable", "Job cannot be cancelled")
NOT_RETRYABLE = Refusal(400, "not_retryable", "Job cannot be retried")


@ai_agent_bp.post("/create-canvas")
@ai_agent_bp.input(CanvasCreationIn)
@takes(headers=IDEMPOTENCY, example=EXAMPLE)
@answers(AcceptedJob, 202, "Accepted: the job is stored and will run.")
@refuses(NotFound, Conflict)
def create_canvas_with_ai(json_data: CanvasCreationIn) -> tuple[dict[str, Any], int]:
    """Draw an instruction

    Answers at once with the job; ask for its status, or listen on the socket. Without `canvas_id` a
    new canvas is made. On a canvas of somebody else one has to be editor.
    """
    job = submit(_submission(JobType.CREATE_CANVAS, json_data))
    return accepted_view(job, "Canvas creation job started"), 202


@ai_agent_bp.post("/modify-canvas")
@ai_agent_bp.input(CanvasModificationIn)
@takes(headers=IDEMPOTENCY, example=CHANGE)
@answers(AcceptedJob, 202, "Accepted: the job is stored and will run.")
@refuses(NotFound, Conflict)
def modify_canvas_with_ai(json_data: CanvasModificationIn) -> tuple[dict[str, Any], int]:
    """Change what is on a canvas

    As `create-canvas`, but `canvas_id` is required, and the instruction is about what is there: the
    `selection`, if there is one, else the whole canvas.
    """
    job = submit(_submission(JobType.MODIFY_CANVAS, json_data))
    return accepted_view(job, "Canvas modification job started"), 202


@ai_agent_bp.get("/job/<job_id>/status")
@ai_agent_bp.input(StatusQuery, location="query")
@answers(JobAnswer, says="The job.")
def get_job_status(job_id: str, query_data: StatusQuery) -> dict[str, Any]:
    """A job now, or once its status changes

    With `wait` the answer comes as soon as the status changes, at the latest after that many
    seconds (half a second while many wait already).
    """
    service, actor = AIJobService(), current_actor()
    job = _own_job(job_id)
    if query_data.wait:
        service.wait_for_change(job_id, job.status, query_data.wait)
        job = _own_job(job_id)
    return {"success": True, "job": job_view(job, actor.id)}


@ai_agent_bp.get("/job/<job_id>/result")
@answers(JobResultAnswer, says="The result.")
@refuses(NOT_COMPLETED)
def get_job_result(job_id: str) -> tuple[dict[str, Any], int]:
    """The result of a completed job

    A summary of the drawing; the objects themselves are on the canvas.
    """
    job = _own_job(job_id)
    if job.status != "completed":
        return NOT_COMPLETED.answer()
    return {"success": True, "result": job.result_data}, 200


@ai_agent_bp.post("/job/<job_id>/cancel")
@answers(Message, says="Stopped, for good.")
@refuses(NOT_CANCELLABLE)
def cancel_job(job_id: str) -> tuple[dict[str, Any], int]:
    """Stop a job; it draws nothing

    Final at once, whether the job was waiting or running.
    """
    if not AIJobService().cancel_job(job_id, current_actor().id):
        return NOT_CANCELLABLE.answer()
    return {"success": True, "message": "Job cancelled successfully"}, 200


@ai_agent_bp.post("/job/<job_id>/retry")
@answers(Message, says="It waits for a worker again.")
@refuses(NOT_RETRYABLE)
def retry_job(job_id: str) -> tuple[dict[str, Any], int]:
    """Run a failed job again

    As often as its `max_retries` says.
    """
    if not AIJobService().retry_failed_job(job_id, current_actor().id):
        return NOT_RETRYABLE.answer()
    return {"success": True, "message": "Job retry started"}, 200


@ai_agent_bp.post("/job/<job_id>/undo")
@answers(Undone, says="Taken back.")
@refuses(Conflict)
def undo_job(job_id: str) -> dict[str, Any]:
    """Take back what a job drew

    Objects that somebody edited since stay as they are, and are named. Itself a change of the
    canvas.
    """
    undone = AIJobService().undo_job(job_id, current_actor().id)
    kept = len(undone.skipped)
    message = f"{undone.restored} objects are as before."
    if kept:
        message += f" {kept} were edited since and stay."
    return {
        "success": True,
        "message": message,
        "restored": undone.restored,
        "skipped": list(undone.skipped),
    }


@ai_agent_bp.put("/job/<job_id>/taken-back")
@ai_agent_bp.input(TakenBackIn)
@answers(Message, says="Noted.")
@refuses(Conflict)
def note_taken_back(job_id: str, json_data: TakenBackIn) -> dict[str, Any]:
    """Say that nothing of a job's drawing is left

    For an editor whose own undo took it away, or brought it back (`taken_back: false`). Changes
    nothing on the canvas.
    """
    AIJobService().note_taken_back(job_id, current_actor().id, json_data.taken_back)
    return {"success": True, "message": "Noted."}


@ai_agent_bp.get("/jobs")
@ai_agent_bp.input(JobsQuery, location="query")
@answers(JobList, says="A page of jobs.")
def get_user_jobs(query_data: JobsQuery) -> dict[str, Any]:
    """Own jobs, newest first"""
    actor = current_actor()
    jobs = AIJobService().get_user_jobs(
        actor.id,
        query_data.limit,
        query_data.offset,
        status=query_data.status,
        canvas_id=query_data.canvas_id,
    )
    return {"success": True, "jobs": job_views(jobs, actor.id)}


@ai_agent_bp.get("/jobs/stats")
@ai_agent_bp.input(StatisticsQuery, location="query")
@answers(JobStatisticsAnswer, says="The statistics.")
def get_job_statistics(query_data: StatisticsQuery) -> dict[str, Any]:
    """Statistics of jobs

    Of jobs that are still kept.
    """
    actor = current_actor()
    everybodys = actor.is_operator and not query_data.own
    stats = AIJobService().get_job_statistics(None if everybodys else actor.id)
    return {"success": True, "stats": stats}


def _submission(job_type: JobType, data: CanvasCreationIn) -> Submission:
    """What the job keeps has the founding contract's names, without what is unset."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (1 <= len(key) <= MAX_KEY and key.isprintable()):
        raise Invalid(fields={"Idempotency-Key": f"1 to {MAX_KEY} printable characters"})
    return Submission(
        current_actor().id,
        job_type,
        data.model_dump(exclude_none=True, exclude={"priority"}),
        canvas_id=data.canvas_id,
        priority=data.priority,
        idempotency_key=key,
    )


def _own_job(job_id: str) -> Any:
    job = AIJobService().get_job(job_id, current_actor().id)
    if job is None:
        raise NotFound("Job not found.")
    return job
