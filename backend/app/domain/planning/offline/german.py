"""German edit commands, said in the English that the grammar reads. Names stay as they are."""

import re

_COLORS = {
    "rot": "red", "blau": "blue", "gr\u00fcn": "green", "gelb": "yellow", "orange": "orange",
    "lila": "violet", "violett": "violet", "rosa": "pink", "grau": "gray", "schwarz": "black",
}  # fmt: skip
_SIDES = {"unter": "under", "\u00fcber": "above", "links von": "left of", "rechts von": "right of"}
_SIZES = {
    "gr\u00f6\u00dfer": "bigger", "kleiner": "smaller", "breiter": "wider",
    "schmaler": "narrower", "h\u00f6her": "taller", "flacher": "shorter",
}  # fmt: skip
_SIZE = "|".join(_SIZES)
_COLOR = "|".join(_COLORS)
_SIDE = "|".join(_SIDES)
_NAME = r".{1,120}?"  # bounded, or a long text with many of the words between takes seconds
_ARTICLE = r"(?:(?:eine[nms]?|ein|den|die|das)\s+)?"
_COMMANDS = (
    (
        rf"f\u00fcge?\s+{_ARTICLE}(?P<a>{_NAME})\s+zwischen\s+(?P<b>{_NAME})\s+und\s+(?P<c>{_NAME})\s+(?:ein|hinzu)",
        "add {a} between {b} and {c}",
    ),
    (rf"f\u00fcge?\s+{_ARTICLE}(?P<a>{_NAME})\s+(?:ein|hinzu)", "add {a}"),
    (
        rf"benenne?\s+{_ARTICLE}(?P<a>{_NAME})\s+(?:in|zu)\s+(?P<b>{_NAME})\s+um",
        "rename {a} to {b}",
    ),
    (rf"(?:l\u00f6sche?|entferne?)\s+{_ARTICLE}(?P<a>.+)", "delete {a}"),
    (
        rf"verbinde?\s+{_ARTICLE}(?P<a>{_NAME})\s+(?:mit|und)\s+{_ARTICLE}(?P<b>.+)",
        "connect {a} to {b}",
    ),
    (
        rf"(?:mache?|f\u00e4rbe?)\s+{_ARTICLE}(?P<a>{_NAME})\s+(?P<color>{_COLOR})(?:\s+ein)?",
        "make {a} {color}",
    ),
    (
        rf"(?:verschiebe?|setze?|stelle?)\s+{_ARTICLE}(?P<a>{_NAME})\s+(?P<side>{_SIDE})\s+(?P<b>.+)",
        "move {a} {side} {b}",
    ),
    (
        rf"(?:ver)?tausche?\s+{_ARTICLE}(?P<a>{_NAME})\s+(?:und|mit|gegen)\s+{_ARTICLE}(?P<b>.+)",
        "swap {a} and {b}",
    ),
    (rf"(?:dupliziere?|kopiere?)\s+{_ARTICLE}(?P<a>.+)", "duplicate {a}"),
    (
        rf"mache?\s+{_ARTICLE}(?P<a>{_NAME})\s+(?P<more>{_SIZE})",
        "make {a} {more}",
    ),
    (r"r\u00e4ume?(?:\s+(?:das|alles|die\s+zeichnung))?\s+auf|aufr\u00e4umen", "tidy up"),
)
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _COMMANDS)


def in_english(command: str) -> str:
    """The command in English if it is a German one, else as it is."""
    for pattern, said in _KNOWN:
        match = pattern.fullmatch(command.removeprefix("Bitte ").removeprefix("bitte "))
        if match:
            parts = match.groupdict()
            parts["color"] = _COLORS.get((parts.get("color") or "").lower())
            parts["more"] = _SIZES.get((parts.get("more") or "").lower())
            parts["side"] = _SIDES.get((parts.get("side") or "").lower())
            return said.format(**parts)
    return command
