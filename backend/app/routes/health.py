"""Health for machines, and what a client has to know before anybody signs in."""

from typing import Any

from apiflask import APIBlueprint
from flask import current_app, g

from app.config.settings import Settings
from app.domain.scene.looks import COLOR_SCHEMES, STYLES
from app.routes.answers.accounts import Alive, AppConfig, Readiness
from app.routes.describe import answers
from app.services import auth_service, drawing_service, health_service
from app.services.jobs.kinds.drawing import MAX_INSTRUCTIONS

health_bp = APIBlueprint("health", __name__, tag="Health")


@health_bp.get("/health")
@answers(Alive, says="Alive.")
def get_health() -> dict[str, str]:
    """Whether the process is alive; touches nothing"""
    return {"status": "ok"}


@health_bp.get("/ready")
@answers(Readiness, says="Requests can be served.")
@answers(Readiness, 503, "Requests cannot be served.")
def get_readiness() -> tuple[dict[str, Any], int]:
    """Whether requests can be served: database, migrations, queue"""
    report = health_service.readiness()
    return {"status": report.status, "checks": report.checks}, 200 if report.ready else 503


@health_bp.get("/api/config")
@answers(AppConfig, says="The offer.")
def get_config() -> dict[str, Any]:
    """What this installation offers, and who is signed in"""
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "success": True,
        # So that a page can ask who is signed in without provoking a 401.
        "user": auth_service.me(g.actor) if g.actor else None,
        "registration": settings.registration_policy,
        "oidc": {"name": settings.oidc_name} if settings.oidc_issuer else None,
        "planner": drawing_service.planner_view(settings),
        "models": drawing_service.models_view(settings),
        "styles": list(STYLES),
        "color_schemes": list(COLOR_SCHEMES),
        "limits": {"instructions": MAX_INSTRUCTIONS, "file_bytes": settings.max_file_bytes},
    }
