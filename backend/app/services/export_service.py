"""A scene as a file."""

from dataclasses import dataclass

from app.adapters.raster import Rasterizer
from app.adapters.svg_fonts import with_fonts
from app.domain.access.ids import ViewableCanvasId
from app.domain.formats import exports
from app.domain.formats.record import Content, Format, Pictures, RenderTools, SceneDocument
from app.runtime import runtime
from app.services.file_reading import document_files, pictures_in
from app.services.scene_reading import load_scene
from app.services.unit_of_work import release_connection


@dataclass(frozen=True)
class ExportedFile:
    name: str
    media_type: str
    content: Content


def export_scene(canvas_id: ViewableCanvasId, title: str, format_id: str) -> ExportedFile:
    """The canvas in a format that a scene can be written in, with its pictures."""
    file_format = exports()[format_id]
    document = _document(canvas_id, file_format)
    release_connection()  # drawing is slow
    content = render(document, file_format)
    return ExportedFile(file_format.file_name(title), file_format.media_type, content)


def render(document: SceneDocument, file_format: Format) -> Content:
    """The content of a file in a format that a scene can be written in."""
    assert file_format.write is not None  # noqa: S101 - exports() has no other
    return file_format.write(document, RenderTools(with_fonts, runtime().shared(Rasterizer).to_png))


def _document(canvas_id: ViewableCanvasId, file_format: Format) -> SceneDocument:
    elements = load_scene(canvas_id)
    match file_format.pictures:
        case Pictures.FILES:
            return SceneDocument(elements, files=document_files(canvas_id, elements))
        case Pictures.SHOWN:
            whole = file_format.whole_pictures
            return SceneDocument(elements, pictures_in(canvas_id, elements, whole=whole))
        case Pictures.LEFT_OUT:
            return SceneDocument(elements)
