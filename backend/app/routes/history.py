"""The history of a canvas: its versions, their names and pictures, and going back."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import Field, StringConstraints

from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.access.policy import Rule, may
from app.domain.errors import Conflict, Invalid
from app.routes.answers.base import Success
from app.routes.answers.history import Restored, VersionAnswer, VersionList, VersionScene
from app.routes.copies import SVG, StateQuery
from app.routes.describe import TEXT, answers, refuses
from app.routes.files import image_response
from app.routes.guards import current_actor, current_role
from app.services import history_service, thumbnail_service, version_list, version_names
from app.utils.fields import WHOLE, Body, Line, Query

history_bp = APIBlueprint("history", __name__, url_prefix="/api", tag="History")


class VersionsQuery(Query):
    limit: int = Field(default=50, ge=1, le=100)
    before: int | None = Field(default=None, ge=1, le=2**53)
    named: bool = False


class RenameIn(Body):
    name: Annotated[Line, StringConstraints(min_length=1, max_length=120)]


class NameIn(RenameIn):
    version: Annotated[int, Field(strict=True, ge=0, le=2**53), WHOLE] | None = None


@history_bp.get("/canvases/<canvas_id>/versions")
@history_bp.input(VersionsQuery, location="query")
@answers(VersionList, says="A page of versions.")
def list_versions(canvas_id: ViewableCanvasId, query_data: VersionsQuery) -> dict[str, Any]:
    """Versions, newest first: who changed how much, and when

    `next_before` of one page asks for the next as `before`. With `named` the names alone.
    """
    if query_data.named:
        named = version_list.list_named(canvas_id)
        return {"success": True, "versions": named, "next_before": None}
    # A viewer does not read what was asked for.
    reads = may(current_role(), Rule.CANVAS_EDIT)
    page = version_list.list_versions(
        canvas_id, query_data.limit, query_data.before, reads_instructions=reads
    )
    return {"success": True, **page}


@history_bp.post("/canvases/<canvas_id>/versions")
@history_bp.input(NameIn)
@answers(VersionAnswer, 201, "The version.")
@refuses(Conflict)
def name_version(canvas_id: EditableCanvasId, json_data: NameIn) -> tuple[dict[str, Any], int]:
    """Give a version, or the canvas as it is now, a name

    Versions with a name are kept for as long as they have it; a canvas has at most 50.
    """
    version = version_names.name_version(
        current_actor(), canvas_id, json_data.name, json_data.version
    )
    return {"success": True, "version": version}, 201


@history_bp.patch("/canvases/<canvas_id>/versions/<int:version>")
@history_bp.input(RenameIn)
@answers(VersionAnswer, says="The version.")
def rename_version(
    canvas_id: EditableCanvasId, version: int, json_data: RenameIn
) -> dict[str, Any]:
    """Change the name of a version"""
    renamed = version_names.rename_version(canvas_id, version, json_data.name)
    return {"success": True, "version": renamed}


@history_bp.delete("/canvases/<canvas_id>/versions/<int:version>")
@answers(Success, says="It has no name any more.")
def forget_version_name(canvas_id: EditableCanvasId, version: int) -> dict[str, Any]:
    """Take a version's name away

    The version stays for as long as others do.
    """
    version_names.forget_name(canvas_id, version)
    return {"success": True}


@history_bp.get("/canvases/<canvas_id>/versions/<int:version>")
@answers(VersionScene, says="The objects.")
def version_scene(canvas_id: ViewableCanvasId, version: int) -> dict[str, Any]:
    """The scene of a version"""
    objects = history_service.scene_at(canvas_id, version)
    name = version_names.name_of(canvas_id, version)
    return {"success": True, "version": version, "name": name, "objects": objects}


@history_bp.get("/canvases/<canvas_id>/versions/<int:version>/thumbnail")
@history_bp.input(StateQuery, location="query")
@answers({SVG: TEXT}, says="The picture.")
def version_thumbnail(
    canvas_id: ViewableCanvasId, version: int, query_data: StateQuery
) -> Response:
    """A small picture of a version, as SVG

    With the `v` of its address it may be kept for ever.
    """
    svg, state = thumbnail_service.version_thumbnail(canvas_id, version)
    return image_response(svg, SVG, immutable=query_data.v == state)


@history_bp.post("/canvases/<canvas_id>/versions/<int:version>/restore")
@answers(Restored, says="Restored.")
@refuses(Conflict, Invalid)
def restore_version(canvas_id: EditableCanvasId, version: int) -> dict[str, Any]:
    """Make the canvas look like a version again

    Itself a new version, which can be gone back on.
    """
    return {"success": True, **history_service.restore(current_actor(), canvas_id, version)}
