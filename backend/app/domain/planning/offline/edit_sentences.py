"""A sentence about what is there: "the API also writes to S3", "Kasse meldet Bank den Betrag"."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Connect, Node, Operation
from app.domain.planning.text import nice, squeeze, unquote, words

_ADVERB = re.compile(
    r"\b(?:also|now|then|additionally|directly|too|as\s+well|auch|noch|dann|jetzt|außerdem|zusätzlich|ebenfalls)\b\s*",
    re.IGNORECASE,
)
_WAY = r"(?:to|into|from|with|on|onto|at|through|via|over|in|nach|zu|zum|zur|an|mit|von|vom|aus|bei|auf|über)"
_MODAL = r"(?:(?:needs|has|wants|ought)\s+to|should|must|can|may|will|could)"
_VERBAL = re.compile(
    rf"(?:{_MODAL}\s+(?P<base>[a-z]{{3,}})|(?P<verb>[a-z]{{2,}}s|have|[a-zäöüß]{{3,}}t))"
    r"(?P<more>\s+(?:many|one|viele))?\s+(?P<rest>.+)",
)
_SPLIT = re.compile(rf"\s+(?={_WAY}\s)", re.IGNORECASE)
_LEADING_WAY = re.compile(rf"(?P<way>{_WAY})\s+(?P<rest>.+)", re.IGNORECASE)
_EVENT = re.compile(
    r"(?P<what>.+?)\s+(?:on|when|upon|bei)\s+(?P<event>[\"\u201c]?[\w -]{1,40}[\"\u201d]?)", re.I
)
_FOR = re.compile(r"(?P<what>.+?)\s+(?P<more>(?:for|about|um)\s+.+)", re.IGNORECASE)
_GOES = re.compile(
    r"(?:goes|moves|changes|switches|transitions|geht|wechselt|springt)(?:\s+(?:back|zurück))?(?:\s+\w+)?",
    re.IGNORECASE,
)
_TORN = re.compile(
    r"\b(?:if|when|unless|because|which|that|who|where|until|while|before|after|but|or|not|never|only|and|und"
    r"|wenn|falls|weil|welche[rs]?|bis|bevor|nachdem|aber|oder|nicht|nie|nur|it|them|everything|all)\b|[;:,]|['\u2019]s\s",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:the|this|that|its|their|der|die|das|den|dem)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|eine?[nmr]?)\s+", re.IGNORECASE)
_LONGEST, _LONGEST_NEW = 6, 4  # words of a subject, and of what is new
_NOT_VERBS = frozenset(
    ["is", "was", "its", "this", "status", "ist", "hat", "nicht", "rot", "looks", "sieht", "has"]
)


def read_sentence(command: str, targets: Targets) -> list[Operation] | None:
    """An arrow from a shape that the sentence begins with; None if it begins with no name."""
    parts = squeeze(command).rstrip(".!").split(" ")
    for count in range(min(len(parts) - 2, _LONGEST), 0, -1):
        subject = targets.known(" ".join(parts[:count]))
        if subject is None:
            continue
        said = squeeze(_ADVERB.sub("", " ".join(parts[count:])))
        found = _VERBAL.fullmatch(said)
        if found is None or (found["verb"] in _NOT_VERBS and not found["more"]):
            continue
        verb = (found["base"] or found["verb"]) + (found["more"] or "")
        return _said(subject, verb, found["rest"], targets)
    return None


def _said(subject: str, verb: str, rest: str, targets: Targets) -> list[Operation] | None:
    leading = _LEADING_WAY.fullmatch(rest)
    label = verb
    if leading and targets.known(rest) in (None, targets.known(leading["rest"])):
        label, rest = f"{verb} {leading['way']}", leading["rest"]
    if _GOES.fullmatch(label):
        label = ""
    event = _EVENT.fullmatch(rest)
    if event and targets.known(rest) is None and targets.known(event["what"]):
        rest, label = event["what"], unquote(event["event"]) or event["event"]
    more = _FOR.fullmatch(rest)
    if more and targets.known(rest) is None and targets.known(more["what"]):
        rest, label = more["what"], f"{label} {more['more']}".strip()
    if targets.known(rest) is None:
        cuts = list(_SPLIT.finditer(rest))
        if cuts:
            way = _LEADING_WAY.fullmatch(rest[cuts[-1].end() :])
            if way:
                label = f"{label} {rest[: cuts[-1].start()]} {way['way']}".strip()
                rest = way["rest"]
    return _joined(subject, label, rest, targets)


def _joined(subject: str, label: str, rest: str, targets: Targets) -> list[Operation] | None:
    known = targets.known(rest)
    if known is not None:
        return [Connect(source=subject, target=known, label=label[:400])]
    name = unquote(rest)
    if name is None:
        name = _ARTICLE.sub("", rest)
        if _DEFINITE.match(rest):
            raise targets.unknown(rest)
        if _TORN.search(name) or len(words(name)) > _LONGEST_NEW:
            return None
    key = targets.add(name)
    node = Node(id=key, label=nice(name)[:400])
    return [Add(node=node, near=subject, connect_from=subject, label=label[:400])]
