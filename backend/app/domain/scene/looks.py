"""How drawings look: four styles (fonts, lines, corners, fills) times four color schemes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain.layout.text import Font
from app.domain.scene.palette import (
    CANVAS,
    INK,
    PALETTE,
    PAPER,
    READABLE,
    SCHEMES,
    Scheme,
    contrast,
    darkened,
    ink_on,
    readable_in_dark,
)

STYLES = ("modern", "corporate", "creative", "minimal")
COLOR_SCHEMES = tuple(SCHEMES)
Fill = Literal["tint", "solid", "hachure", "none"]
_HATCHING = 3  # the darkest shade that words can be read on
EXCALIFONT, NUNITO, LILITA, COMIC_SHANNS = 5, 6, 7, 8


@dataclass(frozen=True)
class Paint:
    """Colors and lines of one shape and the text in it."""

    stroke: str
    background: str
    ink: str
    fill_style: str = "solid"
    stroke_style: str = "solid"
    stroke_width: float = 1


@dataclass(frozen=True)
class Look:
    """One style in one color scheme."""

    style: str
    scheme: Scheme
    family: int
    title_family: int
    fill: Fill
    roughness: int
    rounded: bool
    stroke_width: float
    line_width: float
    arrowhead: str

    @property
    def body(self) -> Font:
        return Font(self.family, 20)

    @property
    def small(self) -> Font:
        return Font(self.family, 16)

    @property
    def title(self) -> Font:
        return Font(self.title_family, 28)

    def shape(self, color: str = "default", role: str = "step") -> Paint:
        """A node. Roles: step, decision, end, note, header, marker."""
        hue = self.scheme.hue(color, role)
        shades = PALETTE[hue]
        line = shades[9] if color == "black" else shades[self.scheme.line]
        if role == "note":
            return self._filled(_tint(shades, 2 if self.scheme.fill < 4 else 4), line, "solid")
        if role == "card" and self.fill != "none":
            return self._filled(PAPER, line, "solid")
        if role in ("header", "marker") and self.fill != "hachure":
            solid = shades[self.scheme.solid]
            return self._filled(darkened(solid) if self.scheme.solid > 4 else solid, line, "solid")
        if self.fill == "none":
            stroke = shades[9] if self.scheme.line > 4 else shades[6]
            return Paint(stroke, "transparent", ink_on(None), stroke_width=self.stroke_width)
        if self.fill == "solid":
            solid = shades[self.scheme.solid]
            solid = darkened(solid) if self.scheme.solid > 4 else solid
            return self._filled(solid, solid if self.scheme.solid > 4 else line, "solid")
        shade = self.scheme.fill + (1 if self.fill == "hachure" else 0)
        if self.fill == "hachure":  # lines as dark as a solid fill would strike the words out
            return self._filled(_tint(shades, min(shade, _HATCHING)), line, "hachure")
        return self._filled(_tint(shades, min(shade, 4)), line, "solid")

    def area(self, color: str = "default", depth: int = 0) -> Paint:
        """A region behind shapes: hardly more than paper."""
        shades = PALETTE[self.scheme.hue(color, "area")]
        fill = "transparent" if self.fill == "none" or depth % 2 else shades[self.scheme.area]
        dashed = "dashed" if self.fill in ("none", "hachure") else "solid"
        ink = darkened(shades[9], shades[1], READABLE)
        return Paint(shades[5 if self.fill == "none" else 4], fill, ink, "solid", dashed, 1)

    def line(self, color: str = "default", style: str = "solid") -> Paint:
        """A connector and its label, on the bare canvas or a region."""
        if color == "default":
            stroke = PALETTE["gray"][8 if self.fill in ("none", "solid") else 7]
        else:
            hue = self.scheme.hue(color, "step")
            stroke = PALETTE[hue][9 if self.scheme.line > 4 or color == "black" else 6]
        ink = darkened(stroke, PALETTE["gray"][1])
        return Paint(stroke, "transparent", ink, "solid", style, self.line_width)

    def _filled(self, fill: str, stroke: str, fill_style: str) -> Paint:
        return Paint(stroke, fill, ink_on(fill), fill_style, stroke_width=self.stroke_width)


def _tint(shades: Sequence[str], most: int) -> str:
    """The strongest of these shades that words can be read on in the light and in the dark."""
    fits = (shades[k] for k in range(most, 0, -1) if readable_in_dark(INK, shades[k]))
    return next(fits, shades[0])


_BASES: dict[str, tuple[int, int, Fill, int, bool, float, float, str]] = {
    # font, title font, fill, roughness, rounded, outline, connector, arrowhead
    "modern": (NUNITO, NUNITO, "tint", 0, True, 2, 2, "triangle"),
    "corporate": (NUNITO, LILITA, "solid", 0, False, 1, 1, "triangle"),
    "creative": (EXCALIFONT, EXCALIFONT, "hachure", 1, True, 2, 2, "arrow"),
    "minimal": (COMIC_SHANNS, COMIC_SHANNS, "none", 0, False, 1, 1, "arrow"),
}


def look(style: str, color_scheme: str) -> Look:
    """Raises KeyError for a style or scheme that does not exist."""
    return Look(style, SCHEMES[color_scheme], *_BASES[style])


def readable(paint: Paint) -> bool:
    background = CANVAS if paint.background == "transparent" else paint.background
    return contrast(paint.ink, background) >= READABLE
