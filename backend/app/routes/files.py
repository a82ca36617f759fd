"""Pictures on a canvas."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, request

from app.config.settings import Settings
from app.domain.access.ids import EditableCanvasId, ViewableCanvasId
from app.domain.errors import FilesFull, InvalidFile
from app.routes.answers.canvases import CanvasFileAnswer
from app.routes.describe import answers, one_file, refuses, takes
from app.routes.guards import current_actor
from app.services import file_reading, file_service

files_bp = APIBlueprint("files", __name__, url_prefix="/api", tag="Pictures")

IMMUTABLE = "private, max-age=31536000, immutable"
# Opened as a page of its own, a picture may do nothing at all.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"


@files_bp.post("/canvases/<canvas_id>/files")
@takes(one_file(("image/png", "image/jpeg", "image/webp", "image/gif")))
@answers(CanvasFileAnswer, 200, "This canvas had it already.")
@answers(CanvasFileAnswer, 201, "The picture.")
@refuses(InvalidFile, FilesFull)
def upload_picture(canvas_id: EditableCanvasId) -> tuple[dict[str, Any], int]:
    """Put a picture on a canvas: the bytes of a PNG, JPEG, WebP or GIF

    Stored is a new PNG or JPEG of it, upright, in sRGB, with at most 2,560 pixels a side and
    without metadata. What it is, its content says; `Content-Type` does not matter.
    """
    settings: Settings = current_app.config["SETTINGS"]
    request.max_content_length = settings.max_file_bytes
    if request.headers.get("Transfer-Encoding") and request.content_length is None:
        raise InvalidFile("Say how long the picture is: Content-Length is missing.")
    raw = request.get_data(cache=False)
    file, new = file_service.add_file(current_actor(), canvas_id, raw)
    return {"success": True, "file": file}, 201 if new else 200


@files_bp.get("/canvases/<canvas_id>/files/<file_id>")
@answers(one_file(("image/png", "image/jpeg")), says="The picture.")
def get_picture(canvas_id: ViewableCanvasId, file_id: str) -> Response:
    """A picture, as it was stored

    It may be kept for ever: an id never means another picture.
    """
    stored = file_reading.read_file(canvas_id, file_id)
    return image_response(stored.content, stored.media_type, immutable=True)


def image_response(content: bytes | str, media_type: str, *, immutable: bool) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = IMMUTABLE if immutable else "private, no-cache"
    response.headers["Content-Security-Policy"] = INERT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = "inline"
    return response
