"""The history of a canvas."""

from typing import Any

from apiflask import APIBlueprint
from pydantic import Field

from app.routes.guards import current_actor
from app.routes.schemas import Query
from app.services import history_service

history_bp = APIBlueprint("history", __name__, url_prefix="/api", tag="History")


class VersionsQuery(Query):
    limit: int = Field(default=50, ge=1, le=100)
    before: int | None = Field(default=None, ge=1, le=2**53)


@history_bp.get("/canvases/<canvas_id>/versions")
@history_bp.input(VersionsQuery, location="query")
@history_bp.doc(summary="Versions, newest first: who changed how much, and when")
def versions(canvas_id: str, query_data: VersionsQuery) -> dict[str, Any]:
    page = history_service.list_versions(canvas_id, query_data.limit, query_data.before)
    return {"success": True, **page}


@history_bp.get("/canvases/<canvas_id>/versions/<int:version>")
@history_bp.doc(summary="The scene of a version")
def version_scene(canvas_id: str, version: int) -> dict[str, Any]:
    objects = history_service.scene_at(canvas_id, version)
    return {"success": True, "version": version, "objects": objects}


@history_bp.post("/canvases/<canvas_id>/versions/<int:version>/restore")
@history_bp.doc(summary="Make the canvas look like a version again")
def restore(canvas_id: str, version: int) -> dict[str, Any]:
    return {"success": True, **history_service.restore(current_actor(), canvas_id, version)}
