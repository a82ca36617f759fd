"""Statistics of jobs: the founding keys, and waits, durations and counts by type."""

import math
from collections.abc import Sequence
from typing import Any

from app.domain.jobs.lifecycle import JobStatus, JobType
from app.models import job_statistics as rows


def statistics(user_id: str | None = None) -> dict[str, Any]:
    """Of one person's jobs, or of everybody's. Times in seconds, rates in percent."""
    counts = rows.counts(user_id)
    by_status = {
        status: sum(count for (_, state), count in counts.items() if state == status)
        for status in JobStatus
    }
    ended = by_status[JobStatus.COMPLETED] + by_status[JobStatus.FAILED]
    times = rows.times(user_id)
    return {
        "total_jobs": sum(counts.values()),
        **{f"{status}_jobs": count for status, count in by_status.items()},
        "success_rate": by_status[JobStatus.COMPLETED] / ended * 100 if ended else 0,
        "wait_seconds": _summary(times.waits),
        "duration_seconds": _summary(times.durations),
        "by_type": {
            job_type: {status: counts.get((job_type, status), 0) for status in JobStatus}
            for job_type in JobType
        },
    }


def _summary(values: Sequence[float]) -> dict[str, float | None]:
    return {"p50": percentile(values, 50), "p95": percentile(values, 95)}


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of them do not exceed (nearest rank)."""
    if not values:
        return None
    rank = math.ceil(len(values) * percent / 100)
    return round(sorted(values)[max(rank, 1) - 1], 3)
