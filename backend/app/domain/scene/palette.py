"""Colors: the editor's own palette by hue and shade, the color schemes, and contrast."""

from collections.abc import Mapping
from dataclasses import dataclass

CANVAS = "#ffffff"
INK, PAPER = "#1e1e1e", "#ffffff"
READABLE = 4.5  # WCAG contrast for text

# Ten shades a hue, light to dark; the editor's color picker offers these.
_SHADES = {
    "gray": "f8f9fa f1f3f5 e9ecef dee2e6 ced4da adb5bd 868e96 495057 343a40 212529",
    "red": "fff5f5 ffe3e3 ffc9c9 ffa8a8 ff8787 ff6b6b fa5252 f03e3e e03131 c92a2a",
    "pink": "fff0f6 ffdeeb fcc2d7 faa2c1 f783ac f06595 e64980 d6336c c2255c a61e4d",
    "violet": "f3f0ff e5dbff d0bfff b197fc 9775fa 845ef7 7950f2 7048e8 6741d9 5f3dc4",
    "blue": "e7f5ff d0ebff a5d8ff 74c0fc 4dabf7 339af0 228be6 1c7ed6 1971c2 1864ab",
    "teal": "e6fcf5 c3fae8 96f2d7 63e6be 38d9a9 20c997 12b886 0ca678 099268 087f5b",
    "green": "ebfbee d3f9d8 b2f2bb 8ce99a 69db7c 51cf66 40c057 37b24d 2f9e44 2b8a3e",
    "yellow": "fff9db fff3bf ffec99 ffe066 ffd43b fcc419 fab005 f59f00 f08c00 e67700",
    "orange": "fff4e6 ffe8cc ffd8a8 ffc078 ffa94d ff922b fd7e14 f76707 e8590c d9480f",
}
PALETTE = {hue: tuple("#" + shade for shade in line.split()) for hue, line in _SHADES.items()}
HUES = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "pink", "gray")


@dataclass(frozen=True)
class Scheme:
    """Shades (0-9) for the fill, outline and solid of any hue, and the hue of each role.

    `cycle` colors branches, columns and groups one after the other.
    """

    name: str
    fill: int
    line: int
    solid: int
    area: int
    roles: Mapping[str, str]
    cycle: tuple[str, ...]

    def hue(self, color: str, role: str) -> str:
        """The hue to draw with: the one asked for, else the role's, else the first role's."""
        if self.name == "monochrome":
            return "gray"
        if color == "black":
            return "gray"
        if color in PALETTE:
            return color
        return self.roles.get(role, self.roles["step"])


def _roles(step: str, decision: str, end: str, note: str, header: str) -> dict[str, str]:
    return {
        "step": step, "decision": decision, "end": end, "note": note, "header": header,
        "area": "gray", "marker": header,
    }  # fmt: skip


SCHEMES: dict[str, Scheme] = {
    "default": Scheme(
        "default", 1, 8, 9, 0,
        _roles("blue", "yellow", "green", "yellow", "blue"),
        ("blue", "green", "orange", "violet", "teal", "pink", "yellow", "red"),
    ),
    "pastel": Scheme(
        "pastel", 1, 4, 2, 0,
        _roles("violet", "orange", "teal", "yellow", "pink"),
        ("pink", "violet", "teal", "orange", "blue", "green", "yellow", "red"),
    ),
    "vibrant": Scheme(
        "vibrant", 4, 9, 8, 0,
        _roles("teal", "yellow", "pink", "orange", "violet"),
        ("violet", "teal", "orange", "pink", "blue", "yellow", "green", "red"),
    ),
    "monochrome": Scheme(
        "monochrome", 1, 8, 8, 0,
        _roles("gray", "gray", "gray", "gray", "gray"),
        ("gray",),
    ),
}  # fmt: skip


def luminance(color: str) -> float:
    """WCAG relative luminance of "#rrggbb"."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def in_dark(color: str) -> str:
    """What "#rrggbb" looks like in the editor's dark theme, which puts the filter
    `invert(93%) hue-rotate(180deg)` over the canvas."""
    r, g, b = (0.93 - 0.86 * int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    turned = (
        -0.574 * r + 1.430 * g + 0.144 * b,
        0.426 * r + 0.430 * g + 0.144 * b,
        0.426 * r + 1.430 * g - 0.856 * b,
    )
    return "#" + "".join(f"{round(min(max(share, 0.0), 1.0) * 255):02x}" for share in turned)


def readable_in_dark(ink: str, fill: str) -> bool:
    """Whether words can be read on the fill in the dark theme too: its middle tones come closer
    to each other there."""
    return contrast(in_dark(ink), in_dark(fill)) >= READABLE


def rgb(color: str) -> str | None:
    """The color as "#rrggbb", None for transparent and for what is not written in hex."""
    if len(color) == 4 and color.startswith("#"):
        color = "#" + "".join(c * 2 for c in color[1:])
    if len(color) in (7, 9) and color.startswith("#"):
        try:
            int(color[1:], 16)
        except ValueError:
            return None
        return None if color[7:] == "00" else color[:7].lower()
    return {"black": "#000000", "white": "#ffffff"}.get(color)


def darkened(color: str, background: str = PAPER, least: float = READABLE) -> str:
    """The color itself or, in small steps, a darker one until it is readable on `background`."""
    while contrast(color, background) < least and color != "#000000":
        color = "#" + "".join(f"{int(int(color[i : i + 2], 16) * 0.94):02x}" for i in (1, 3, 5))
    return color


def ink_on(fill: str | None) -> str:
    """A text color that is readable on the fill (None: on the bare canvas)."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, fill or CANVAS))


def nearest_hue(color: str) -> str:
    """The name of the hue that a person would call this color."""
    value = rgb(color)
    if value is None:
        return "default"
    exact = next((hue for hue, shades in PALETTE.items() if value in shades), None)
    if exact:
        return exact
    r, g, b = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    if max(r, g, b) - min(r, g, b) < 24:
        return "black" if max(r, g, b) < 64 else "gray"

    def distance(hue: str) -> int:
        return min(
            sum((int(s[i : i + 2], 16) - c) ** 2 for i, c in ((1, r), (3, g), (5, b)))
            for s in PALETTE[hue]
        )

    return min((hue for hue in HUES if hue != "gray"), key=distance)
