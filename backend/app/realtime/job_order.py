"""The events of a job reach the sockets in their order, whichever processes sent them."""

from collections import OrderedDict
from typing import Any

JOB_EVENTS = frozenset({"ai_job_update", "ai_job_complete", "ai_job_error"})
REMEMBERED = 4_096  # jobs


class JobOrder:
    """A worker's progress and somebody's cancel come from different processes. Each event says all
    about its job, so one that comes after a newer one is left out."""

    def __init__(self) -> None:
        self._newest: OrderedDict[str, int] = OrderedDict()

    def is_late(self, event: str, data: Any) -> bool:
        """Whether a newer event of the job was let through; if not, this one is the newest."""
        if event not in JOB_EVENTS:
            return False
        job_id, event_seq = data["job_id"], data["event_seq"]
        if event_seq < self._newest.get(job_id, 0):
            return True
        self._newest[job_id] = event_seq
        self._newest.move_to_end(job_id)
        if len(self._newest) > REMEMBERED:
            self._newest.popitem(last=False)
        return False
