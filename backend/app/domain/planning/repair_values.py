"""Coerces what a model wrote into what the plan schema allows: texts, names, enums, lists."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast, get_args

from app.domain.planning.lexicon import COLORS
from app.domain.planning.plan import Color, Direction, LineStyle, Shape, Side

V = TypeVar("V")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DIRECTIONS = {
    "td": "down", "tb": "down", "top-down": "down", "vertical": "down", "top_to_bottom": "down",
    "lr": "right", "left-right": "right", "horizontal": "right", "left_to_right": "right",
    "rl": "left", "right-left": "left", "bt": "up", "bottom-up": "up",
}  # fmt: skip
_SHAPES = {
    "rect": "rectangle", "box": "rectangle", "square": "rectangle", "round": "rectangle",
    "rounded": "rectangle", "roundrect": "rectangle", "process": "rectangle", "card": "rectangle",
    "database": "rectangle", "cylinder": "rectangle", "class": "rectangle", "entity": "rectangle",
    "circle": "ellipse", "oval": "ellipse", "start": "ellipse", "end": "ellipse",
    "terminal": "ellipse", "terminator": "ellipse", "stadium": "ellipse", "pill": "ellipse",
    "rhombus": "diamond", "decision": "diamond", "condition": "diamond", "sticky": "note",
    "sticky_note": "note", "stickynote": "note", "postit": "note", "label": "text",
    "heading": "text", "title": "text",
}  # fmt: skip
_LINES = {"dash": "dashed", "dot": "dotted", "normal": "solid", "thick": "solid"}
_SIDES = {
    "under": "below", "down": "below", "bottom": "below", "beneath": "below", "top": "above",
    "up": "above", "over": "above",
}  # fmt: skip
DIRECTIONS: Mapping[str, Direction] = {
    **{k: k for k in get_args(Direction)}, **cast(dict[str, Direction], _DIRECTIONS)
}  # fmt: skip
SHAPES: Mapping[str, Shape] = {**{k: k for k in get_args(Shape)}, **cast(dict[str, Shape], _SHAPES)}
COLOR_WORDS: Mapping[str, Color] = {
    **{k: k for k in get_args(Color)}, **COLORS
}  # fmt: skip
LINES: Mapping[str, LineStyle] = {
    **{k: k for k in get_args(LineStyle)},
    **cast(dict[str, LineStyle], _LINES),
}
SIDES: Mapping[str, Side] = {**{k: k for k in get_args(Side)}, **cast(dict[str, Side], _SIDES)}


class Remarks:
    """What was repaired, gathered so that each kind of fault is one sentence."""

    def __init__(self) -> None:
        self._unknown: dict[str, None] = {}
        self._sentences: dict[str, None] = {}
        self._dropped: dict[str, int] = {}

    def unknown(self, keys: object) -> None:
        self._unknown.update({text(name)[:40]: None for name in cast(list[Any], keys)})

    def say(self, sentence: str) -> None:
        self._sentences[sentence] = None

    def drop(self, what: str) -> None:
        self._dropped[what] = self._dropped.get(what, 0) + 1

    def sentences(self) -> list[str]:
        found = list(self._sentences)[:20]
        found += [
            f"{count} {what}{'s' if count != 1 else ''} left out because of unknown ends or values."
            for what, count in self._dropped.items()
        ]
        if self._unknown:
            names = ", ".join(list(self._unknown)[:8])
            found.append(f"Unknown fields were ignored: {names}.")
        return found


def text(value: Any, limit: int = 400) -> str:
    """Any scalar as a label without control characters; lists line by line; else empty."""
    if isinstance(value, str):
        found = value
    elif isinstance(value, bool) or value is None:
        found = ""
    elif isinstance(value, int | float):
        found = str(value)
    elif isinstance(value, list):
        found = "\n".join(text(item, limit) for item in value[:20])
    else:
        found = ""
    found = _CONTROL.sub("", found.replace("\r\n", "\n").replace("\t", " "))
    return found if len(found) <= limit else found[: limit - 1] + "\u2026"


def ref(value: Any) -> str:
    """A name for a part, at most 80 characters; empty if the value is none."""
    if isinstance(value, dict):
        value = value.get("id", value.get("label"))
    return text(value, 4_000).strip()[:80].strip()


def refs(value: Any) -> list[str]:
    found = [ref(item) for item in value] if isinstance(value, list) else [ref(value)]
    return list(dict.fromkeys(name for name in found if name))


def first(part: Mapping[str, Any], *names: str) -> Any:
    """The value of the first of these keys that is there and not null."""
    return next((part[name] for name in names if part.get(name) is not None), None)


def choose(table: Mapping[str, V], value: Any) -> V | None:
    return table.get(value.strip().casefold()) if isinstance(value, str) else None


def whole(value: Any, limit: int) -> int | None:
    """A whole number from 0 to limit, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = int(value)
    return number if number == value and 0 <= number <= limit else None


def objects(value: Any) -> list[dict[str, Any]]:
    """A list of objects from a list, or from a mapping of ids to objects or labels."""
    if isinstance(value, dict):
        pairs = [(k, v if isinstance(v, dict) else {"label": v}) for k, v in value.items()]
        return [{"id": name, **part} for name, part in pairs]
    if not isinstance(value, list):
        return []
    return [
        item if isinstance(item, dict) else {"id": item, "label": item}
        for item in value
        if isinstance(item, dict | str | int)
    ]
