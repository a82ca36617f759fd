"""Who works: put together from leases, from Redis, and from what this process knows of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.adapters.job_queue import QueueUnavailable
from app.adapters.worker_registry import Listener, listeners
from app.domain.access.ids import OperatorId
from app.models.job_ages import LeaseHolder, lease_holders
from app.runtime import runtime
from app.services.jobs.engine import JobEngine
from app.services.worker_identity import MAX_HOST, alive_here, origin_of

# What the list cannot show, by a stable name; the documentation and the client have a sentence.
ONLY_THIS_PROCESS = "only_this_process"
REDIS_UNREACHABLE = "redis_unreachable"

Key = tuple[str, int | None]


@dataclass(frozen=True)
class WorkerView:
    """One process. None means not known, which is different from none."""

    host: str
    pid: int | None
    slots: int | None
    running: int
    seen_seconds: float | None
    circuit: str | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "host": self.host,
            "pid": self.pid,
            "slots": self.slots,
            "running": self.running,
            "seen_seconds": None if self.seen_seconds is None else round(self.seen_seconds, 1),
            "circuit": self.circuit,
        }


def facts_of(engine: JobEngine) -> Mapping[str, str | int]:
    """What a worker process reports to Redis about itself with its heartbeats."""
    with engine.runtime.scope():
        return {"slots": engine.slots, "circuit": circuit_here() or ""}


def circuit_here() -> str | None:
    """Of this process's planner: `closed`, `open` or `trial`; None for one that needs no model."""
    return getattr(runtime().planner(), "circuit", None)


def workers(_operator: OperatorId) -> dict[str, Any]:
    """All processes that are known to work, and what is not known about the rest."""
    settings = runtime().settings
    known: dict[Key, WorkerView] = {}
    missing = None
    if settings.embedded:
        missing = ONLY_THIS_PROCESS
        for worker_id in alive_here():
            here = origin_of(worker_id)
            known[here.host, here.pid] = WorkerView(
                here.host, here.pid, settings.worker_slots, 0, 0.0, circuit_here()
            )
    else:
        try:
            known = {view_key(found): _heard(found) for found in listeners(settings.redis_url)}
        except QueueUnavailable:
            missing = REDIS_UNREACHABLE
    for holder in lease_holders(settings.job_lease_seconds):
        origin = origin_of(holder.worker_id)
        key = (origin.host, origin.pid)
        known[key] = _with_leases(known.get(key), key, holder)
    listed = sorted(known.values(), key=lambda view: (view.host, view.pid or 0))
    return {
        "mode": "embedded" if settings.embedded else "server",
        "workers": [view.to_dict() for view in listed],
        "missing": missing,
    }


def view_key(found: Listener) -> Key:
    return found.host[:MAX_HOST], found.pid


def _heard(found: Listener) -> WorkerView:
    seen = found.seen_at
    age = (datetime.now(UTC) - seen).total_seconds() if seen else None
    host, pid = view_key(found)
    return WorkerView(
        host, pid, found.slots, 0, None if age is None else max(0.0, age), found.circuit or None
    )


def _with_leases(view: WorkerView | None, key: Key, holder: LeaseHolder) -> WorkerView:
    """A renewed lease is a sign of life as good as one on Redis; the younger one counts."""
    if view is None:
        return WorkerView(*key, None, holder.running, holder.seen_seconds, None)
    ages = [age for age in (view.seen_seconds, holder.seen_seconds) if age is not None]
    return replace(view, running=view.running + holder.running, seen_seconds=min(ages))
