"""Drawings as a whole: pictured, duplicated, imported."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import StringConstraints

from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.errors import Conflict, FilesFull, Invalid, InvalidFile
from app.routes.answers.canvases import CanvasAnswer, Imported
from app.routes.describe import TEXT, answers, refuses, takes
from app.routes.files import image_response
from app.routes.guards import current_actor
from app.services import copy_service, thumbnail_service
from app.utils.fields import Body, Line, Query

copies_bp = APIBlueprint("copies", __name__, url_prefix="/api", tag="Canvases")

DOCUMENT = {
    "type": "object",
    "description": "An .excalidraw file, as `export` gives it.",
    "required": ["elements"],
    "properties": {
        "elements": {"type": "array", "items": {"type": "object"}},
        "files": {"type": "object"},
    },
}
SVG = "image/svg+xml"


class StateQuery(Query):
    v: Annotated[str, StringConstraints(max_length=64)] = ""


class DuplicateIn(Body):
    title: Annotated[Line, StringConstraints(max_length=200)] = ""


@copies_bp.get("/canvases/<canvas_id>/thumbnail")
@copies_bp.input(StateQuery, location="query")
@answers({SVG: TEXT}, says="The picture.")
def canvas_thumbnail(canvas_id: ViewableCanvasId, query_data: StateQuery) -> Response:
    """A small picture of the canvas, as SVG

    With the `v` of its address it may be kept for ever.
    """
    svg, state = thumbnail_service.canvas_thumbnail(canvas_id)
    return image_response(svg, SVG, immutable=query_data.v == state)


@copies_bp.post("/canvases/<canvas_id>/duplicate")
@copies_bp.input(DuplicateIn)
@answers(CanvasAnswer, 201, "The new canvas.")
@refuses(FilesFull)
def duplicate_canvas(
    canvas_id: ViewableCanvasId, json_data: DuplicateIn
) -> tuple[dict[str, Any], int]:
    """A canvas of one's own with the same objects

    With its pictures, but without its history and members.
    """
    canvas = copy_service.duplicate(current_actor(), canvas_id, json_data.title)
    return {"success": True, "canvas": canvas}, 201


@copies_bp.post("/canvases/<canvas_id>/import")
@takes({"application/json": DOCUMENT})
@answers(Imported, says="What was imported.")
@refuses(Invalid, InvalidFile, Conflict, FilesFull)
def import_document(canvas_id: EditableCanvasId) -> dict[str, Any]:
    """Put an .excalidraw file's objects and pictures beside what is there

    Of up to 20 MiB and with up to 100 pictures, as one change.
    """
    document = request.get_json()
    return {"success": True, **copy_service.import_document(current_actor(), canvas_id, document)}
