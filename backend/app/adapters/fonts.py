"""Text width exactly as the browser renders it: HarfBuzz on the editor's own font files."""

import io
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont

hb: Any = uharfbuzz  # a compiled module without types
_FONTS = Path(__file__).parent.parent / "assets" / "fonts"
EXCALIFONT, NUNITO, LILITA, COMIC_SHANNS = 5, 6, 7, 8
_FOLDERS = {
    EXCALIFONT: "Excalifont",
    NUNITO: "Nunito",
    LILITA: "Lilita",
    COMIC_SHANNS: "ComicShanns",
}
# Fonts of older drawings, which are not shipped: the nearest one that is, and a factor that
# errs on the wide side.
_NEAREST = {
    1: (EXCALIFONT, 1.1),
    2: (NUNITO, 1.1),
    3: (COMIC_SHANNS, 1.1),
    9: (NUNITO, 1.1),
}
# Where a family lacks characters, the whole text is written in the first of these that has them:
# the browser's own choice would differ from machine to machine.
_INSTEAD = (NUNITO, EXCALIFONT)
_CACHED_LINES = 20_000
_EMOJI_EM = 1.25
_UNKNOWN_EM = 0.75
_HANGUL_EM = 0.93
_EMOJI = 0x1F000
_WIDTHLESS = ("Mn", "Me", "Cf", "Cc")
_FEATURES = {"kern": True, "liga": True}


@dataclass(frozen=True)
class _Face:
    font: Any
    characters: frozenset[int]
    units: int

    def advance(self, text: str) -> float:
        """Sum of glyph advances in em."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer, _FEATURES)
        units = sum(position.x_advance for position in buffer.glyph_positions)
        return float(units) / self.units


class FontMeasure:
    """Measures single lines; loads a family's files when it is first asked for. Thread-safe."""

    def __init__(self) -> None:
        self._families: dict[int, tuple[_Face, ...]] = {}
        self._lock = threading.Lock()
        self._em = lru_cache(maxsize=_CACHED_LINES)(self._measure_em)
        self._choice = lru_cache(maxsize=_CACHED_LINES)(self._choose)

    def width(self, text: str, family: int, size: float) -> float:
        """Width of one line in px. A tab counts as eight spaces, as in the editor."""
        family, factor = _NEAREST.get(family, (family, 1.0))
        if family not in _FOLDERS:
            family = EXCALIFONT
        return self._em(text, family) * size * factor

    def family_for(self, text: str, family: int) -> int:
        """The family, or where it lacks characters the one that lacks the fewest of them."""
        if family not in _FOLDERS or text.isascii():
            return family
        return self._choice(text, family)

    def _choose(self, text: str, family: int) -> int:
        choices = (family, *(other for other in _INSTEAD if other != family))
        return min(choices, key=lambda choice: self.lacking(text, choice))

    def lacking(self, text: str, family: int) -> int:
        """How many characters the browser would have to take from the system's fonts."""
        faces = self._faces(family)
        return sum(
            not any(ord(c) in face.characters for face in faces)
            and not (family == EXCALIFONT and _hand_drawn(c))
            for c in set(unicodedata.normalize("NFC", text))
            if not c.isspace() and unicodedata.category(c) not in _WIDTHLESS
        )

    def _measure_em(self, text: str, family: int) -> float:
        line = unicodedata.normalize("NFC", text.replace("\t", " " * 8))
        faces = self._faces(family)
        with self._lock:
            return sum(
                face.advance(run) if face else sum(map(_fallback_em, run))
                for face, run in _runs(line, faces)
            )

    def _faces(self, family: int) -> tuple[_Face, ...]:
        with self._lock:
            if family not in self._families:
                self._families[family] = _load(_FONTS / _FOLDERS[family])
            return self._families[family]


def _load(folder: Path) -> tuple[_Face, ...]:
    """The faces of a family, Latin first: it wins where subsets overlap."""
    faces = [_load_face(path) for path in sorted(folder.glob("*.woff2"))]
    latin = set(map(ord, "aez09 .,"))
    return tuple(sorted(faces, key=lambda face: -len(face.characters & latin)))


def _load_face(path: Path) -> _Face:
    source = TTFont(path)
    characters = frozenset(source.getBestCmap() or ())
    source.flavor = None
    plain = io.BytesIO()
    source.save(plain)
    face = hb.Face(plain.getvalue())
    return _Face(hb.Font(face), characters, face.upem)


def _runs(text: str, faces: tuple[_Face, ...]) -> Iterator[tuple[_Face | None, str]]:
    """Stretches of text that one face can draw; None where no face has the character."""
    run, current = "", None
    for character in text:
        code = ord(character)
        face = next((face for face in faces if code in face.characters), None)
        if run and face is not current:
            yield current, run
            run = ""
        run, current = run + character, face
    if run:
        yield current, run


def _hand_drawn(character: str) -> bool:
    """Whether Xiaolai has it, from which the editor takes what Excalifont lacks."""
    return unicodedata.east_asian_width(character) in "WF" and ord(character) < _EMOJI


def _fallback_em(character: str) -> float:
    """Xiaolai's characters are square; the rest depends on the system, so this errs on the wide
    side."""
    if unicodedata.category(character) in _WIDTHLESS:
        return 0.0
    if ord(character) >= _EMOJI:
        return _EMOJI_EM
    if 0xAC00 <= ord(character) <= 0xD7A3:
        return _HANGUL_EM
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN_EM
