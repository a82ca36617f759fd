"""All formats that a drawing can be written in or read from. A new one is a module here, and a line
below."""

from app.domain.errors import Invalid
from app.domain.formats.excalidraw import EXCALIDRAW
from app.domain.formats.mermaid import MERMAID
from app.domain.formats.plan import PLAN
from app.domain.formats.png import PNG
from app.domain.formats.record import Format, SceneDocument
from app.domain.formats.svg import SVG
from app.domain.planning.languages import TextLanguage

FORMATS: tuple[Format, ...] = (
    SVG,
    PNG,
    EXCALIDRAW,
    MERMAID,
    PLAN,
)
DEFAULT = EXCALIDRAW  # nothing is lost in it


def all_formats() -> tuple[Format, ...]:
    return FORMATS


def exports() -> dict[str, Format]:
    """The formats that a canvas can be exported to, by id: the default first."""
    written = [found for found in FORMATS if found.write is not None]
    return {found.id: found for found in sorted(written, key=lambda found: found is not DEFAULT)}


def document_formats() -> tuple[Format, ...]:
    """The formats that a drawing can be read from, object by object."""
    return tuple(found for found in FORMATS if found.read_document is not None)


def read_document(text: str) -> SceneDocument:
    """A drawing in whichever format it is. Raises Invalid, or ElementRejected."""
    for found in document_formats():
        if found.read_document is not None and found.sniff(text):
            return found.read_document(text)
    raise Invalid("This is not a drawing that can be read.")


def text_languages() -> tuple[TextLanguage, ...]:
    """The formats that people may paste as an instruction."""
    return tuple(found.language for found in FORMATS if found.language is not None)
