"""The life of a job: its states, what moves it, and the one table that says which moves exist."""

from enum import StrEnum

from app.domain.errors import Conflict


class JobStatus(StrEnum):
    QUEUED = "queued"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobEvent(StrEnum):
    """What can happen to a job. Each names one guarded UPDATE."""

    CLAIM = "claim"  # a worker takes it: one more attempt, a new lease
    COMPLETE = "complete"  # in the same transaction as the drawing
    FAIL = "fail"  # for good: no attempt left, or none would help
    POSTPONE = "postpone"  # a transient failure; again after a back-off
    HAND_BACK = "hand_back"  # the worker shuts down; the attempt does not count
    EXPIRE = "expire"  # the lease ran out: the worker is gone
    CANCEL = "cancel"  # somebody stopped it
    RETRY = "retry"  # its requester asks again


TRANSITIONS: dict[JobEvent, tuple[frozenset[JobStatus], JobStatus]] = {
    JobEvent.CLAIM: (frozenset({JobStatus.QUEUED}), JobStatus.PROCESSING),
    JobEvent.COMPLETE: (frozenset({JobStatus.PROCESSING}), JobStatus.COMPLETED),
    JobEvent.FAIL: (frozenset({JobStatus.PROCESSING}), JobStatus.FAILED),
    JobEvent.POSTPONE: (frozenset({JobStatus.PROCESSING}), JobStatus.QUEUED),
    JobEvent.HAND_BACK: (frozenset({JobStatus.PROCESSING}), JobStatus.QUEUED),
    JobEvent.EXPIRE: (frozenset({JobStatus.PROCESSING}), JobStatus.QUEUED),
    JobEvent.CANCEL: (
        frozenset({JobStatus.QUEUED, JobStatus.PROCESSING}),
        JobStatus.CANCELLED,
    ),
    JobEvent.RETRY: (frozenset({JobStatus.FAILED}), JobStatus.QUEUED),
}

TERMINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})


def sources(event: JobEvent) -> frozenset[JobStatus]:
    return TRANSITIONS[event][0]


def target(event: JobEvent) -> JobStatus:
    return TRANSITIONS[event][1]


def after(status: JobStatus | str, event: JobEvent) -> JobStatus:
    """The state that follows.

    Raises:
        Conflict: the table has no such move.
    """
    if JobStatus(status) not in sources(event):
        raise Conflict(f"A job that is {status} cannot {event.value.replace('_', ' ')}.")
    return target(event)


def diagram() -> str:
    """The table as a Mermaid state diagram, as it stands in the docs."""
    lines = ["stateDiagram-v2", f"    [*] --> {JobStatus.QUEUED}"]
    for event, (before, then) in TRANSITIONS.items():
        lines += [f"    {status} --> {then} : {event}" for status in JobStatus if status in before]
    lines += [f"    {status} --> [*]" for status in JobStatus if status in TERMINAL]
    return "\n".join(lines) + "\n"
