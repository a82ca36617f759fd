"""A scene as a file."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.adapters.raster import Rasterizer
from app.adapters.svg_fonts import with_fonts
from app.domain.scene.export_mermaid import to_mermaid_scene
from app.domain.scene.svg import to_svg
from app.extensions import db
from app.runtime import runtime
from app.services.file_reading import document_files, pictures_in
from app.services.scene_reading import load_scene

MAX_NAME = 80
MEDIA_TYPES = {
    "excalidraw": "application/vnd.excalidraw+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "mermaid": "text/vnd.mermaid",
}
# How many pictures are shown at their full size: making a PNG of them takes time for each.
_WHOLE_PICTURES = {"svg": None, "png": 40}
_EXTENSIONS = {"mermaid": "mmd"}


@dataclass(frozen=True)
class ExportedFile:
    """`content` may come in parts, which are read while it is sent."""

    name: str
    media_type: str
    content: str | bytes | Iterator[str]


def export_scene(canvas_id: str, title: str, file_format: str) -> ExportedFile:
    """The canvas as `excalidraw`, `svg`, `png` or `mermaid`, with its pictures."""
    elements = load_scene(canvas_id)
    content: str | bytes | Iterator[str]
    if file_format == "excalidraw":
        content = _document(elements, document_files(canvas_id, elements))
    else:
        pictures = {}
        if file_format in _WHOLE_PICTURES:
            pictures = pictures_in(canvas_id, elements, whole=_WHOLE_PICTURES[file_format])
        db.session.rollback()  # nothing is held while it is drawn
        content = render(elements, file_format, pictures)
    return ExportedFile(file_name(title, file_format), MEDIA_TYPES[file_format], content)


def render(
    elements: list[dict[str, Any]], file_format: str, pictures: dict[str, str] | None = None
) -> str | bytes:
    """`pictures` are data addresses by file id."""
    if file_format == "svg":
        return with_fonts(to_svg(elements, pictures=pictures))
    if file_format == "png":
        return runtime().shared(Rasterizer).to_png(to_svg(elements, pictures=pictures))
    if file_format == "mermaid":
        return to_mermaid_scene(elements)
    files = [(file_id, _file(file_id, address)) for file_id, address in (pictures or {}).items()]
    return "".join(_document(elements, files))


def file_name(title: str, file_format: str) -> str:
    name = "".join(ch if ch.isalnum() or ch in " -_" else "_" for ch in title)[:MAX_NAME]
    return f"{name.strip() or 'canvas'}.{_EXTENSIONS.get(file_format, file_format)}"


def _document(elements: list[dict[str, Any]], files: Iterable[tuple[str, Any]]) -> Iterator[str]:
    head = {
        "type": "excalidraw",
        "version": 2,
        "source": "collabcanvas",
        "elements": elements,
        "appState": {"viewBackgroundColor": "#ffffff", "gridSize": 20},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "files": {'
    separator = ""
    for file_id, file in files:
        yield f"{separator}{json.dumps(file_id)}: {json.dumps(file)}"
        separator = ", "
    yield "}}"


def _file(file_id: str, address: str) -> dict[str, Any]:
    media_type = address.removeprefix("data:").partition(";")[0]
    return {"id": file_id, "mimeType": media_type, "dataURL": address, "created": 0}
