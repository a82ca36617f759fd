"""An SVG of ours as a PNG picture: resvg in a process of its own, with the editor's fonts."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from app.adapters.svg_fonts import FAMILIES, family_files
from app.domain.errors import Unavailable

ROOT = Path(__file__).parent.parent.parent
SCALE = 2.0  # pixels for each px of the drawing, as on a sharp screen
MAX_SIDE = 8_192
MAX_PIXELS = 16_000_000
TIMEOUT_S = 20.0
AT_ONCE = 2
_REGULAR = 400
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_SIZE = re.compile(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class _Unpacked:
    """The browser's compressed fonts as the plain files that resvg reads."""

    files: tuple[str, ...]
    characters: frozenset[int]


class Rasterizer:
    """Unpacks the fonts when the first picture is asked for. Thread-safe. Drawing happens in
    another process: it would stop all threads of this one, and can be ended there."""

    def __init__(self) -> None:
        self._fonts: _Unpacked | None = None
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def to_png(self, svg: str, scale: float = SCALE) -> bytes:
        """The picture of an SVG of ours, `scale` pixels for each px. A large one is scaled down,
        so that none has more than MAX_PIXELS. Raises Unavailable if it takes too long or fails."""
        with self._lock:
            fonts = self._fonts = self._fonts or self._unpack()
        size = _SIZE.search(svg)
        options = {
            "zoom": fitting(float(size[1]), float(size[2]), scale) if size else 1.0,
            "font_files": _ordered(fonts, svg),
            # Reading the system's fonts takes time: only for scripts that ours do not have.
            "skip_system_fonts": fonts.characters.issuperset(map(ord, set(svg))),
            "font_family": FAMILIES["Nunito"],
            "cursive_family": FAMILIES["Excalifont"],
            "sans_serif_family": FAMILIES["Nunito"],
            "monospace_family": FAMILIES["ComicShanns"],
        }
        if not self._turns.acquire(timeout=TIMEOUT_S):
            raise Unavailable("Too many pictures are being made. Try again shortly.")
        try:
            return _run(json.dumps(options).encode() + b"\n" + svg.encode())
        finally:
            self._turns.release()

    def _unpack(self) -> _Unpacked:
        """Into a folder that goes with this object, at the latest with the process."""
        folder = Path(tempfile.mkdtemp(prefix="collabcanvas-fonts-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        files: list[str] = []
        characters = {ord("\n")}
        for name, font in _faces():
            path = folder / f"{len(files):02}-{name}.ttf"
            characters.update(font.getBestCmap() or ())
            font.save(path)
            files.append(str(path))
        return _Unpacked(tuple(files), frozenset(characters))


def _run(question: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.adapters.raster_process"],
            input=question,
            capture_output=True,
            check=True,
            timeout=TIMEOUT_S,
            cwd=ROOT,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable("The picture could not be made. Export as SVG instead.") from error
    return done.stdout


def _ordered(fonts: _Unpacked, svg: str) -> list[str]:
    """The files, those of the drawing's own families first: a script that a family has in another
    file is looked for in this order."""
    used = {name for name, family in FAMILIES.items() if f'font-family="{family}' in svg}
    return sorted(fonts.files, key=lambda file: Path(file).stem[3:] not in used)


def fitting(width: float, height: float, scale: float) -> float:
    """The scale, or the largest smaller one at which the picture stays within its bounds."""
    sides = max(width, 1), max(height, 1)
    return min(scale, MAX_SIDE / max(sides), sqrt(MAX_PIXELS / (sides[0] * sides[1])))


def _faces() -> Iterator[tuple[str, TTFont]]:
    """Every subset under the family's name in the SVG; Latin first, since of two faces that match
    equally the first one wins."""
    for name, family in FAMILIES.items():
        for font in family_files(name):
            font.flavor = None
            weight: Any = font["OS/2"]
            weight.usWeightClass = _REGULAR
            for record in font["name"].names:
                if record.nameID in (_FAMILY, _TYPOGRAPHIC_FAMILY):
                    record.string = family
            yield name, font
