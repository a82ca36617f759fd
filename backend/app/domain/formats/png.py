"""A scene as a PNG picture."""

from app.domain.formats.record import Format, Pictures, RenderTools, SceneDocument
from app.domain.scene.svg import to_svg


def _write(document: SceneDocument, tools: RenderTools) -> bytes:
    return tools.to_png(to_svg(document.elements, pictures=document.pictures))


PNG = Format(
    id="png",
    name="PNG",
    media_type="image/png",
    extension="png",
    binary=True,
    write=_write,
    pictures=Pictures.SHOWN,
    whole_pictures=40,  # each takes time to draw
)
