"""Readiness: can requests be served, and what is wrong if not."""

from dataclasses import dataclass

from app.models import schema
from app.runtime import runtime


@dataclass(frozen=True)
class Readiness:
    """`degraded`: requests are served, jobs wait until the queue is back."""

    status: str
    checks: dict[str, str]

    @property
    def ready(self) -> bool:
        return self.status != "unavailable"


def readiness() -> Readiness:
    from app.adapters.job_queue import queue_health

    checks = {"database": _database()}
    checks["migrations"] = _migrations() if checks["database"] == "ok" else "unknown"
    settings = runtime().settings
    checks["queue"] = queue_health(settings)
    if checks["database"] != "ok" or checks["migrations"] not in {"ok"}:
        return Readiness("unavailable", checks)
    return Readiness("ready" if checks["queue"] == "ok" else "degraded", checks)


def _database() -> str:
    try:
        schema.ping()
    except Exception:  # noqa: BLE001  whatever the driver says, it cannot be reached
        return "unreachable"
    return "ok"


def _migrations() -> str:
    stored = schema.stored_revision()
    if stored is None:
        return "missing"
    return "ok" if stored == schema.newest_revision() else "outdated"
