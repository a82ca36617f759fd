"""German edit commands, said in the English that the grammar reads. Names stay as they are."""

# ruff: noqa: E501 - a pattern stands on one line

import re
from collections.abc import Callable

_COLORS = {
    "rot": "red", "blau": "blue", "gr\u00fcn": "green", "gelb": "yellow", "orange": "orange",
    "lila": "violet", "violett": "violet", "rosa": "pink", "grau": "gray", "schwarz": "black",
}  # fmt: skip
_SIDES = {
    "rechts neben": "right of", "links neben": "left of", "unterhalb von": "below", "oberhalb von": "above",
    "neben": "next to", "unter": "under", "\u00fcber": "above", "links von": "left of", "rechts von": "right of",
}  # fmt: skip
_SIZES = {
    "gr\u00f6\u00dfer": "bigger", "kleiner": "smaller", "breiter": "wider",
    "schmaler": "narrower", "h\u00f6her": "taller", "flacher": "shorter",
}  # fmt: skip
_SIZE = "|".join(_SIZES)
_COLOR = "|".join(_COLORS)
_SIDE = "|".join(_SIDES)
_NAME = r".{1,120}?"  # bounded, or a long text with many of the words between takes seconds
_A = r"(?:(?:eine[nmrs]?|ein|den|die|das)\s+)?(?:(?:neuen?|neues)\s+)?"
_THE = r"(?:(?:der|die|das|den|dem|des|eine[nmrs]?|ein)\s+)?"
_CARD = r"(?:(?:die|eine|der|einen|den)\s+(?:neue\s+)?(?:karten?|aufgaben?|punkte?)\s+)?"
_EDGE = "rechts|links|oben|unten|ganz rechts|ganz links"
_EDGES = {
    "rechts": "on the right", "links": "on the left", "oben": "at the top",
    "unten": "at the bottom",
}  # fmt: skip
_COMMANDS = (
    (
        rf"(?:f\u00fcge?|h\u00e4nge?|klebe?|schreibe?)\s+(?:eine|die)\s+(?:gelbe\s+)?(?:notiz|haftnotiz)\s+(?P<a>[\"\u201e\u201c].+?[\"\u201c\u201d])\s+(?:bei|an|neben|zu|zur|zum|unter)\s+{_THE}(?P<b>{_NAME})(?:\s+(?:ein|hinzu|an|dran))?",
        "add a note {a} near {b}",
    ),
    (
        r"f\u00fcge?\s+(?:eine|die)\s+(?:gelbe\s+)?(?:notiz|haftnotiz)\s+(?P<a>[\"\u201e\u201c].+?[\"\u201c\u201d])\s+(?:ein|hinzu)",
        "add a note {a}",
    ),
    (
        rf"f\u00fcge?\s+zwischen\s+{_THE}(?P<b>{_NAME})\s+und\s+{_THE}(?P<c>{_NAME})\s+{_A}(?P<a>{_NAME})\s+(?:ein|hinzu)",
        "add {a} between {b} and {c}",
    ),
    (
        rf"f\u00fcge?\s+{_A}(?P<a>{_NAME})\s+zwischen\s+{_THE}(?P<b>{_NAME})\s+und\s+{_THE}(?P<c>{_NAME})\s+(?:ein|hinzu)",
        "add {a} between {b} and {c}",
    ),
    (
        rf"f\u00fcge?\s+(?:in|bei|zu|zur|zum)?\s*{_THE}(?P<b>{_NAME})\s+(?:eine|die)\s+(?:neue\s+)?spalte\s+(?P<a>{_NAME})(?:\s+nach\s+(?P<c>{_NAME}))?\s+(?:ein|hinzu)(?:\s*,?\s+nach\s+(?P<d>.+))?",
        "add column {a} to {b}",
    ),
    (
        rf"f\u00fcge?\s+(?:eine|die)\s+(?:neue\s+)?spalte\s+(?P<a>{_NAME})\s+(?:zu|zur|zum|in|bei)\s+{_THE}(?P<b>{_NAME})\s+(?:ein|hinzu)(?:\s*,?\s+nach\s+(?P<d>.+))?",
        "add column {a} to {b}",
    ),
    (
        rf"f\u00fcge?\s+(?:eine|die)\s+(?:neue\s+)?spalte\s+(?P<a>{_NAME})(?:\s+nach\s+(?P<d>{_NAME}))?\s+(?:ein|hinzu)",
        "add a column {a}",
    ),
    (
        rf"f\u00fcge?\s+(?:einen|den)\s+(?:neuen\s+)?teilnehmer\s+(?P<a>{_NAME})(?:\s+(?P<side>rechts|links))?\s+(?:ein|hinzu)",
        "add a participant {a}",
    ),
    (
        rf"f\u00fcge?\s+{_A}(?P<a>{_NAME})\s+nach\s+{_THE}(?P<b>{_NAME})\s+(?:ein|hinzu)",
        "add {a} after {b}",
    ),
    (
        rf"f\u00fcge?\s+nach\s+{_THE}(?P<b>{_NAME})\s+{_A}(?P<a>{_NAME})\s+(?:ein|hinzu)",
        "add {a} after {b}",
    ),
    (
        rf"f\u00fcge?\s+{_A}(?P<a>{_NAME})\s+vor\s+{_THE}(?P<b>{_NAME})\s+(?:ein|hinzu)",
        "add {a} before {b}",
    ),
    (
        rf"f\u00fcge?\s+{_A}(?P<a>{_NAME})\s+(?P<side>{_SIDE})\s+{_THE}(?P<b>{_NAME})\s+(?:ein|hinzu)",
        "add {a} {side} {b}",
    ),
    (
        rf"f\u00fcge?\s+(?:in|bei|unter|zu|zur|zum)\s+{_THE}(?P<b>{_NAME})\s+{_CARD}{_A}(?P<a>{_NAME})\s+(?:ein|hinzu)",
        "add {a} to {b}",
    ),
    (
        rf"f\u00fcge?\s+{_CARD}{_A}(?P<a>{_NAME})\s+(?:in|bei|zu|zur|zum)\s+{_THE}(?P<b>{_NAME})\s+(?:ein|hinzu)",
        "add {a} to {b}",
    ),
    (rf"f\u00fcge?\s+{_A}(?P<a>{_NAME})\s+(?:ein|hinzu)", "add {a}"),
    (rf"benenne?\s+{_THE}(?P<a>{_NAME})\s+(?:in|zu)\s+(?P<b>{_NAME})\s+um", "rename {a} to {b}"),
    (
        rf"nenne?\s+{_THE}(?P<a>[^\s\"\u201e]+|[\"\u201e].+?[\"\u201c])\s+(?P<b>.+?)(?:\s+um)?",
        "rename {a} to {b}",
    ),
    (
        rf"(?:l\u00f6sche?|entferne?)\s+(?:die|den)\s+(?:spalte|zeile|feld)\s+(?P<a>{_NAME})\s+(?:aus|von|in)\s+{_THE}(?P<b>.+)",
        "delete column {a} from {b}",
    ),
    (
        rf"(?:l\u00f6sche?|entferne?)\s+(?:den\s+pfeil|die\s+verbindung)\s+(?:von|zwischen)\s+{_THE}(?P<a>{_NAME})\s+(?:zu|zur|zum|nach|und)\s+{_THE}(?P<b>.+)",
        "disconnect {a} from {b}",
    ),
    (rf"(?:l\u00f6sche?|entferne?)\s+{_THE}(?P<a>.+)", "delete {a}"),
    (
        rf"verbinde?\s+{_THE}(?P<a>{_NAME})\s+(?:mit|und)\s+{_THE}(?P<b>.+)",
        "connect {a} to {b}",
    ),
    (
        rf"(?:mache?|f\u00e4rbe?)\s+{_THE}(?P<a>{_NAME})\s+(?P<color>{_COLOR})(?:\s+ein)?",
        "make {a} {color}",
    ),
    (
        rf"(?:verschiebe?|setze?|stelle?|schiebe?|r\u00fccke?)\s+{_THE}(?P<a>{_NAME})\s+(?P<side>{_SIDE})\s+{_THE}(?P<b>.+)",
        "move {a} {side} {b}",
    ),
    (
        rf"(?:verschiebe?|setze?|stelle?|schiebe?|lege?|r\u00fccke?)\s+{_THE}(?P<a>{_NAME})\s+nach\s+(?P<edge>{_EDGE})",
        "put {a} {edge}",
    ),
    (
        rf"(?:verschiebe?|setze?|stelle?|schiebe?|lege?|ziehe?)\s+{_CARD}{_THE}(?P<a>{_NAME})\s+(?:nach|in|auf|zu)\s+{_THE}(?:spalte\s+)?(?P<b>.+)",
        "move {a} to {b}",
    ),
    (
        rf"(?:ver)?tausche?\s+{_THE}(?P<a>{_NAME})\s+(?:und|mit|gegen)\s+{_THE}(?P<b>.+)",
        "swap {a} and {b}",
    ),
    (rf"(?:dupliziere?|kopiere?)\s+{_THE}(?P<a>.+)", "duplicate {a}"),
    (rf"mache?\s+{_THE}(?P<a>{_NAME})\s+(?P<more>{_SIZE})", "make {a} {more}"),
    (
        r"(?:ordne?|lege?)(?:\s+(?:das|alles|es|die\s+zeichnung|das\s+diagramm))?\s+neu(?:\s+an)?",
        "lay it out again",
    ),
    (
        r"r\u00e4ume?(?:\s+(?:das|alles|hier|es|mal|bitte|die\s+zeichnung|das\s+diagramm|die\s+tafel))*\s+auf|(?:bitte\s+)?(?:alles\s+)?aufr\u00e4umen",
        "tidy up",
    ),
    (
        rf"{_THE}(?P<a>{_NAME})\s+berichte(?:t|n)\s+(?:jetzt\s+|nun\s+|k\u00fcnftig\s+)?an\s+{_THE}(?P<b>.+)",
        "{a} report to {b}",
    ),
)
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _COMMANDS)


_BOTH = re.compile(
    rf"f\u00fcge?\s+(?P<way>in|bei|unter|zu|zur|zum|nach|vor|neben)\s+{_THE}(?P<both>.{{3,200}}?)\s+(?:ein|hinzu)",
    re.I,
)
_INTO = ("in", "bei", "zu", "zur", "zum", "unter")
_WAYS = {"nach": "after", "vor": "before", "neben": "next to"}
_PAINTED = re.compile(rf"(?P<a>.+?)\s+(?P<color>{_COLOR})", re.IGNORECASE)


def _parted(text: str, known: Callable[[str], bool]) -> tuple[str, str] | None:
    """The longest name at the beginning, and the rest without its article."""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        rest = " ".join(words[count:])
        if known(" ".join(words[:count])) and not rest.lower().startswith(
            ("und ", "eine spalte", "die spalte")
        ):
            plain = re.sub(rf"^{_CARD}{_A}", "", rest, flags=re.IGNORECASE)
            return " ".join(words[:count]), plain or rest
    return None


def _painted(command: str) -> str:
    """ "mach A rot und B gr\u00fcn": each with its color."""
    verb = re.match(r"(?:mache?|f\u00e4rbe?)\s+", command, re.IGNORECASE)
    parts = re.split(r"\s+und\s+", command[verb.end() :]) if verb else []
    found = [_PAINTED.fullmatch(re.sub(r"\s+ein$", "", part)) for part in parts]
    if len(parts) < 2 or not found[-1]:
        return command
    said = [
        f"{re.sub('^' + _THE, '', one['a'], flags=re.IGNORECASE)} {_COLORS[one['color'].lower()]}"
        if one else re.sub("^" + _THE, "", part, flags=re.IGNORECASE)
        for one, part in zip(found, parts, strict=True)
    ]  # fmt: skip
    return "make " + " and ".join(said)


def in_english(command: str, known: Callable[[str], bool] = lambda _name: False) -> str:
    """The command in English if it is a German one, else as it is. `known` says what is a name on
    the canvas: where two names stand side by side, that tells where the first one ends."""
    plain = re.sub(r"^(?:bitte|und|dann|danach)\s+", "", command, flags=re.IGNORECASE)
    plain = re.sub(r"\s+bitte$", "", plain.strip(), flags=re.IGNORECASE)
    painted = _painted(plain)
    if painted != plain:
        return painted
    both = _BOTH.fullmatch(plain)
    if both:
        parted = _parted(both["both"], known)
        if parted:
            way = "to" if both["way"].lower() in _INTO else _WAYS.get(both["way"].lower(), "after")
            return f"add {parted[1]} {way} {parted[0]}"
    for pattern, said in _KNOWN:
        match = pattern.fullmatch(plain)
        if match:
            parts = match.groupdict()
            where = parts.get("d") or (parts.get("c") if "{c}" not in said else None)
            parts["color"] = _COLORS.get((parts.get("color") or "").lower())
            parts["more"] = _SIZES.get((parts.get("more") or "").lower())
            parts["side"] = _SIDES.get((parts.get("side") or "").lower())
            edge = (parts.get("edge") or "").lower().removeprefix("ganz ")
            parts["edge"] = _EDGES.get(edge)
            return said.format(**parts) + (f" after {where}" if where else "")
    return command
