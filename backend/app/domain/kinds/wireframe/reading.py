"""Reads screens and forms: "a login form with e-mail, password and a Sign in button"."""

import re
from collections.abc import Callable
from itertools import count

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.lexicon import NUMBERS
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import Section, read_sections
from app.domain.planning.text import items, nice, unquote, vocabulary

WORDS = vocabulary(
    """
    a an the some with optional another its labelled labeled called named saying that says for
    to text button buttons check box checkbox toggle switch radio link heading headline title
    paragraph caption label drop down dropdown select picker combo field fields input inputs
    area search bar image photo picture logo avatar icon map chart graph video banner tab
    navigation nav menu tool bottom tabs breadcrumbs breadcrumb list grid row table of cards
    items rows products posts tiles messages results entries one two three four five six and
    """
)

MOST_REPEATED = 12
_ARROW = re.compile(r"->|=>|\u2192")
_ARTICLE = re.compile(
    r"^(?:and\s+)?(?:an?|the|some|with|optional|another|its)\s+(?=\S)", re.IGNORECASE
)
_NAMED = r"(?:\s+(?:labelled|labeled|called|named|saying|that\s+says|for|to|with\s+the\s+text))?\s+"
_BUTTONS = re.compile(r"(?P<names>.+?)\s+buttons?|buttons?\s*:?\s+(?P<after>.+)", re.IGNORECASE)
_BUTTON = re.compile(rf"button{_NAMED}(?P<name>.+)|(?P<before>.+?)\s+button|button", re.IGNORECASE)
_PAIR = re.compile(r"\s+and\s+(?:an?\s+|the\s+)?|\s*/\s*|\s*,\s*", re.IGNORECASE)
_CHECK = re.compile(
    rf"(?:check\s?box|toggle|switch){_NAMED}(?P<name>.+)|(?P<before>.+?)\s+(?:check\s?box|toggle|switch)",
    re.IGNORECASE,
)
_RADIO = re.compile(r"(?P<before>.+?)\s+radio(?:\s+buttons?)?", re.IGNORECASE)
_LINK = re.compile(rf"link{_NAMED}(?P<name>.+)|(?P<before>.+?)\s+link", re.IGNORECASE)
_TEXT = re.compile(
    rf"(?:heading|headline|title|text|paragraph|caption|label){_NAMED}(?P<name>.+)"
    r"|(?P<before>.+?)\s+(?:heading|headline|title|text|caption)",
    re.IGNORECASE,
)
_SELECT = re.compile(
    r"(?P<before>.+?)\s+(?:drop-?\s?down|select(?:\s+box)?|picker|combo\s?box)", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?P<before>.+?)\s+(?:(?:text|input)\s+)?(?:fields?|inputs?|text\s?area|text\s?box|box)"
    rf"|(?:text\s+|input\s+)?field{_NAMED}(?P<name>.+)",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"search(?:\s+(?:bar|box|field|input))?", re.IGNORECASE)
_PICTURE = re.compile(
    r"(?:[\w-]+\s+)?(?:image|photo|picture|logo|avatar|icon|map|chart|graph|video|banner)",
    re.IGNORECASE,
)
_BAR = re.compile(
    r"(?:(?:tab|navigation|nav|menu|tool|bottom)\s?bar|tabs|navigation|menu|breadcrumbs?)"
    r"(?:\s*(?:with|:|\()\s*(?P<names>.+?)\)?)?",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:(?:list|grid|row|table)\s+of\s+)?(?P<count>\d{1,3}|[a-z]+)?\s*"
    r"(?P<what>cards|items|rows|products|posts|tiles|messages|results|entries)",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:list|grid|row)\s+of\s+(?P<what>.+)", re.IGNORECASE)
_FORM_WORDS = re.compile(r"form|log\s?-?in|sign|register|regist|contact|checkout|dialog", re.I)
_BRACKETS = re.compile(r"\[(?P<name>[^\]]+)\]")


def read_wireframe(source: Source) -> GraphBuilder | None:
    """One screen, or several where the text has sections. Buttons of one mention share a row."""
    if source.kind != "wireframe" or _ARROW.search(source.body):
        return None
    screens = _screens(source)
    if not any(section.items for section in screens):
        return None
    builder = GraphBuilder("wireframe", title=source.title if len(screens) > 1 else "")
    form = bool(_FORM_WORDS.search(f"{source.named} {source.title}"))
    for section in screens:
        _Screen(builder, section.name, form or bool(_FORM_WORDS.search(section.name))).fill(section)
    return builder


def _screens(source: Source) -> list[Section]:
    sections = read_sections(source.body) or []
    if len(sections) > 1:
        return sections
    name = source.title or nice(source.named)
    outline = read_outline(source.body)
    if outline and outline.marked:
        return [Section(name, [item.text for top in outline.items for item in top.walk()])]
    return [Section(name, items(source.body))]


class _Screen:
    """A panel that is filled from top to bottom."""

    def __init__(self, builder: GraphBuilder, name: str, form: bool) -> None:
        self._builder = builder
        self._group = builder.new_group(name)
        self._form = form
        self._rows = count()

    def fill(self, section: Section) -> None:
        for item in section.items:
            text = _ARTICLE.sub("", item.strip(), count=1).strip(" .")
            if text:
                next(filter(None, (read(self, text) for read in _READERS)), None)

    def text(self, label: str, color: str = "default") -> None:
        self._add(label, "text", color)

    def box(self, label: str) -> None:
        self._add(label, "rectangle", "default")

    def row(self, labels: list[str], color: str) -> None:
        number = next(self._rows)
        for label in labels:
            self._add(label, "rectangle", color, number)

    def button(self, text: str) -> bool:
        bracketed = _BRACKETS.fullmatch(text)
        match = None if bracketed else _BUTTON.fullmatch(text) or _BUTTONS.fullmatch(text)
        if bracketed is None and match is None:
            return False
        names = bracketed["name"] if bracketed else _name(match)
        labels = [_words(name) for name in _PAIR.split(names or "Button")]
        self.row([label for label in labels if label][:MOST_REPEATED], "blue")
        return True

    def small(self, text: str) -> bool:
        """Check boxes, links, headings: words without a box."""
        marks = ((_CHECK, "[  ] {}", "default"), (_RADIO, "(  ) {}", "default"))
        for pattern, form, color in (*marks, (_LINK, "{}", "blue"), (_TEXT, "{}", "default")):
            match = pattern.fullmatch(text)
            if match:
                self.text(form.format(_words(_name(match))), color)
                return True
        return False

    def field(self, text: str) -> bool:
        select, plain = _SELECT.fullmatch(text), _FIELD.fullmatch(text)
        match = select or plain
        if match is None:
            return False
        self.text(_words(_name(match)))
        self.box("Choose \u2026" if select else "")
        return True

    def known(self, text: str) -> bool:
        """What every screen has: searches, pictures, bars, lists."""
        if _SEARCH.fullmatch(text):
            self.box("Search \u2026")
        elif bar := _BAR.fullmatch(text):
            names = items(bar["names"]) if bar["names"] else ["Home", "Search", "Profile"]
            self.row([_words(name) for name in names][:MOST_REPEATED], "gray")
        elif many := _MANY.fullmatch(text):
            word = nice(many["what"]).removesuffix("s") if many["what"] != "entries" else "Entry"
            for number in range(1, _counted(many["count"]) + 1):
                self.box(f"{word} {number}")
        elif listed := _LIST.fullmatch(text):
            for number in range(1, 4):
                self.box(f"{nice(listed['what']).removesuffix('s')} {number}")
        elif _PICTURE.fullmatch(text):
            self.row([_words(text)], "gray")
        else:
            return False
        return True

    def rest(self, text: str) -> bool:
        """In a form, a name stands for a field; elsewhere for a part of the screen."""
        if self._form:
            self.text(_words(text))
            self.box("")
        else:
            self.box(_words(text))
        return True

    def _add(self, label: str, shape: str, color: str, row: int | None = None) -> None:
        node = self._builder.fresh(label, group=self._group, row=row)
        update = {"shape": shape, "color": color}
        self._builder.replace(self._builder.get(node).model_copy(update=update))


_READERS: tuple[Callable[[_Screen, str], bool], ...] = (
    _Screen.button, _Screen.small, _Screen.known, _Screen.field, _Screen.rest,
)  # fmt: skip


def _name(match: re.Match[str] | None) -> str:
    return next((value for value in (match.groupdict() if match else {}).values() if value), "")


def _words(text: str) -> str:
    bare = _ARTICLE.sub("", text.strip(), count=1)
    return unquote(bare) or nice(bare)


def _counted(text: str | None) -> int:
    number = int(text) if text and text.isdigit() else NUMBERS.get((text or "").lower(), 3)
    return max(1, min(number, MOST_REPEATED))
