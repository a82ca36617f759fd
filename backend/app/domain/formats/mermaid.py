"""Mermaid: a scene's shapes and connectors as text, and diagrams that people paste."""

from app.domain.formats.record import Format, RenderTools, SceneDocument
from app.domain.planning.mermaid import find_mermaid, read_mermaid
from app.domain.scene.export_mermaid import to_mermaid_scene


def _write(document: SceneDocument, _tools: RenderTools) -> str:
    return to_mermaid_scene(document.elements)


MERMAID = Format(
    id="mermaid",
    name="Mermaid",
    media_type="text/vnd.mermaid",
    extension="mmd",
    write=_write,
    find=find_mermaid,
    read_graph=read_mermaid,
)
