"""A scene as an SVG picture, with its fonts and pictures inside."""

from app.domain.formats.record import Format, Pictures, RenderTools, SceneDocument
from app.domain.scene.svg import to_svg


def _write(document: SceneDocument, tools: RenderTools) -> str:
    return tools.with_fonts(to_svg(document.elements, pictures=document.pictures))


SVG = Format(
    id="svg",
    name="SVG",
    media_type="image/svg+xml",
    extension="svg",
    write=_write,
    pictures=Pictures.SHOWN,
)
