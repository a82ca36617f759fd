"""Reads the opening of an instruction: which kind of drawing is asked for, and its title."""

import re

from app.domain.planning.kinds import PlanKinds, Source
from app.domain.planning.offline.slips import slips_in, without_command
from app.domain.planning.plan import Direction
from app.domain.planning.speech import Language
from app.domain.planning.text import nice, unquote, vocabulary

_TITLED = re.compile(r"[ \t]+(?P<title>[^\n:;,>?]{1,40}):\s+(?=\S)")
_GENERIC = frozenset(["diagram", "chart", "drawing", "picture", "graph", "graphic", "sketch"])
COMMANDS = vocabulary(
    """
    draw create make build generate show sketch design give produce render visualise visualize
    plot add insert put place need want paint
    zeichne zeichnen male malen erstelle erstellen mache mach machen zeige zeig baue bau entwirf
    skizziere visualisiere generiere stelle brauche
    dessine dessinez dessiner crée créer créez fais faites montre montrez trace génère
    dibuja dibujar crea crear haz muestra genera traza diseña
    """
)
_FILLERS = vocabulary(
    """
    please can could you i would like to want need me us up let's lets now hey hi just a an the
    my our some new kindly this as would will we want wants get have see someone anyone somebody
    bitte mir uns ein eine einen einer das den kannst könntest du sie ich möchte hätte gern gerne
    möchten wir unser unseren unsere mein meinen meine mal
    un une le la les mon ma notre peux-tu pouvez-vous je voudrais veux moi nous
    una el los las mi nuestro nuestra por favor puedes podrías me quiero necesito
    """
)
_ARTICLES = vocabulary(
    """
    a an the my our this ein eine einen das den unser unseren unsere un une le la notre una el mi
    """
)
_WORD = re.compile(r"[^\s:,;]+")
_LEADS = re.compile(
    r"\s*(?:(?:of|for|about|on|showing|that\s+shows|which\s+shows|called|named|titled|with\s+title"
    r"|with\s+the\s+title|describing|explaining|illustrating|depicting|around"
    r"|von|vom|der|des|für|über|zum|zur|einer|eines|zu|namens|de\s+la|des|du|de|pour|sur|sobre|del|para)\s+|\s+d['\u2019])",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\s*(?:with|where|in\s+which|from|containing|having|consisting\s+of|including|comparing"
    r"|mit|avec|con)\s+",
    re.I,
)
_COUNTED = re.compile(
    r"\s*(?:with|of|having|has)\s+(?:the\s+)?(?:following\s+)?(?:\d{1,3}\s+|\w+\s+)?"
    r"(?:steps?|boxes|nodes|stages|events?|milestones|shapes)\s*(?::|\n)",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\s*(?:the\s+|die\s+)?(?:steps?|boxes|stages|schritte|étapes|pasos)(?:\s+(?:are|sind|sont|son))?\s*:\s+(?![^\n]*:\s)",
    re.I,
)
_CUT = re.compile(
    r"(?<=[a-z]{3})[.]\s+(?=[A-Z])|\s*:\s+|\s*:\n|\n|\s+[\u2013\u2014]\s+|\s+(?=with\s)|\s+(?=(?:mit|avec|con)\s)|\s+(?=where\s)|\s+(?=containing\s)|\s+(?=in\s+which\s)",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\(?\b(?P<right>left[\s-]to[\s-]right|horizontal(?:ly)?|LR|from left to right)\b"
    r"|\b(?P<down>top[\s-](?:to[\s-]bottom|down)|vertical(?:ly)?|from top to bottom)\b"
    r"|\b(?P<left>right[\s-]to[\s-]left)\b|\b(?P<up>bottom[\s-](?:to[\s-]top|up))\b",
    re.IGNORECASE,
)
_ARROW = re.compile(r"->|=>|\u2192|-->")
LOOK_AHEAD = 16
MAX_TITLE_WORDS = 10


def read_header(text: str, kinds: PlanKinds, language: Language = "en") -> Source:
    """Find a kind of drawing among the first words; without one, all of the text is body."""
    direction, heading = _direction(text)
    found = _find_kind(heading, kinds)
    if found is None:
        title, body = _commanded_title(heading)
        if body:
            return Source(text, None, "", title, body, direction, True, kinds, language=language)
        return Source(
            text, None, "", "", text.strip(), direction, _commanded(text), kinds, language=language
        )
    name, prefix, rest, commanded, typed = found
    title, body = _title_and_body(rest, name, kinds)
    if not title and prefix:
        title = nice(f"{prefix} {name}")
    kind = kinds.named[name].id if name in kinds.named else None
    return Source(
        text, kind, name, title, body, direction, commanded, kinds, typed=typed, language=language
    )


def _direction(text: str) -> tuple[Direction | None, str]:
    """The direction that the opening line asks for, and the text without these words."""
    end = len(text)
    for mark in (":", "\n", "->"):
        at = text.find(mark)
        end = min(end, at if at >= 0 else end)
    match = _DIRECTION.search(text, 0, min(end, 160))
    if not match or match.lastgroup is None:
        return None, text
    directions: dict[str, Direction] = {
        "right": "right",
        "down": "down",
        "left": "left",
        "up": "up",
    }
    return directions[match.lastgroup], text[: match.start()].rstrip(" ,") + text[
        match.end() :
    ].removeprefix(")")


def _commanded(text: str) -> bool:
    for match in list(_WORD.finditer(text[:120]))[:LOOK_AHEAD]:
        word = match.group().casefold()
        if word in COMMANDS:
            return True
        if word not in _FILLERS:
            return False
    return False


def _commanded_title(text: str) -> tuple[str, str]:
    """ "Draw our order flow: a -> b" as its title and the rest; empty if it is none."""
    head, colon, rest = text.partition(":")
    words = head.split()
    if not colon or not rest.strip() or len(words) > MAX_TITLE_WORDS or _ARROW.search(head):
        return "", ""
    start, commanded = 0, False
    while start < len(words) and words[start].casefold().strip(",") in COMMANDS | _FILLERS:
        commanded = commanded or words[start].casefold() in COMMANDS
        start += 1
    if (
        not commanded
        or start == len(words)
        or not any(w.casefold() in _ARTICLES for w in words[:start])
    ):
        return "", ""
    return nice(" ".join(words[start:])), rest.strip()


def _find_kind(text: str, kinds: PlanKinds) -> tuple[str, str, str, bool, str] | None:
    """(kind's name, adjectives before it, rest of the text, whether a verb commands it, the name
    as it was typed)."""
    found = list(_WORD.finditer(text[:240]))[:LOOK_AHEAD]
    lower = [match.group().casefold().strip(".,*#_") for match in found]
    start, commanded, article = 0, False, False
    while start < len(lower) and (
        lower[start] in _FILLERS or (lower[start] in COMMANDS and not commanded)
    ):
        commanded = commanded or lower[start] in COMMANDS
        article = article or lower[start] in _ARTICLES
        start += 1
    while start < len(lower) and not lower[start]:
        start += 1
    lower = [without_command(word, kinds) for word in lower]
    last = min(start + 5, len(lower))
    places = [
        (index, length, " ".join(lower[index : index + length]))
        for index in range(start, last)
        for length in (4, 3, 2, 1)
        if index + length <= len(lower)
    ]
    known = [place for place in places if place[2] in kinds.named or place[2] in _GENERIC]
    slips = slips_in(places, start, kinds)
    if known and slips and _covers(slips[0], known[0], start, kinds):
        known = slips  # "kanbn board" is no board called "kanbn"
    for index, length, name in known or slips:
        end = found[index + length - 1]
        stopped = ":" if end.group().endswith(".") else ""  # "SWOT. Strengths: ..."
        rest = stopped + text[end.end() :]
        adjectives = text[found[start].start() : found[index].start()].strip()
        asked = commanded or (article and name not in _GENERIC)
        if _fits(adjectives, rest, asked) or (not adjectives and _titled(name, rest, kinds)):
            typed = text[found[start].start() : end.end()]
            return name, _telling(adjectives), rest, commanded, typed
    return None


def _covers(
    slip: tuple[int, int, str], known: tuple[int, int, str], start: int, kinds: PlanKinds
) -> bool:
    """Whether a kind's name with a slip in it goes beyond the name that was found in it."""
    inside = start < known[0] < start + slip[1]
    return inside or (known[0] == start and known[2] in kinds.everyday and slip[1] > known[1])


def _fits(adjectives: str, rest: str, asked: bool) -> bool:
    """Whether the word is really a heading and not part of a label."""
    if re.search(r"[:;,\n?]|->", adjectives):
        return False
    stripped = rest.lstrip(" *")
    if not stripped or stripped[0] in ":\n\u2013\u2014":
        return True
    if _LEADS.match(rest) or _CONTENT.match(rest):
        return asked or not _ARROW.search(rest.split(":", 1)[0]) or not adjectives
    return asked and not _ARROW.match(stripped)


def _titled(name: str, rest: str, kinds: PlanKinds) -> bool:
    """ "Roadmap 2026: Q1: ..." says what it is, and its title."""
    everyday = name in kinds.everyday  # "board meeting: ..." is no board
    return name in kinds.named and not everyday and _TITLED.match(rest) is not None


_PLAIN_ADJECTIVES = vocabulary(
    """
    simple small quick basic new nice big short clean clear detailed complete little good
    beautiful colorful colourful modern 2x2 3x3 large rough high-level professional
    """
)


def _telling(adjectives: str) -> str:
    """The words before the kind's name that belong to a title ("hiring" process)."""
    kept = [word for word in adjectives.split() if word.casefold() not in _PLAIN_ADJECTIVES]
    return " ".join(kept)


def _title_and_body(rest: str, name: str, kinds: PlanKinds) -> tuple[str, str]:
    lead = _LEADS.match(rest)
    titled = (
        None
        if lead or _CONTENT.match(rest) or not _titled(name, rest, kinds)
        else _TITLED.match(rest)
    )
    if titled:
        title = titled["title"] if kinds.named[name].rooted else f"{name} {titled['title']}"
        return nice(title), _without_lead(rest[titled.end() :])
    if lead:
        rest = rest[lead.end() :]
        cut = _CUT.search(rest)
        title = rest if cut is None else rest[: cut.start()]
        body = "" if cut is None else rest[cut.end() :]
        if _ARROW.search(title) or len(title) > 120:
            return "", rest.strip("\n ")
        title = re.sub(
            r"^(?:a|an|the|how|einer?|eines|der|die|das|un|une|la|le|el)\s+(?=\S)",
            "",
            title.strip(),
            flags=re.IGNORECASE,
        )
        return unquote(title) or nice(title), _without_lead(body)
    rest = re.sub(r"^[\s*]*(?:[:\u2013\u2014]|[.](?=\s))", "", rest, count=1)
    quoted = re.match(r'\s*"([^"\n]{1,120})"\s*:?', rest)
    if quoted and rest[quoted.end() :].strip() and not _ARROW.match(rest[quoted.end() :].strip()):
        return quoted[1], _without_lead(rest[quoted.end() :])
    return "", _without_lead(rest)


def _without_lead(body: str) -> str:
    body = _STEPS.sub("", _COUNTED.sub("", body, count=1), count=1)
    match = _CONTENT.match(body)
    body = body[match.end() :] if match else body
    return body.strip("\n").rstrip() if "\n" in body.strip() else body.strip()


WORDS = (
    COMMANDS
    | _FILLERS
    | _ARTICLES
    | _GENERIC
    | _PLAIN_ADJECTIVES
    | vocabulary(
        """
        of for about on showing that shows which called named titled with title describing
        explaining illustrating depicting around where in from containing having consisting
        including comparing has following left right top bottom down up horizontal horizontally
        vertical vertically lr the two three four five six seven eight nine ten steps boxes nodes
        stages stage step events event milestones shapes box node von vom der des für über zum zur
        einer eines namens mit de du sur
        pour sobre del para avec con how
        """
    )
)
