"""Pictures on a canvas."""

from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, request

from app.config.settings import Settings
from app.domain.errors import InvalidFile
from app.routes.guards import current_actor
from app.services import file_reading, file_service

files_bp = APIBlueprint("files", __name__, url_prefix="/api", tag="Pictures")

IMMUTABLE = "private, max-age=31536000, immutable"
# Opened as a page of its own, a picture may do nothing at all.
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox"


@files_bp.post("/canvases/<canvas_id>/files")
@files_bp.doc(summary="A picture: the bytes of a PNG, JPEG, WebP or GIF", responses={201: "New"})
def upload(canvas_id: str) -> tuple[dict[str, Any], int]:
    settings: Settings = current_app.config["SETTINGS"]
    request.max_content_length = settings.max_file_bytes
    if request.headers.get("Transfer-Encoding") and request.content_length is None:
        raise InvalidFile("Say how long the picture is: Content-Length is missing.")
    raw = request.get_data(cache=False)
    file, new = file_service.add_file(current_actor(), canvas_id, raw)
    return {"success": True, "file": file}, 201 if new else 200


@files_bp.get("/canvases/<canvas_id>/files/<file_id>")
@files_bp.doc(summary="A picture, as it was stored")
def picture(canvas_id: str, file_id: str) -> Response:
    stored = file_reading.read_file(canvas_id, file_id)
    return image_response(stored.content, stored.media_type, immutable=True)


def image_response(content: bytes | str, media_type: str, *, immutable: bool) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = IMMUTABLE if immutable else "private, no-cache"
    response.headers["Content-Security-Policy"] = INERT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = "inline"
    return response


def describe_uploads(app: APIFlask) -> None:
    """OpenAPI: bodies that are files, of which no schema says more."""
    picture = {"type": "string", "format": "binary"}
    pictures = dict.fromkeys(("image/png", "image/jpeg", "image/webp", "image/gif"), picture)
    bodies: dict[str, dict[str, Any]] = {
        "/api/canvases/{canvas_id}/files": pictures,
        "/api/canvases/{canvas_id}/import": {"application/json": {"type": "object"}},
    }

    @app.spec_processor
    def _describe(spec: Any) -> Any:
        for path, schemas in bodies.items():
            content = {kind: {"schema": schema} for kind, schema in schemas.items()}
            spec["paths"][path]["post"]["requestBody"] = {"required": True, "content": content}
        return spec
