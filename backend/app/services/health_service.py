"""Readiness: can requests be served, and what is wrong if not."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import inspect, text

from app.config.settings import Settings
from app.extensions import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


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
    settings: Settings = current_app.config["SETTINGS"]
    checks["queue"] = queue_health(settings)
    if checks["database"] != "ok" or checks["migrations"] not in {"ok"}:
        return Readiness("unavailable", checks)
    return Readiness("ready" if checks["queue"] == "ok" else "degraded", checks)


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001  whatever the driver says, it cannot be reached
        return "unreachable"
    return "ok"


def _migrations() -> str:
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return "missing"
    current = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return "ok" if current == newest_revision() else "outdated"


@lru_cache
def newest_revision() -> str | None:
    """The newest migration that this program knows."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()
