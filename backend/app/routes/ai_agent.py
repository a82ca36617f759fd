"""AI jobs over HTTP: ask, watch, stop, retry, undo."""

from typing import Any

from apiflask import APIBlueprint
from flask import request

from app.domain.errors import Invalid, NotFound
from app.domain.jobs.lifecycle import JobType
from app.routes.guards import current_actor
from app.routes.schemas import (
    CanvasCreationIn,
    CanvasModificationIn,
    JobsQuery,
    StatisticsQuery,
    StatusQuery,
)
from app.services.ai_job_service import AIJobService
from app.services.job_submission import Submission, submit
from app.services.job_views import accepted_view, job_view, job_views

ai_agent_bp = APIBlueprint("ai_agent", __name__, url_prefix="/api/ai-agent", tag="AI jobs")

MAX_KEY = 200


@ai_agent_bp.post("/create-canvas")
@ai_agent_bp.input(CanvasCreationIn)
@ai_agent_bp.doc(summary="Draw an instruction", responses={202: "Accepted as a job"})
def create_canvas_with_ai(json_data: CanvasCreationIn) -> tuple[dict[str, Any], int]:
    job = submit(_submission(JobType.CREATE_CANVAS, json_data))
    return accepted_view(job, "Canvas creation job started"), 202


@ai_agent_bp.post("/modify-canvas")
@ai_agent_bp.input(CanvasModificationIn)
@ai_agent_bp.doc(summary="Change what is on a canvas", responses={202: "Accepted as a job"})
def modify_canvas_with_ai(json_data: CanvasModificationIn) -> tuple[dict[str, Any], int]:
    job = submit(_submission(JobType.MODIFY_CANVAS, json_data))
    return accepted_view(job, "Canvas modification job started"), 202


@ai_agent_bp.get("/job/<job_id>/status")
@ai_agent_bp.input(StatusQuery, location="query")
@ai_agent_bp.doc(summary="A job now, or once its status changes (wait, in seconds)")
def get_job_status(job_id: str, query_data: StatusQuery) -> dict[str, Any]:
    service, actor = AIJobService(), current_actor()
    job = _own_job(job_id)
    if query_data.wait:
        service.wait_for_change(job_id, job.status, query_data.wait)
        job = _own_job(job_id)
    return {"success": True, "job": job_view(job, actor.id)}


@ai_agent_bp.get("/job/<job_id>/result")
@ai_agent_bp.doc(summary="The result of a completed job")
def get_job_result(job_id: str) -> tuple[dict[str, Any], int]:
    job = _own_job(job_id)
    if job.status != "completed":
        return {"error": "Job not completed", "code": "not_completed"}, 400
    return {"success": True, "result": job.result_data}, 200


@ai_agent_bp.post("/job/<job_id>/cancel")
@ai_agent_bp.doc(summary="Stop a job; it draws nothing")
def cancel_job(job_id: str) -> tuple[dict[str, Any], int]:
    if not AIJobService().cancel_job(job_id, current_actor().id):
        return {"error": "Job cannot be cancelled", "code": "not_cancellable"}, 400
    return {"success": True, "message": "Job cancelled successfully"}, 200


@ai_agent_bp.post("/job/<job_id>/retry")
@ai_agent_bp.doc(summary="Run a failed job again")
def retry_job(job_id: str) -> tuple[dict[str, Any], int]:
    if not AIJobService().retry_failed_job(job_id, current_actor().id):
        return {"error": "Job cannot be retried", "code": "not_retryable"}, 400
    return {"success": True, "message": "Job retry started"}, 200


@ai_agent_bp.post("/job/<job_id>/undo")
@ai_agent_bp.doc(summary="Take back what a job drew")
def undo_job(job_id: str) -> dict[str, Any]:
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


@ai_agent_bp.get("/jobs")
@ai_agent_bp.input(JobsQuery, location="query")
@ai_agent_bp.doc(summary="Own jobs, newest first")
def get_user_jobs(query_data: JobsQuery) -> dict[str, Any]:
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
@ai_agent_bp.doc(summary="Statistics: own jobs; for operators everybody's, unless they ask for own")
def job_statistics(query_data: StatisticsQuery) -> dict[str, Any]:
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
