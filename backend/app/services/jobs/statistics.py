"""Statistics of jobs: the founding keys, and counts, waits and durations by what a job was asked
for, which model drew it, and what became of it."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from app.domain.jobs.lifecycle import TERMINAL, JobStatus
from app.models import job_statistics as rows
from app.models.job_statistics import Counted, EndedJob
from app.runtime import runtime
from app.services.jobs.kinds import JOB_KINDS
from app.services.jobs.lists import hidden_kinds


def statistics(user_id: str | None = None) -> dict[str, Any]:
    """Of one person's jobs, or of everybody's. Times in seconds, rates in percent."""
    hidden = hidden_kinds()
    counted, ended = rows.counts(user_id, hidden), rows.recently_ended(user_id, hidden)
    own_model = runtime().settings.ai_model

    def model_of(row: Counted | EndedJob) -> str:
        return row.model or own_model

    by_status = _by_status(counted)
    finished = by_status[JobStatus.COMPLETED] + by_status[JobStatus.FAILED]
    models = sorted({model_of(row) for row in counted})
    return {
        "total_jobs": sum(row.jobs for row in counted),
        **{f"{status}_jobs": count for status, count in by_status.items()},
        "success_rate": by_status[JobStatus.COMPLETED] / finished * 100 if finished else 0,
        **_times([row for row in ended if row.status == JobStatus.COMPLETED]),
        "by_type": {
            kind.id: _group(counted, ended, lambda row, wanted=kind.id: row.job_type == wanted)
            for kind in JOB_KINDS.values()
            if kind.listed
        },
        "by_model": {
            model: _group(counted, ended, lambda row, wanted=model: model_of(row) == wanted)
            for model in models
        },
        "by_outcome": {
            status: _times([row for row in ended if row.status == status])
            for status in JobStatus
            if status in TERMINAL
        },
        "failures": _failures(counted),
    }


def _group(
    counted: Sequence[Counted], ended: Sequence[EndedJob], belongs: Callable[..., bool]
) -> dict[str, Any]:
    """How many of each status, what they took, and what the model read and wrote for them."""
    jobs = [row for row in counted if belongs(row)]
    completed = [row for row in ended if row.status == JobStatus.COMPLETED and belongs(row)]
    return {
        **_by_status(jobs),
        **_times(completed),
        "tokens": sum(row.tokens for row in jobs),
    }


def _by_status(counted: Sequence[Counted]) -> dict[str, int]:
    return {
        status: sum(row.jobs for row in counted if row.status == status) for status in JobStatus
    }


def _failures(counted: Sequence[Counted]) -> dict[str, int]:
    """How many jobs failed for which reason, the most frequent first."""
    reasons: Counter[str] = Counter()
    for row in counted:
        if row.status == JobStatus.FAILED and row.error_code:
            reasons[row.error_code] += row.jobs
    return dict(reasons.most_common())


def _times(jobs: Sequence[EndedJob]) -> dict[str, dict[str, float | None]]:
    return {
        "wait_seconds": _summary([job.wait for job in jobs]),
        "duration_seconds": _summary([job.duration for job in jobs]),
    }


def _summary(values: Sequence[float]) -> dict[str, float | None]:
    return {"p50": percentile(values, 50), "p95": percentile(values, 95)}


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least `percent` of them do not exceed (nearest rank)."""
    if not values:
        return None
    rank = math.ceil(len(values) * percent / 100)
    return round(sorted(values)[max(rank, 1) - 1], 3)
