"""What a format is: one record of what a file in it is called, and how it is written and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from app.domain.planning.languages import Reading, TextLanguage
from app.domain.planning.plan import Plan
from app.domain.scene.elements import Element

MAX_NAME = 80  # characters of a title in a file's name

Content = str | bytes | Iterator[str]
"""Of a file; it may come in parts, which are read while it is sent."""


@dataclass(frozen=True)
class SceneDocument:
    """Elements that are not deleted, and the pictures they show: as data addresses by file id, or
    as an .excalidraw file has them, one after the other."""

    elements: list[Element]
    pictures: Mapping[str, str] = field(default_factory=dict)
    files: Iterable[tuple[str, Any]] | None = None


@dataclass(frozen=True)
class RenderTools:
    """What a picture needs from outside."""

    with_fonts: Callable[[str], str]
    """An SVG with the fonts that it uses."""
    to_png: Callable[[str], bytes]


class Pictures(Enum):
    """What becomes of the pictures on a canvas."""

    LEFT_OUT = "left out"
    SHOWN = "shown"
    FILES = "files"
    """Kept as they are stored, so that nothing is lost."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """`id` is what a request names, `name` what people read."""

    id: str
    name: str
    media_type: str
    extension: str
    binary: bool = False

    write: Callable[[SceneDocument, RenderTools], Content] | None = None
    write_plan: Callable[[Plan], str] | None = None
    """For what a planner answers before it is laid out: a canvas no longer has it."""
    pictures: Pictures = Pictures.LEFT_OUT
    whole_pictures: int | None = None
    """How many are shown at their full size, the largest first; None: all."""

    find: Callable[[str], str | None] | None = None
    """The part of a text that is in this format; None if there is none."""
    read_document: Callable[[str], SceneDocument] | None = None
    """Raises Invalid, or ElementRejected."""
    read_graph: Callable[[str], Reading] | None = None
    """Raises NotUnderstood, which names the format, or TooLarge."""
    max_bytes: int | None = None
    """Of a file that `read_document` is given."""

    def sniff(self, text: str) -> bool:
        """Whether there is something in this format in the text."""
        return self.find is not None and self.find(text) is not None

    @property
    def language(self) -> TextLanguage | None:
        """How it is read where somebody pastes it as an instruction."""
        if self.find is None or self.read_graph is None:
            return None
        return TextLanguage(self.find, self.read_graph)

    def file_name(self, title: str) -> str:
        """The name of a file with this title, which any system can store."""
        name = "".join(ch if ch.isalnum() or ch in " -_" else "_" for ch in title)[:MAX_NAME]
        return f"{name.strip() or 'canvas'}.{self.extension}"
