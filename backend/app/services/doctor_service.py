"""An examination of the installation: findings with advice, and the settings without secrets."""

from dataclasses import dataclass
from typing import Literal

from app.adapters.language_models import model_problem
from app.config.redis_config import RedisConfig
from app.config.settings import Settings
from app.domain.planning.model_name import is_offline
from app.models.database import without_password
from app.services.health_service import readiness

SECRETS = frozenset(
    {"secret_key", "ai_api_key", "oidc_client_secret", "metrics_token", "sentry_dsn"}
)
HIDDEN = frozenset({"testing", "rate_limits"})
ADVICE = {
    "unreachable": "cannot be reached: check DATABASE_URL and that the server runs.",
    "missing": "not migrated yet: start the server once, it migrates.",
    "outdated": "older than this program: start the server once, it migrates.",
    "unknown": "could not be checked.",
    "ok": "fine.",
}


@dataclass(frozen=True)
class Finding:
    what: str
    verdict: Literal["ok", "warn", "bad"]
    sentence: str


def examine(settings: Settings) -> list[Finding]:
    report = readiness()
    findings = [
        _check("Database", report.checks["database"]),
        _check("Migrations", report.checks["migrations"]),
        _redis(settings),
        _model(settings),
    ]
    if not settings.is_local and not settings.secure_cookies:
        findings.append(
            Finding("Transport", "warn", "Set PUBLIC_URL to the https:// address people use.")
        )
    return findings


def redis_refusal(redis: RedisConfig) -> str | None:
    """Why this Redis must not hold the queue; None if it may, or cannot be asked now."""
    try:
        policy = redis.memory_policy()
    except Exception:  # noqa: BLE001  unreachable, or CONFIG is not permitted: nothing to refuse
        return None
    if policy in {"noeviction", ""}:
        return None
    return (
        f"Redis has maxmemory-policy {policy}: it would silently drop queued jobs. "
        "Start it with --maxmemory-policy noeviction."
    )


def visible_settings(settings: Settings) -> dict[str, str]:
    shown = {}
    for name in type(settings).model_fields:
        if name in HIDDEN:
            continue
        value = getattr(settings, name)
        if name in SECRETS and value:
            value = "(set)"
        elif name in {"database_url", "redis_url", "elasticsearch_url"} and value:
            value = without_password(value)
        shown[name.upper()] = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return shown


def _check(what: str, state: str) -> Finding:
    return Finding(what, "ok" if state == "ok" else "bad", ADVICE.get(state, state))


def _redis(settings: Settings) -> Finding:
    if settings.embedded:
        return Finding("Queue", "ok", "embedded: worker threads in the server.")
    redis = RedisConfig(settings.redis_url)
    if not redis.test_connection():
        return Finding("Queue", "bad", "Redis cannot be reached: check REDIS_URL. Jobs wait.")
    refusal = redis_refusal(redis)
    return Finding("Queue", "bad" if refusal else "ok", refusal or "Redis answers.")


def _model(settings: Settings) -> Finding:
    if is_offline(settings.ai_model):
        return Finding("Model", "ok", "offline planner: no language model is used.")
    problem = model_problem(settings)
    return Finding("Model", "bad" if problem else "ok", problem or f"{settings.ai_model}.")
