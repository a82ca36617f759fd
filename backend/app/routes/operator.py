"""For operators: everybody's jobs, the workers, and the queue over time."""

from typing import Any

from apiflask import APIBlueprint

from app.routes.answers.operator import OperatorJobList, Queue, WorkerList
from app.routes.describe import answers
from app.routes.guards import current_operator
from app.routes.schemas import OperatorJobsQuery, PeriodQuery
from app.services import operator_service, worker_service
from app.services.operator_service import JobFilter

operator_bp = APIBlueprint("operator", __name__, url_prefix="/api/operator", tag="Operators")


@operator_bp.get("/jobs")
@operator_bp.input(OperatorJobsQuery, location="query")
@answers(OperatorJobList, says="A page of jobs.")
def operator_jobs(query_data: OperatorJobsQuery) -> dict[str, Any]:
    """Everybody's jobs, newest first, without what they are about"""
    wanted = JobFilter(query_data.status, query_data.user, query_data.canvas_id, query_data.hours)
    page = operator_service.everybodys_jobs(
        current_operator(), wanted, query_data.limit, query_data.offset
    )
    return {"success": True, **page}


@operator_bp.get("/workers")
@answers(WorkerList, says="The workers.")
def list_workers() -> dict[str, Any]:
    """The processes that run jobs, as far as they are known"""
    return {"success": True, **worker_service.workers(current_operator())}


@operator_bp.get("/queue")
@operator_bp.input(PeriodQuery, location="query")
@answers(Queue, says="The queue.")
def get_queue(query_data: PeriodQuery) -> dict[str, Any]:
    """The queue and the model, now and over a period

    Only jobs that are still kept count.
    """
    return {"success": True, **operator_service.queue(current_operator(), query_data.period)}
