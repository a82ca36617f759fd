"""Drawings as a whole: pictured, duplicated, imported."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import StringConstraints

from app.routes.files import image_response
from app.routes.guards import current_actor
from app.routes.schemas import Body, Line, Query
from app.services import copy_service, thumbnail_service

copies_bp = APIBlueprint("copies", __name__, url_prefix="/api", tag="Canvases")

SVG = "image/svg+xml"


class StateQuery(Query):
    v: Annotated[str, StringConstraints(max_length=64)] = ""


class DuplicateIn(Body):
    title: Annotated[Line, StringConstraints(max_length=200)] = ""


@copies_bp.get("/canvases/<canvas_id>/thumbnail")
@copies_bp.input(StateQuery, location="query")
@copies_bp.doc(summary="A small picture of the canvas, as SVG")
def thumbnail(canvas_id: str, query_data: StateQuery) -> Response:
    svg, state = thumbnail_service.canvas_thumbnail(canvas_id)
    return image_response(svg, SVG, immutable=query_data.v == state)


@copies_bp.post("/canvases/<canvas_id>/duplicate")
@copies_bp.input(DuplicateIn)
@copies_bp.doc(summary="A canvas of one's own with the same objects", responses={201: "Created"})
def duplicate(canvas_id: str, json_data: DuplicateIn) -> tuple[dict[str, Any], int]:
    canvas = copy_service.duplicate(current_actor(), canvas_id, json_data.title)
    return {"success": True, "canvas": canvas}, 201


@copies_bp.post("/canvases/<canvas_id>/import")
@copies_bp.doc(summary="Put an .excalidraw file's objects and pictures beside what is there")
def import_document(canvas_id: str) -> dict[str, Any]:
    document = request.get_json()
    return {"success": True, **copy_service.import_document(current_actor(), canvas_id, document)}
