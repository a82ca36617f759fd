"""Mermaid: a scene's shapes and connectors as text, and diagrams that people paste."""

from functools import partial

from app.domain.formats.record import Format, RenderTools, SceneDocument
from app.domain.kinds import KINDS
from app.domain.planning.mermaid.reader import find_mermaid, read_mermaid
from app.domain.scene.export_mermaid import to_mermaid_scene


def _write(document: SceneDocument, _tools: RenderTools) -> str:
    return to_mermaid_scene(document.elements)


MERMAID = Format(
    id="mermaid",
    name="Mermaid",
    media_type="text/vnd.mermaid",
    extension="mmd",
    write=_write,
    find=partial(find_mermaid, kinds=KINDS),
    read_graph=partial(read_mermaid, kinds=KINDS),
)
