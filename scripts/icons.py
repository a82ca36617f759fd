"""Draw the PNG icons of the client again from its one drawing, favicon.svg.

usage: icons.py
"""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import resvg_py

PUBLIC = Path(__file__).resolve().parent.parent / "frontend" / "public"
SVG = "{http://www.w3.org/2000/svg}"
# Systems cut maskable icons to their own shape: the drawing keeps to the middle 80 per cent.
SAFE = 0.8


def _full_bleed(drawing: str, scale: float) -> str:
    """The background up to the edges, without round corners, and the rest of it that large."""
    ET.register_namespace("", SVG.strip("{}"))
    root = ET.fromstring(drawing)  # noqa: S314 - our own file
    size = float(root.attrib["viewBox"].split()[2])
    background, *shapes = list(root)
    del background.attrib["rx"]
    margin = size * (1 - scale) / 2
    group = ET.Element(f"{SVG}g", transform=f"translate({margin} {margin}) scale({scale})")
    for shape in shapes:
        root.remove(shape)
        group.append(shape)
    root.append(group)
    return ET.tostring(root, encoding="unicode")


def main() -> int:
    drawing = (PUBLIC / "favicon.svg").read_text(encoding="utf-8")
    icons = {
        "icon-192.png": (drawing, 192),
        "icon-512.png": (drawing, 512),
        "icon-maskable-512.png": (_full_bleed(drawing, SAFE), 512),
        "apple-touch-icon.png": (_full_bleed(drawing, 1), 180),
    }
    for name, (svg, size) in icons.items():
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))
        (PUBLIC / name).write_bytes(png)
    return 0


if __name__ == "__main__":
    sys.exit(main())
