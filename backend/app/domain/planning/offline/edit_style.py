"""Edit commands about looks and words: colour, line, outline, bold, rename."""

import re
from typing import Any

from app.domain.planning.lexicon import COLORS
from app.domain.planning.offline.edit_names import unread
from app.domain.planning.offline.shapes import SHAPES
from app.domain.planning.offline.target_words import COUNTED
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Operation, SetStyle, SetText
from app.domain.planning.text import nice, split_top, unquote

_WORDS = "|".join(sorted(COLORS, key=len, reverse=True))
_SHADE = r"(?:(?:light|dark|bright|pale|deep)[\s-]?)?"
_COLOR = re.compile(
    r"(?:make|colou?r|paint|turn|set|change|fill|mark|show|style|tint)\s+(?:the\s+(?:colou?r|background|fill)\s+of\s+)?"
    r"(?P<what>.+?)(?:['\u2019]s\s+colou?r)?\s+(?:(?:to|in|as|with|into)\s+)?(?:be\s+)?"
    rf"{_SHADE}(?P<color>{_WORDS})(?:\s+colou?r)?",
    re.IGNORECASE,
)
_PAINT = re.compile(r"(?:make|colou?r|paint|turn)\s+", re.IGNORECASE)
_PAINTED = re.compile(
    rf"(?P<what>.+?)\s+(?:(?:to|in|into)\s+)?{_SHADE}(?P<color>{_WORDS})", re.IGNORECASE
)
_COLOR_WORD = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_SHOULD = re.compile(
    rf"(?P<what>.+?)\s+(?:should|must)\s+be\s+{_SHADE}(?P<color>{_WORDS})", re.IGNORECASE
)
_HIGHLIGHT = re.compile(
    rf"(?:highlight|emphasi[sz]e)\s+(?P<what>.+?)(?:\s+(?:in|with)\s+(?P<color>{_WORDS}))?", re.I
)
_LOOK = re.compile(
    r"(?:make|turn|set|draw|change)\s+(?P<what>.+?)\s+(?:(?:to|in|as|into)\s+)?(?:be\s+)?"
    r"(?P<look>bold|dashed|dotted|solid|hachure|hatched|transparent|unfilled|filled)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?P<look>bold)\s+(?P<what>.+)", re.IGNORECASE)
_OUTLINE = re.compile(
    r"(?:make|turn|change|convert)\s+(?P<what>.+?)\s+(?:(?:in)?to\s+)?(?:an?\s+)?(?P<shape>"
    r"rectangles?|boxe?s?|squares?|circles?|round|ellipses?|ovals?|diamonds?|sticky\s+notes?|notes?|decisions?)",
    re.IGNORECASE,
)
_RENAME = (
    re.compile(
        r"(?:rename|retitle)\s+(?P<what>.+?)\s+(?:to|as|into)\s+(?P<text>.+)", re.I | re.DOTALL
    ),
    re.compile(
        r"relabel\s+(?P<what>.+?)\s+(?:to|as|with)\s+(?P<text>.+)", re.IGNORECASE | re.DOTALL
    ),
    re.compile(
        r"(?:change|set|edit|replace|update)\s+the\s+(?:text|label|name|title|caption)\s+(?:of|on|in)\s+"
        r"(?P<what>.+?)\s+(?:to|with|as)\s+(?P<text>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"(?:change|replace)\s+(?P<what>.+?)\s+(?:to|with|by|into)\s+(?P<text>.+)", re.I | re.DOTALL
    ),
    re.compile(r"(?:call|name)\s+(?P<what>it|this|the\s+copy)\s+(?P<text>.+)", re.I | re.DOTALL),
    re.compile(
        r"(?:call|name)\s+(?P<what>the\s+.+?|[\"\u201c].+?[\"\u201d])\s+(?P<text>[\"\u201c].+[\"\u201d]|\S+)",
        re.I,
    ),
)
_LOOKS: dict[str, dict[str, Any]] = {
    "bold": {"bold": True}, "dashed": {"line": "dashed"}, "dotted": {"line": "dotted"},
    "solid": {"line": "solid"}, "hachure": {"fill": "hachure"}, "hatched": {"fill": "hachure"},
    "transparent": {"fill": "none"}, "unfilled": {"fill": "none"}, "filled": {"fill": "solid"},
}  # fmt: skip


def read_style(command: str, targets: Targets) -> list[Operation] | None:
    """Operations for a command about looks or words, or None if it is none."""
    return _color(command, targets) or _look(command, targets) or _rename(command, targets)


def _colors(command: str, targets: Targets) -> list[Operation] | None:
    """ "make API and web blue and database green": a color for each part of an enumeration."""
    verb = _PAINT.match(command)
    operations: list[Operation] = []
    names: list[str] = []
    for part in split_top(command[verb.end() :], _LIST) if verb else ():
        painted = _PAINTED.fullmatch(part)
        names.append(painted["what"] if painted else part)
        if painted:
            found = [alias for name in names for alias in targets.many(name)]
            color = COLORS[painted["color"].lower()]
            operations.append(SetStyle.model_validate({"targets": found, "color": color}))
            names = []
    return operations if len(operations) > 1 and not names else None


def _color(command: str, targets: Targets) -> list[Operation] | None:
    if len(_COLOR_WORD.findall(command)) > 1 and (several := _colors(command, targets)):
        return several
    match = _COLOR.fullmatch(command) or _SHOULD.fullmatch(command) or _HIGHLIGHT.fullmatch(command)
    if not match:
        return None
    what = re.sub(r"\s+(?:be|to)$", "", match["what"])
    color = COLORS[match["color"].lower()] if match["color"] else "yellow"
    return [SetStyle.model_validate({"targets": targets.many(what), "color": color})]


def _look(command: str, targets: Targets) -> list[Operation] | None:
    match = _LOOK.fullmatch(command) or _BOLD.fullmatch(command)
    if match:
        look = _LOOKS[match["look"].lower()]
        return [SetStyle.model_validate({"targets": targets.many(match["what"]), **look})]
    match = _OUTLINE.fullmatch(command)
    if not match:
        return None
    word = re.sub(r"\s+notes?$", "", match["shape"].lower()).replace("round", "circle")
    shape = (
        SHAPES.get(word) or SHAPES.get(word.removesuffix("s")) or SHAPES[word.removesuffix("es")]
    )
    return [SetStyle.model_validate({"targets": targets.many(match["what"]), "shape": shape})]


def _rename(command: str, targets: Targets) -> list[Operation] | None:
    for pattern in _RENAME:
        match = pattern.fullmatch(command)
        if match:
            quoted = unquote(match["text"])
            if quoted is None and COUNTED.match(match["text"]):
                raise unread(command, targets.language)
            target = targets.one(match["what"])
            typed = match["text"].strip() if targets.is_edge(target) else nice(match["text"])
            text = quoted if quoted is not None else typed
            targets.renamed[target] = text[:400]
            return [SetText(target=target, text=text[:400])]
    return None
