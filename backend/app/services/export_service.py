"""A scene as a file."""

import json
from dataclasses import dataclass
from typing import Any

from flask import current_app

from app.adapters.raster import Rasterizer
from app.adapters.svg_fonts import with_fonts
from app.domain.scene.export_mermaid import to_mermaid_scene
from app.domain.scene.svg import to_svg
from app.services.scene_reading import load_scene

MAX_NAME = 80


@dataclass(frozen=True)
class ExportedFile:
    name: str
    media_type: str
    content: str | bytes


def export_scene(canvas_id: str, title: str, file_format: str) -> ExportedFile:
    """The canvas as `excalidraw`, `svg`, `png` or `mermaid`."""
    return render(load_scene(canvas_id), title, file_format)


def render(elements: list[dict[str, Any]], title: str, file_format: str) -> ExportedFile:
    name = "".join(ch if ch.isalnum() or ch in " -_" else "_" for ch in title)[:MAX_NAME]
    name = name.strip() or "canvas"
    if file_format == "svg":
        return ExportedFile(f"{name}.svg", "image/svg+xml", with_fonts(to_svg(elements)))
    if file_format == "png":
        return ExportedFile(f"{name}.png", "image/png", _rasterizer().to_png(to_svg(elements)))
    if file_format == "mermaid":
        return ExportedFile(f"{name}.mmd", "text/vnd.mermaid", to_mermaid_scene(elements))
    document = {
        "type": "excalidraw",
        "version": 2,
        "source": "collabcanvas",
        "elements": elements,
        "appState": {"viewBackgroundColor": "#ffffff", "gridSize": 20},
        "files": {},
    }
    content = json.dumps(document, ensure_ascii=False)
    return ExportedFile(f"{name}.excalidraw", "application/vnd.excalidraw+json", content)


def _rasterizer() -> Rasterizer:
    found: Rasterizer = current_app.extensions.setdefault("rasterizer", Rasterizer())
    return found
