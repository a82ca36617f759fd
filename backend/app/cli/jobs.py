"""`jobs`: look at jobs and steer them, for the operator."""

from typing import Any

import click
from rich.console import Console
from rich.table import Table

from app import create_app
from app.domain.access.policy import Rule
from app.domain.errors import NotFound
from app.domain.jobs.lifecycle import JobStatus
from app.services.access_service import require_job
from app.services.jobs import lists, statistics, steering

MAX_LISTED = 100
MAX_INSTRUCTION = 60


@click.group()
def jobs() -> None:
    """AI jobs."""


@jobs.command("list")
@click.option("--status", type=click.Choice([status.value for status in JobStatus]))
@click.option("--limit", type=click.IntRange(1, MAX_LISTED), default=20, show_default=True)
def list_jobs(status: str | None, limit: int) -> None:
    """Everybody's jobs, newest first."""
    table = Table("Job", "Status", "Type", "Attempt", "Instruction", "Submitted")
    with create_app().app_context():
        for job in lists.list_jobs(limit, status=status):
            instruction = str(job.request_data.get("instructions", ""))
            table.add_row(
                job.id,
                job.status,
                job.job_type,
                f"{job.attempt}/{job.max_attempts}",
                instruction[:MAX_INSTRUCTION],
                f"{job.created_at:%F %T}",
            )
    Console().print(table)


@jobs.command("show")
@click.argument("job_id")
def show_job(job_id: str) -> None:
    """Everything about one job."""
    with create_app().app_context():
        Console().print_json(data=_found(job_id).to_dict())


@jobs.command("cancel")
@click.argument("job_id")
def cancel_job(job_id: str) -> None:
    """Stop a queued or running job."""
    with create_app().app_context():
        if not steering.cancel(require_job(_found(job_id).user_id, Rule.JOB_CANCEL, job_id)):
            raise click.ClickException("The job has ended already.")
        click.echo("Cancelled.")


@jobs.command("retry")
@click.argument("job_id")
def retry_job(job_id: str) -> None:
    """Run a failed job again."""
    with create_app().app_context():
        if not steering.retry(job_id, _found(job_id).user_id):
            raise click.ClickException("Only a failed job with retries left can be retried.")
        click.echo("Queued again.")


@jobs.command("stats")
def job_stats() -> None:
    """Counts, waits and durations of all jobs."""
    with create_app().app_context():
        Console().print_json(data=statistics.statistics())


def _found(job_id: str) -> Any:
    job = lists.find_job(job_id)
    if job is None:
        raise NotFound("There is no such job.")
    return job
