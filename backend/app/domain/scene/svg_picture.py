"""Pictures in an SVG: embedded, cropped and turned over as the editor shows them."""

from collections.abc import Mapping
from html import escape
from typing import Any

from app.domain.scene.elements import rect_of


def picture(element: Mapping[str, Any], address: str) -> str:
    """The picture at a data address, stretched over the element's place."""
    rect = rect_of(element)
    place = _box(rect.x, rect.y, rect.width, rect.height)
    source = f'preserveAspectRatio="none" href="{escape(address)}"/>'
    crop = element.get("crop")
    if crop and crop["width"] > 0 and crop["height"] > 0:
        part = " ".join(_n(crop[name]) for name in ("x", "y", "width", "height"))
        whole = _box(0, 0, crop["naturalWidth"], crop["naturalHeight"])
        image = f"<image {whole} {source}"
        drawn = f'<svg {place} viewBox="{part}" preserveAspectRatio="none">{image}</svg>'
    else:
        drawn = f"<image {place} {source}"
    across, down = (-1 if factor < 0 else 1 for factor in element.get("scale") or (1, 1))
    if across > 0 and down > 0:
        return drawn
    x, y = rect.center
    move = f"{_n(x - across * x)} {_n(y - down * y)}"
    return f'<g transform="translate({move}) scale({across} {down})">{drawn}</g>'


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
