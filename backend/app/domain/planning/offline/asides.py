"""Takes out of an instruction what is no part of the drawing: greetings, wishes, comments, room."""

import re
from dataclasses import dataclass, field

from app.domain.planning.accounting import Accounting, WordRole
from app.domain.planning.lexicon import NUMBERS
from app.domain.planning.not_names import COUNT, ROOM, Aside, what_is_it
from app.domain.planning.text import shielded, squeeze

_ARROW = re.compile(r"-+>|=+>|[\u2190-\u21ff\u2794\u279c\u27a1]|<-+")
_SENTENCE = re.compile(r"(?:[.!?](?=\s|$)|[;\n])\s*")
_COMMA = re.compile(r",\s+(?:(?:and|und|et|y)\s+)?|\s+(?:and|und|et|y)\s+", re.IGNORECASE)
_START = re.compile(r"\s*(?P<said>[^\n,!.:;?>]{2,50}?)\s*(?:[,!.]|\n|\s[-\u2013]\s)\s*(?=\S)")
_SIGNATURE = re.compile(
    r"(?P<said>[^\n,!.]{2,40})(?:[,!.\n]|$)\s*(?P<name>[^\n>:,.;]{0,30})[\s.!]*$"
)
_PLEASE = re.compile(
    r"\s*,?\s+(?:please|bitte|por\s+favor|s['\u2019]il\s+(?:te|vous)\s+pla\u00eet|svp)(?=\s*(?:[:.!]|$))",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:[^\n,!?]{0,40}[,!]\s+)?(?:please\s+)?(?:(?:can|could|would|will|may)\s+(?:you|we|i|someone|anyone|somebody)|(?:kannst|könntest|könnten|können)\s+(?:du|sie|wir|ihr)|(?:peux|pourrais)-tu|(?:pouvez|pourriez)-vous|puedes|podrías)\b[^?>\u2192]{0,300}\?",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"\s+(?:malen|zeichnen|erstellen|machen|anlegen|skizzieren)\s*$", re.IGNORECASE
)
_PARENTHESES = re.compile(r"\s*\((?P<said>[^()\n]{4,200})\)")
_PRESENTING = re.compile(
    r"\s*(?:(?:please|bitte)\s+)?(?:(?:can|could|would|will|may)\s+(?:you|someone|anyone|somebody|we|i)\s+(?:please\s+)?|(?:kannst|könntest)\s+du\s+(?:bitte\s+)?|peux-tu\s+|pouvez-vous\s+"
    r"|puedes\s+|i(?:['\u2019]d\s+like|\s+want|\s+need)\s+(?:you\s+to\s+)?)?"
    r"(?:draw|show|sketch|visuali[sz]e|make|create|zeichne\w*|male\w*|dessine\w*|dibuja\w*),?\s+(?:me\s+|us\s+|mir\s+|uns\s+)?"
    r"(?:(?P<how>(?:how|wie|comment|cómo)\s+[^?:.\n>]{2,80}?)|(?:the\s+following|this|folgendes|das\s+folgende|ceci|lo\s+siguiente|esto)(?:\s+(?:for\s+(?:me|us)|process|steps|diagram))*)"
    r"\s*[?:.\n]+\s*(?=\S)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"(?:and|with|each|leave|mit|und|je|jeweils|avec|et|con|y|deja)\s", re.IGNORECASE
)
_ENUMERATED = re.compile(r"(?:[,;.]\s*|\s+)(?=\S)")
_NUMBERS = {
    **NUMBERS,
    "ein": 1, "eine": 1, "einen": 1, "un": 1, "une": 1, "una": 1, "zwei": 2, "deux": 2, "dos": 2,
    "drei": 3, "trois": 3, "tres": 3, "vier": 4, "quatre": 4, "cuatro": 4, "fünf": 5, "cinq": 5,
    "cinco": 5, "sechs": 6, "seis": 6, "sieben": 7, "sept": 7, "siete": 7, "acht": 8, "huit": 8,
    "ocho": 8,
}  # fmt: skip
MOST = 12


@dataclass
class Plain:
    """An instruction without its asides. `title` is what "draw how we bake" names. `room` and
    `places` count what each part shall have; `asked` quotes the words that asked for it."""

    text: str
    account: Accounting
    title: str = ""
    room: int = 0
    places: int = 0
    asked: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    _cuts: list[tuple[int, int]] = field(default_factory=list)

    def cut(self, start: int, end: int, aside: Aside) -> None:
        """Take a part out; a remark quotes it unless it is politeness."""
        said = squeeze(self.account.text[start:end].strip(" ,;.\n"))
        polite = aside in (Aside.GREETING, Aside.THANKS)
        counted = (ROOM if aside is Aside.ROOM else COUNT).fullmatch(said)
        if aside in (Aside.ROOM, Aside.COUNT) and counted:
            number = _number(counted["count"])
            what = "room" if aside is Aside.ROOM else "places"
            self.asked[what] = said
            self.room, self.places = (
                (number, self.places) if what == "room" else (self.room, number)
            )
        elif not polite:
            self.left.append(said)
        self.drop(start, end, WordRole.POLITENESS if polite else WordRole.ASIDE)

    def drop(self, start: int, end: int, role: WordRole) -> None:
        """Take a part out that needs no remark."""
        self.account.claim(start, end, role)
        self._cuts.append((start, end))

    def finish(self) -> "Plain":
        text, at = "", 0
        for start, end in sorted(self._cuts):
            text += self.account.text[at : max(at, start)]
            at = max(at, end)
        text = (text + self.account.text[at:]).strip("\n ")
        self.text = _PLEASE.sub("", text)
        return self


def _number(word: str) -> int:
    return min(int(word) if word.isdigit() else _NUMBERS.get(word.casefold(), 0), MOST)


def without_asides(text: str) -> Plain:
    text = _asked(text)
    plain = Plain(text, Accounting(text))
    start, end = _opening(plain), _closing(plain)
    presenting = _PRESENTING.match(text, start)
    if presenting:
        plain.title = squeeze(presenting["how"] or "")
        plain.drop(start, presenting.end(), WordRole.COMMAND)
        start = presenting.end()
    for match in _PARENTHESES.finditer(text, start, end):
        if what_is_it(match["said"]) in (Aside.COMMENT, Aside.WISH):
            plain.cut(match.start(), match.end(), Aside.COMMENT)
    _sentences(plain, start, end)
    return plain.finish()


def _asked(text: str) -> str:
    """ "Could you make a map of tea: leaves, water?" without its question marks."""
    opening = _QUESTION.match(text)
    if opening is None:
        return text
    end = opening.end() - 1
    if text[end + 1 :].strip():
        return _INFINITIVE.sub("", text[:end]) + ":" + text[end + 1 :]
    return text[:end] + " " + text[end + 1 :]


def _opening(plain: Plain) -> int:
    """Where the instruction begins, behind a greeting."""
    match = _START.match(plain.text)
    if match and what_is_it(match["said"]) is Aside.GREETING:
        plain.cut(0, match.end(), Aside.GREETING)
        return match.end()
    return 0


def _closing(plain: Plain) -> int:
    """Where it ends, before thanks and a signature."""
    text = plain.text
    for match in re.finditer(r"(?:^|[.!?;:,]\s+|\n\s*|\)\s*)\u00a1?(?=\S)", text):
        at = match.end()
        if at == 0 or len(text) - at > 80:
            continue
        found = _SIGNATURE.match(text, at)
        if found and what_is_it(found["said"]) is Aside.THANKS:
            keep = match.start() + (text[match.start()] in ".!?)")
            plain.cut(keep, len(text), Aside.THANKS)
            return keep
    return len(text)


def _sentences(plain: Plain, start: int, end: int) -> None:
    text, mask = plain.text, shielded(plain.text)
    ends = [m for m in _SENTENCE.finditer(text, start, end) if not mask[m.start()]]
    at = start
    for first, match in [*enumerate(ends), (len(ends), None)]:
        stop = match.start() if match else end
        _sentence(plain, at, stop, match.end() if match else end, first == 0)
        at = match.end() if match else end


def _sentence(plain: Plain, start: int, stop: int, end: int, first: bool) -> None:
    """One sentence: all of it is an aside, or its comma parts are, from the end."""
    text = plain.text
    said = text[start:stop]
    aside = what_is_it(said)
    asking = first and (re.search(r":\s|:$", said) is not None)
    if aside and not _ARROW.search(said) and not asking and not _heading(said, first, aside):
        plain.cut(start, end, aside)
        return
    _counted(plain, start, stop)
    commas = list(_COMMA.finditer(text, start, stop))
    for match in reversed(commas):
        part = text[match.end() : stop]
        aside = what_is_it(part)
        if aside is None or aside is Aside.GREETING or _ARROW.search(part):
            break
        plain.cut(match.start(), stop, aside)
        stop = match.start()


def _heading(said: str, first: bool, aside: Aside) -> bool:
    """Whether a first sentence asks for a drawing, rather than saying something about it."""
    if not first or aside in (Aside.GREETING, Aside.THANKS):
        return False
    asks = r"\b(?:diagram|chart|flowchart|map|board|timeline|drawing|table|draw|matrix|schema)"
    return re.search(asks, said, re.IGNORECASE) is not None


def _counted(plain: Plain, start: int, stop: int) -> None:
    """ "..., Done and space for 4 cards per column": behind a list, without a comma."""
    for gap in _ENUMERATED.finditer(plain.text, start, stop):
        part = plain.text[gap.end() : stop].strip(" .")
        if not gap.group().strip() and not _JOINS.match(part):
            continue
        room = len(part) < 100 and ROOM.fullmatch(part)
        counted = len(part) < 100 and what_is_it(part) is Aside.COUNT
        if room or counted:
            plain.cut(gap.start(), stop, Aside.ROOM if room else Aside.COUNT)
            return
