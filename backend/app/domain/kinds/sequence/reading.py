"""Reads messages in time: "User asks Server for page; Server queries DB", "A -> B: hello"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.names import stem
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import clauses
from app.domain.planning.text import key, nice, vocabulary

WORDS = vocabulary(
    """
    then next finally after that afterwards and the to from at on by into through via of with
    a an
    """
)

_ARROW = re.compile(
    r"(?P<a>[^:\n]{1,80}?)\s*(?P<sign>-{1,2}>{1,2}|=>|\u2192|-\.->)\s*(?P<b>[^:\n]{1,80}?)\s*(?::\s*(?P<what>.*))?",
    re.DOTALL,
)
_NEXT_MESSAGE = re.compile(r",\s+(?=[^,:\n]{1,60}?\s*(?:-{1,2}>|=>|\u2192)[^,:\n]{1,60}:)")
_TELLING = frozenset(
    stem(verb)
    for verb in [
        "ask",
        "asks",
        "request",
        "requests",
        "query",
        "queries",
        "return",
        "returns",
        "reply",
        "replies",
        "respond",
        "responds",
        "send",
        "sends",
        "tell",
        "tells",
        "answer",
        "answers",
        "notify",
        "notifies",
        "forward",
        "forwards",
        "post",
        "posts",
        "submit",
        "submits",
        "fetch",
        "fetches",
        "get",
        "gets",
        "push",
        "pushes",
        "order",
        "orders",
        "call",
        "calls",
        "confirm",
        "confirms",
        "deliver",
        "delivers",
        "inform",
        "informs",
        "invoke",
        "invokes",
        "pass",
        "passes",
        "redirect",
        "redirects",
        "acknowledge",
        "acknowledges",
        "pay",
        "pays",
        "charge",
        "charges",
        "validate",
        "validates",
        "verify",
        "verifies",
        "update",
        "updates",
        "read",
        "reads",
        "load",
        "loads",
        "store",
        "stores",
        "save",
        "saves",
        "write",
        "writes",
        "check",
        "checks",
        "publish",
        "publishes",
        "give",
        "gives",
        "emit",
        "emits",
    ]
)
_REPLY = frozenset(
    stem(verb) for verb in ["return", "reply", "respond", "answer", "replies", "acknowledge"]
)
_SPOKEN = _REPLY | {stem(verb) for verb in ("ask", "tell", "request", "send", "notify", "confirm")}
_PREPOSITION = re.compile(r"\s+(?:to|from|at|on|by|into|through|via|of|with)\s+$", re.IGNORECASE)
_NAME_AFTER = re.compile(
    r"\b(?:to|from|at|into|via|with)\s+(?:the\s+)?(?P<name>[\w-]+(?:\s+[A-Z][\w-]*)*)", re.UNICODE
)
_PLAIN = re.compile(
    r"(?P<a>(?:[Tt]he\s+)?[\w-]+(?:\s+[A-Z][\w-]*)*)\s+(?P<verb>[a-z]+s)\s+(?P<rest>.*\b(?:to|from|at|into|via|with)\s+.+)",
    re.DOTALL,
)
_ARTICLE = re.compile(r"^(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
_THEN = re.compile(
    r"^(?:and\s+)?(?:first(?:ly)?|then|next|finally|after\s+that|afterwards),?\s+", re.IGNORECASE
)
_SPLIT = re.compile(
    r",\s*(?:and\s+)?(?:then\s+)?|\s+and\s+then\s+|\s+then\s+|\s+and\s+(?=the\s)", re.IGNORECASE
)


@dataclass
class _Sentence:
    sender: str
    verb: str
    rest: str


def read_sequence(source: Source) -> GraphBuilder | None:
    """Participants in order of appearance; edges are messages in time, replies are dashed."""
    if source.kind not in (None, "sequence"):
        return None
    lines = _lines(source.body)
    if not lines:
        return None
    if all(_ARROW.fullmatch(line) for line in lines):
        explicit = source.kind == "sequence"
        return _from_arrows(source, lines) if explicit else None
    sentences = _sentences(lines)
    if sentences is None and source.kind == "sequence":
        sentences = _plain_sentences(lines)
    if sentences is None or (source.kind is None and not _is_dialogue(sentences)):
        return None
    return _from_sentences(source, sentences)


def _lines(body: str) -> list[str]:
    outline = read_outline(body)
    if outline and outline.marked:
        return [*outline.lead, *(item.text for top in outline.items for item in top.walk())]
    return [part for clause in clauses(body) for part in _NEXT_MESSAGE.split(clause)]


def _from_arrows(source: Source, lines: list[str]) -> GraphBuilder:
    builder = GraphBuilder("sequence", title=source.title)
    for line in lines:
        match = _ARROW.fullmatch(line)
        if match is None:
            continue
        stops = re.split(r"\s*(?:-{1,2}>{1,2}|=>|\u2192)\s*", f"{match['a']}->{match['b']}")
        for a, b in pairwise(stops):
            sender, receiver = builder.node(a), builder.node(b)
            dashed = match["sign"].startswith("--") or "." in match["sign"]
            builder.edge(
                sender, receiver, (match["what"] or "").strip(),
                line="dashed" if dashed else "solid", repeat=True,
            )  # fmt: skip
    return builder


def _sentences(lines: list[str]) -> list[_Sentence] | None:
    """Each line as sender, verb, rest; None if one of them has another form."""
    found: list[_Sentence] = []
    for line in lines:
        for part in _SPLIT.split(line):
            sentence = _sentence(_THEN.sub("", part.strip()), found[-1].sender if found else "")
            if sentence is None:
                return None
            found.append(sentence)
    return found


def _plain_sentences(lines: list[str]) -> list[_Sentence] | None:
    """Any verb, where each sentence says to or from whom: "Patient books a slot with Desk"."""
    found = [_PLAIN.fullmatch(part.strip()) for line in lines for part in _SPLIT.split(line)]
    return (
        [
            _Sentence(_ARTICLE.sub("", match["a"]), match["verb"], match["rest"])
            for match in found
            if match
        ]
        if all(found)
        else None
    )


def _is_dialogue(sentences: list[_Sentence]) -> bool:
    """Whether un-headed sentences tell a conversation, rather than what a system is made of."""
    said = {stem(sentence.verb.lower()) for sentence in sentences}
    return len(sentences) >= 2 and bool(said & _SPOKEN)


def _sentence(text: str, before: str) -> _Sentence | None:
    spans = list(re.finditer(r"[^\s,]+", text))
    for index, span in enumerate(spans[:6]):
        if stem(span.group().lower()) in _TELLING and (index > 0 or before):
            sender = _ARTICLE.sub("", text[: span.start()].strip()) or before
            return _Sentence(sender, span.group(), text[span.end() :].strip())
    return None


def _from_sentences(source: Source, sentences: list[_Sentence]) -> GraphBuilder | None:
    known = {key(sentence.sender): sentence.sender for sentence in sentences}
    builder = GraphBuilder("sequence", title=source.title)
    caller: dict[str, str] = {}
    for sentence in sentences:
        receiver, label = _receiver(sentence, known, caller.get(key(sentence.sender)))
        if receiver is None:
            return None
        known.setdefault(key(receiver), receiver)
        reply = stem(sentence.verb.lower()) in _REPLY
        if not reply:
            caller[key(receiver)] = sentence.sender
        builder.edge(
            builder.node(sentence.sender), builder.node(receiver), nice(label),
            line="dashed" if reply else "solid", repeat=True,
        )  # fmt: skip
    return builder


def _receiver(
    sentence: _Sentence, known: dict[str, str], caller: str | None
) -> tuple[str | None, str]:
    """Who gets the message, and the message without this name."""
    rest = sentence.rest
    others = sorted((name for k, name in known.items() if k != key(sentence.sender)), key=len)
    places = [
        (match.start(), -len(name), match.end(), name)
        for name in others
        if (match := re.search(rf"(?<!\w)(?:the\s+)?{re.escape(name)}(?!\w)", rest, re.IGNORECASE))
    ]
    if places:
        start, _, end, name = min(places)
        return name, _message(sentence.verb, rest[:start], rest[end:])
    after = _NAME_AFTER.search(rest)
    if after:
        return after["name"], _message(
            sentence.verb, rest[: after.start("name")], rest[after.end() :]
        )
    if stem(sentence.verb.lower()) in _REPLY and caller:
        return caller, f"{sentence.verb} {rest}"
    first = re.match(r"(?:the\s+)?(?P<name>[^\s,]+(?:\s+[A-Z][\w-]*)*)", rest)
    if first:
        return first["name"], _message(sentence.verb, "", rest[first.end() :])
    return None, ""


def _message(verb: str, before: str, after: str) -> str:
    before = re.sub(
        r"\s*\b(?:to|from|at|into|via|the)\s*$", "", f" {before}".rstrip() + " ".strip()
    )
    return f"{verb} {before.strip()} {after.strip()}".strip()
