"""What the operator's monitoring reads."""

import secrets

from app.adapters.metrics import JobGauges, Metrics
from app.domain.errors import NotFound
from app.domain.jobs.lifecycle import JobStatus
from app.models import job_ages
from app.runtime import runtime


def build_metrics() -> Metrics:
    return Metrics(_job_gauges)


def render(bearer: str | None) -> bytes:
    """All metrics as text.

    Raises:
        NotFound: the token is wrong; or none is set and others than this machine can reach us.
    """
    settings = runtime().settings
    expected = settings.metrics_token
    if expected:
        if not secrets.compare_digest((bearer or "").encode(), expected.encode()):
            raise NotFound
    elif not settings.is_local:
        raise NotFound
    return runtime().shared(Metrics, build_metrics).render()


def _job_gauges() -> JobGauges:
    counts = job_ages.counts_by_status()
    return JobGauges(
        by_status={status.value: counts.get(status, 0) for status in JobStatus},
        oldest_queued_seconds=job_ages.oldest_queued_seconds(),
        oldest_running_seconds=job_ages.oldest_running_seconds(),
    )
