"""Languages of diagrams, which an instruction may be written in instead of words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.planning.plan import Graph

Reading = tuple[Graph, tuple[str, ...]]
"""A graph, and remarks about what was left out."""


@dataclass(frozen=True)
class TextLanguage:
    find: Callable[[str], str | None]
    """The part of a text that is in this language; None if there is none."""
    read: Callable[[str], Reading]
    """Raises NotUnderstood, which names the language, or TooLarge."""


def read_language(text: str, languages: Iterable[TextLanguage]) -> Reading | None:
    """The reading of the first language that is found in the text, or None."""
    for language in languages:
        part = language.find(text)
        if part is not None:
            return language.read(part)
    return None
