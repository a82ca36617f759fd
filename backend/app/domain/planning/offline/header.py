"""Reads the opening of an instruction: which kind of drawing is asked for, and its title."""

import re
from dataclasses import dataclass

from app.domain.planning.plan import Direction, Kind
from app.domain.planning.text import nice, unquote, vocabulary

KINDS: dict[str, Kind] = {
    "flowchart": "flowchart", "flow chart": "flowchart", "flow diagram": "flowchart",
    "process": "flowchart", "workflow": "flowchart", "process diagram": "flowchart",
    "process flow": "flowchart", "procedure": "flowchart", "steps": "flowchart",
    "flow": "flowchart", "user flow": "flowchart", "decision tree": "flowchart",
    "algorithm": "flowchart", "pipeline": "flowchart", "user journey": "flowchart",
    "mind map": "mindmap", "mindmap": "mindmap", "mind-map": "mindmap", "brainstorm": "mindmap",
    "concept map": "mindmap", "brainstorming": "mindmap", "spider diagram": "mindmap",
    "org chart": "tree", "organization chart": "tree", "organisation chart": "tree",
    "organizational chart": "tree", "organisational chart": "tree", "orgchart": "tree",
    "organigram": "tree", "organogram": "tree", "hierarchy": "tree", "tree": "tree",
    "tree diagram": "tree", "family tree": "tree", "sitemap": "tree", "site map": "tree",
    "reporting structure": "tree", "work breakdown structure": "tree", "wbs": "tree",
    "kanban board": "kanban", "kanban": "kanban", "task board": "kanban", "scrum board": "kanban",
    "board": "kanban", "swimlanes": "kanban", "retrospective": "kanban",
    "architecture diagram": "architecture", "architecture": "architecture",
    "system diagram": "architecture", "system architecture": "architecture",
    "deployment diagram": "architecture", "network diagram": "architecture",
    "component diagram": "architecture", "block diagram": "architecture",
    "infrastructure diagram": "architecture", "system": "architecture",
    "sequence diagram": "sequence", "sequence": "sequence", "interaction diagram": "sequence",
    "state machine": "state", "state diagram": "state", "state chart": "state",
    "statechart": "state", "lifecycle": "state", "life cycle": "state", "states": "state",
    "er diagram": "er", "erd": "er", "entity relationship diagram": "er",
    "entity-relationship diagram": "er", "database schema": "er", "data model": "er",
    "schema": "er", "database diagram": "er", "class diagram": "er", "er model": "er",
    "timeline": "timeline", "time line": "timeline", "roadmap": "timeline",
    "milestones": "timeline", "road map": "timeline", "chronology": "timeline",
    "table": "table", "comparison table": "table", "spreadsheet": "table", "csv": "table",
    "grid": "grid", "matrix": "matrix", "swot": "matrix", "swot analysis": "matrix",
    "swot matrix": "matrix", "2x2 matrix": "matrix", "2x2": "matrix", "quadrants": "matrix",
    "swot diagram": "matrix", "eisenhower matrix": "matrix", "quadrant chart": "matrix",
    "wireframe": "wireframe", "wire frame": "wireframe", "mockup": "wireframe",
    "mock-up": "wireframe", "mock up": "wireframe", "form": "wireframe", "dialog": "wireframe",
    "ui sketch": "wireframe", "login screen": "wireframe", "login page": "wireframe",
    "wireframes": "wireframe", "dialogue box": "wireframe", "dialog box": "wireframe",
    "customer journey": "flowchart", "sales funnel": "flowchart", "funnel": "flowchart",
    "cycle": "flowchart", "brainstorm ideas": "mindmap", "pros and cons": "kanban",
    "retro": "kanban", "retro board": "kanban", "gantt": "timeline", "gantt chart": "timeline",
    "business model canvas": "matrix", "lean canvas": "matrix",
    "data flow": "architecture", "data flow diagram": "architecture",
    "microservices": "architecture", "microservice architecture": "architecture",
    "flussdiagramm": "flowchart", "ablaufdiagramm": "flowchart", "organigramm": "tree",
    "zeitstrahl": "timeline", "zeitleiste": "timeline", "tabelle": "table",
    "sequenzdiagramm": "sequence", "zustandsdiagramm": "state", "datenmodell": "er",
    "er-diagramm": "er", "architekturdiagramm": "architecture", "systemarchitektur": "architecture",
    "kanban-board": "kanban", "swot-analyse": "matrix",
}  # fmt: skip
# Names that also begin ordinary sentences: "board meeting: ..." is no board.
_EVERYDAY = vocabulary(
    """
    board table form system tree states flow process steps schema grid matrix sequence pipeline
    procedure algorithm dialog hierarchy csv lifecycle workflow milestones brainstorm cycle funnel
    """
)
_TITLED = re.compile(r"[ \t]+(?P<title>[^\n:;,>?]{1,40}):\s+(?=\S)")
_GENERIC = frozenset(["diagram", "chart", "drawing", "picture", "graph", "graphic", "sketch"])
COMMANDS = vocabulary(
    """
    draw create make build generate show sketch design give produce render visualise visualize
    plot add insert put place need want paint
    """
)
_FILLERS = vocabulary(
    """
    please can could you i would like to want need me us up let's lets now hey hi just a an the
    my our some new kindly this as
    """
)
_ARTICLES = frozenset(["a", "an", "the", "my", "our", "this"])
_WORD = re.compile(r"[^\s:,;]+")
_LEADS = re.compile(
    r"\s*(?:(?:of|for|about|on|showing|that\s+shows|which\s+shows|called|named|titled|with\s+title"
    r"|with\s+the\s+title|describing|explaining|illustrating|depicting|around)\s+)",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\s*(?:with|where|in\s+which|from|containing|having|consisting\s+of|including|comparing)\s+",
    re.I,
)
_COUNTED = re.compile(
    r"\s*(?:with|of|having|has)\s+(?:the\s+)?(?:following\s+)?(?:\d{1,3}\s+|\w+\s+)?"
    r"(?:steps?|boxes|nodes|stages|events?|milestones|shapes)\s*(?::|\n)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?<=[a-z]{3})[.]\s+(?=[A-Z])|\s*:\s+|\s*:\n|\n|\s+[\u2013\u2014]\s+|\s+(?=with\s)|\s+(?=where\s)|\s+(?=containing\s)|\s+(?=in\s+which\s)",
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


@dataclass(frozen=True)
class Source:
    """An instruction taken apart: what is asked for, its title and its content."""

    text: str
    kind: Kind | None
    named: str
    title: str
    body: str
    direction: Direction | None
    commanded: bool


def read_header(text: str) -> Source:
    """Find a kind of drawing among the first words; without one, all of the text is body."""
    direction, heading = _direction(text)
    found = _find_kind(heading)
    if found is None:
        return Source(text, None, "", "", text.strip(), direction, _commanded(text))
    name, prefix, rest, commanded = found
    title, body = _title_and_body(rest, name)
    if not title and prefix:
        title = nice(f"{prefix} {name}")
    kind = KINDS.get(name)
    return Source(text, kind, name, title, body, direction, commanded)


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


def _find_kind(text: str) -> tuple[str, str, str, bool] | None:
    """(kind's name, adjectives before it, rest of the text, whether a verb commands it)."""
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
    for index in range(start, min(start + 5, len(lower))):
        for length in (3, 2, 1):
            name = " ".join(lower[index : index + length])
            if (name in KINDS or name in _GENERIC) and index + length <= len(lower):
                last = found[index + length - 1]
                stopped = ":" if last.group().endswith(".") else ""  # "SWOT. Strengths: ..."
                rest = stopped + text[last.end() :]
                adjectives = text[found[start].start() : found[index].start()].strip()
                asked = commanded or (article and name not in _GENERIC)
                if _fits(adjectives, rest, asked) or (not adjectives and _titled(name, rest)):
                    return name, _telling(adjectives), rest, commanded
    return None


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


def _titled(name: str, rest: str) -> bool:
    """ "Roadmap 2026: Q1: ..." says what it is, and its title."""
    return name in KINDS and name not in _EVERYDAY and _TITLED.match(rest) is not None


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


def _title_and_body(rest: str, name: str) -> tuple[str, str]:
    lead = _LEADS.match(rest)
    titled = (
        None if lead or _CONTENT.match(rest) or not _titled(name, rest) else _TITLED.match(rest)
    )
    if titled:
        rooted = KINDS[name] in ("mindmap", "tree")  # the title is the root's label
        title = titled["title"] if rooted else f"{name} {titled['title']}"
        return nice(title), _without_lead(rest[titled.end() :])
    if lead:
        rest = rest[lead.end() :]
        cut = _CUT.search(rest)
        title = rest if cut is None else rest[: cut.start()]
        body = "" if cut is None else rest[cut.end() :]
        if _ARROW.search(title) or len(title) > 120:
            return "", rest.strip("\n ")
        title = re.sub(r"^(?:a|an|the|how)\s+(?=\S)", "", title.strip(), flags=re.IGNORECASE)
        return unquote(title) or nice(title), _without_lead(body)
    rest = re.sub(r"^[\s*]*(?:[:\u2013\u2014]|[.](?=\s))", "", rest, count=1)
    quoted = re.match(r'\s*"([^"\n]{1,120})"\s*:?', rest)
    if quoted and rest[quoted.end() :].strip() and not _ARROW.match(rest[quoted.end() :].strip()):
        return quoted[1], _without_lead(rest[quoted.end() :])
    return "", _without_lead(rest)


def _without_lead(body: str) -> str:
    body = _COUNTED.sub("", body, count=1)
    match = _CONTENT.match(body)
    body = body[match.end() :] if match else body
    return body.strip("\n").rstrip() if "\n" in body.strip() else body.strip()
