"""Words of shapes, wrapped and written where the editor would put them."""

from typing import Any

from app.domain.layout.geometry import Rect
from app.domain.layout.sizing import room
from app.domain.layout.text import Block, Font, balanced
from app.domain.scene.editing import Editing
from app.domain.scene.elements import neat, rect_of


def wrapped(edit: Editing, text: dict[str, Any], words: str, width: float) -> Block:
    font = Font(text["fontFamily"], text["fontSize"])
    return balanced(words, font, edit.tools.measure, width)


def write_words(text: dict[str, Any], label: Block, container: dict[str, Any] | None) -> None:
    width = label.width
    if container is None:
        place = Rect(text["x"], text["y"], width, label.height)
    else:
        inner = room(container["type"], rect_of(container))
        shares = {"left": 0.0, "top": 0.0, "right": 1.0, "bottom": 1.0}
        across, down = shares.get(text["textAlign"], 0.5), shares.get(text["verticalAlign"], 0.5)
        x = inner.x + (inner.width - width) * across
        y = inner.y + (inner.height - label.height) * down
        place = Rect(x, y, width, label.height)
    text |= {"text": label.text, "originalText": label.source, "autoResize": True, **box(place)}
    if text["fontFamily"] != label.font.family:  # the old one lacks some of the characters
        text |= {"fontFamily": label.font.family, "lineHeight": label.font.line_height}


def box(rect: Rect) -> dict[str, float]:
    return {
        "x": neat(rect.x),
        "y": neat(rect.y),
        "width": neat(rect.width),
        "height": neat(rect.height),
    }
