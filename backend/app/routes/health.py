"""Health for machines, and what a client has to know before anybody signs in."""

from typing import Any

from apiflask import APIBlueprint
from flask import current_app, g

from app.config.settings import Settings
from app.routes.schemas import COLOR_SCHEMES, MAX_INSTRUCTIONS, STYLES
from app.services import auth_service, drawing_service, health_service

health_bp = APIBlueprint("health", __name__, tag="Health")


@health_bp.get("/health")
@health_bp.doc(summary="The process is alive; touches nothing")
def health() -> dict[str, str]:
    return {"status": "ok"}


@health_bp.get("/ready")
@health_bp.doc(summary="Whether requests can be served: database, migrations, queue")
def ready() -> tuple[dict[str, Any], int]:
    report = health_service.readiness()
    return {"status": report.status, "checks": report.checks}, 200 if report.ready else 503


@health_bp.get("/api/config")
@health_bp.doc(summary="What this installation offers, and who is signed in")
def config() -> dict[str, Any]:
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
