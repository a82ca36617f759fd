"""AI jobs over HTTP: watch, stop, retry, undo, redo. `job_requests` has what asks for them."""

from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint

from app.domain.access.ids import (
    CancellableJobId,
    OwnJobId,
    SteerableJobId,
    ViewableJobId,
)
from app.domain.access.policy import AGENT
from app.domain.errors import Conflict, NotFound
from app.domain.scene.effects import effects_in_words
from app.routes.answers.base import Message
from app.routes.answers.jobs import (
    JobAnswer,
    JobList,
    JobResultAnswer,
    JobStatisticsAnswer,
    Undone,
)
from app.routes.describe import Refusal, answers, refuses
from app.routes.guards import current_actor
from app.routes.schemas import JobsQuery, StatisticsQuery, StatusQuery, TakenBackIn
from app.services.jobs import lists, statistics, steering
from app.services.jobs.views import job_view, job_views
from app.services.jobs.waiting import wait_for_change
from app.services.undo_service import Undone as UndoneJob

ai_agent_bp = APIBlueprint("ai_agent", __name__, url_prefix=AGENT, tag="AI jobs")

NOT_COMPLETED = Refusal(400, "not_completed", "Job not completed")
NOT_CANCELLABLE = Refusal(400, "not_cancellable", "Job cannot be cancelled")
NOT_RETRYABLE = Refusal(400, "not_retryable", "Job cannot be retried")


@ai_agent_bp.get("/job/<job_id>/status")
@ai_agent_bp.input(StatusQuery, location="query")
@answers(JobAnswer, says="The job.")
def get_job_status(job_id: ViewableJobId, query_data: StatusQuery) -> dict[str, Any]:
    """A job now, or once its status changes

    With `wait` the answer comes as soon as the status changes, at the latest after that many
    seconds (half a second while many wait already).
    """
    actor = current_actor()
    job = _found(job_id)
    if query_data.wait:
        wait_for_change(job_id, job.status, query_data.wait)
        job = _found(job_id)
    return {"success": True, "job": job_view(job, actor.id)}


@ai_agent_bp.get("/job/<job_id>/result")
@answers(JobResultAnswer, says="The result.")
@refuses(NOT_COMPLETED)
def get_job_result(job_id: ViewableJobId) -> tuple[dict[str, Any], int]:
    """The result of a completed job

    A summary of the drawing; the objects themselves are on the canvas.
    """
    job = _found(job_id)
    if job.status != "completed":
        return NOT_COMPLETED.answer()
    return {"success": True, "result": job.result_data}, 200


@ai_agent_bp.post("/job/<job_id>/cancel")
@answers(Message, says="Stopped, for good.")
@refuses(NOT_CANCELLABLE)
def cancel_job(job_id: CancellableJobId) -> tuple[dict[str, Any], int]:
    """Stop a job; it draws nothing

    Final at once, whether the job was waiting or running.
    """
    if not steering.cancel(job_id):
        return NOT_CANCELLABLE.answer()
    return {"success": True, "message": "Job cancelled successfully"}, 200


@ai_agent_bp.post("/job/<job_id>/retry")
@answers(Message, says="It waits for a worker again.")
@refuses(NOT_RETRYABLE)
def retry_job(job_id: OwnJobId) -> tuple[dict[str, Any], int]:
    """Run a failed job again

    As often as its `max_retries` says.
    """
    if not steering.retry(job_id, current_actor().id):
        return NOT_RETRYABLE.answer()
    return {"success": True, "message": "Job retry started"}, 200


@ai_agent_bp.post("/job/<job_id>/undo")
@answers(Undone, says="Taken back.")
@refuses(Conflict)
def undo_job(job_id: SteerableJobId) -> dict[str, Any]:
    """Take back what a job did

    Whoever undoes the newest first gets back what was there before. In any other order, objects
    that a person edited since or that a later job changed stay as they are, and are named. Itself a
    change of the canvas.
    """
    return _undone(steering.undo(job_id, current_actor().id), "Undone")


@ai_agent_bp.post("/job/<job_id>/redo")
@answers(Undone, says="Done again.")
@refuses(Conflict)
def redo_job(job_id: SteerableJobId) -> dict[str, Any]:
    """Do again what an undone job had done

    Below what came after it: what people edited since stays.
    """
    return _undone(steering.redo(job_id, current_actor().id), "Done again")


def _undone(undone: UndoneJob, verb: str) -> dict[str, Any]:
    done = effects_in_words(undone.effects, drew="brought back")
    message = f"{verb}: {done[:1].lower()}{done[1:]}." if done else f"{verb}."
    return {
        "success": True,
        "message": " ".join([message, *undone.remarks]),
        "restored": len(undone.changed),
        "skipped": [*undone.kept, *undone.covered, *undone.gone],
        "effects": [asdict(effect) for effect in undone.effects],
    }


@ai_agent_bp.put("/job/<job_id>/taken-back")
@ai_agent_bp.input(TakenBackIn)
@answers(Message, says="Noted.")
@refuses(Conflict)
def note_taken_back(job_id: SteerableJobId, json_data: TakenBackIn) -> dict[str, Any]:
    """Say that nothing of a job's drawing is left

    For an editor whose own undo took it away, or brought it back (`taken_back: false`). Changes
    nothing on the canvas.
    """
    steering.note_taken_back(job_id, current_actor().id, taken_back=json_data.taken_back)
    return {"success": True, "message": "Noted."}


@ai_agent_bp.get("/jobs")
@ai_agent_bp.input(JobsQuery, location="query")
@answers(JobList, says="A page of jobs.")
def get_user_jobs(query_data: JobsQuery) -> dict[str, Any]:
    """Own jobs, newest first"""
    actor = current_actor()
    jobs = lists.list_jobs(
        query_data.limit,
        query_data.offset,
        user_id=actor.id,
        canvas_id=query_data.canvas_id,
        status=query_data.status,
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
    stats = statistics.statistics(None if everybodys else actor.id)
    return {"success": True, "stats": stats}


def _found(job_id: ViewableJobId) -> Any:
    job = lists.find_job(job_id)
    if job is None:
        raise NotFound("Job not found.")
    return job
