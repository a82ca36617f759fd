"""Edits of a drawn sequence: messages in their turn, participants in their row."""

import re

from app.domain.planning.offline.edit_phrases import PUT, name_of, order_of, place_in_order
from app.domain.planning.offline.help import EDIT_EXAMPLE, refusal
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Connect, LineStyle, Node, Operation
from app.domain.planning.text import unquote

_PARTICIPANT = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)?(?:new\s+)?(?:participant|actor|life\s?line|service|system|role)\s+"
    r"(?:called\s+|named\s+)?(?P<new>.+)",
    re.IGNORECASE,
)
_AS = re.compile(
    rf"{PUT}\s+(?P<new>.+?)\s+as\s+(?:an?\s+)?(?:new\s+)?(?:participant|actor|life\s?line)(?P<rest>\s+.+)?",
    re.IGNORECASE,
)
_NOUN_LAST = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+|another\s+)(?:new\s+)?(?P<new>[^,]+?)\s+(?:participant|actor|life\s?line)(?P<rest>\s+.+)?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:(?:directly|right|immediately)\s+)?(?P<way>after|before|following)\s+(?:the\s+)?(?:message\s+)?(?P<what>[\"\u201c].+?[\"\u201d]|[^,]+?)"
    r"\s*,\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?P<rest>.+?)\s*,?\s+(?:(?:directly|right|immediately)\s+)?(?P<way>after|before)\s+(?:the\s+)?(?:message\s+)?"
    r"(?P<what>[\"\u201c][^\"\u201d]+[\"\u201d]|[^,]+)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:finally|at\s+the\s+end|in\s+the\s+end|then|lastly)\s*,?\s+(?P<rest>.+)", re.I
)
_FIRST = re.compile(r"(?:first|at\s+the\s+(?:start|beginning))\s*,?\s+(?P<rest>.+)", re.IGNORECASE)
_AT_END = re.compile(
    r"(?P<rest>.+?)\s*,?\s+(?:(?:at|in)\s+the\s+end|finally|am\s+ende|zum\s+schluss)", re.IGNORECASE
)
_AT_START = re.compile(
    r"(?P<rest>.+?)\s*,?\s+(?:at\s+the\s+(?:start|beginning)|am\s+anfang)", re.IGNORECASE
)
_MESSAGE = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?P<style>(?:dashed|reply)\s+)?(?:message|call|reply|request|response|arrow)\s+(?:(?P<label>.+?)\s+)?"
    r"from\s+(?P<a>.+?)\s+to\s+(?P<b>.+?)(?:\s*(?::|,?\s+(?:saying|called|labelled|with\s+the\s+text))\s*(?P<colon>.+))?",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(
    rf"^{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:message|call|reply|request)\s*:\s+", re.IGNORECASE
)
_PUT_MESSAGE = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:message|call|reply|request)\b", re.IGNORECASE
)
_ARROW = re.compile(
    r"(?P<a>.+?)\s*(?P<way>-->>?|->>?|\u2192|\u21e2)\s*(?P<b>[^:]+?)\s*(?::\s*(?P<label>.+))?"
)
_REPLIES = re.compile(r"(?:repl(?:y|ies)|answers?|returns?|responds?|antwortet|gibt)\b", re.I)
_SAYING = re.compile(
    r"(?P<verb>[a-z]{3,}s|asks|tells|sends|calls|replies|answers|returns|responds|requests|notifies|informs|confirms|forwards|pays|gives"
    r"|passes|queries|pings|charges|prints|shows|delivers|reports|orders|invokes|triggers|checks|fragt|schickt|sendet"
    r"|antwortet|meldet|ruft|bittet|gibt)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_PLAIN = ("asks", "tells", "sends", "replies", "answers", "returns", "responds", "requests",
          "fragt", "schickt", "sendet", "antwortet", "meldet", "gibt", "bittet")  # fmt: skip
_CONDITION = re.compile(
    r"\b(?:if|when|unless|until|while|because|whenever|wenn|falls|bis|weil|sobald)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:to|from|with|at|an|von|mit|bei|f\u00fcr|for|zu|zur|zum)\b", re.IGNORECASE
)
_GERMAN = re.compile(
    r"(?:(?P<way>nach|vor)\s+(?P<what>[\"\u201c].+?[\"\u201d]|\S+)|danach|dann|zuletzt|am\s+ende)\s*,?\s+(?P<verb>[a-z\u00e4\u00f6\u00fc]{3,}t)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_JOINTS = re.compile(
    r"^(?:for|about|that|with|of|um|nach|mit)\s+|^(?:an?|the|eine?n?|der|die|das|den)\s+|^:\s*",
    re.I,
)


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    found = _AS.fullmatch(command)
    if found:
        return _participant(found["new"] + (found["rest"] or ""), targets)
    found = _NOUN_LAST.fullmatch(command)
    if found:
        return _participant(found["new"] + (found["rest"] or ""), targets)
    found = _PARTICIPANT.fullmatch(command)
    if found:
        return _participant(found["new"], targets)
    made = _timed(command, targets)
    if made is None and _PUT_MESSAGE.match(command):
        raise refusal("edit_unread", targets.language, words=command[:80], example=EDIT_EXAMPLE)
    return made


def _participant(new: str, targets: Targets) -> list[Operation]:
    turn = place_in_order(new, targets)
    near, side = turn.beside(order_of(targets, "sequence"))
    label = name_of(turn.rest)
    return [Add(node=Node(id=targets.add(label), label=label[:400]), near=near, side=side)]


def _timed(command: str, targets: Targets) -> list[Operation] | None:
    """A message, with or without its turn."""
    turned = _GERMAN.fullmatch(command)
    if turned:
        command = _subject_first(turned, targets) or command
    for pattern in (_SINCE, _LATER):
        found = pattern.fullmatch(command)
        if found is None:
            continue
        message = _edge(found["what"], targets)
        said = _message(found["rest"], targets) if message else None
        if message and said:
            turn = "before" if found["way"].lower() == "before" else "after"
            return [said.model_copy(update={turn: message})]
    for pattern in (_LAST, _AT_END, _FIRST, _AT_START):
        found = pattern.fullmatch(command)
        said = _message(found["rest"], targets) if found else None
        if said and pattern in (_FIRST, _AT_START) and targets.context.edges:
            return [said.model_copy(update={"before": targets.context.edges[0].alias})]
        if said:
            return [said]
    said = _message(command, targets)
    return [said] if said else None


def _subject_first(turned: re.Match[str], targets: Targets) -> str | None:
    """ "nach 'pay' fragt Till Bank" as "after 'pay', Till fragt Bank"."""
    parts = turned["rest"].split(" ")
    way = {"nach": "after", "vor": "before"}.get((turned["way"] or "").lower())
    for count in range(min(len(parts) - 1, 4), 0, -1):
        if targets.known(" ".join(parts[:count])):
            said = f"{' '.join(parts[:count])} {turned['verb']} {' '.join(parts[count:])}"
            return f"{way} {turned['what']}, {said}" if way else said
    return None


def _edge(what: str, targets: Targets) -> str | None:
    name = (unquote(what.strip()) or what).casefold().strip()
    edges = [edge for edge in targets.context.edges if edge.label]
    same = [edge.alias for edge in edges if edge.label.casefold() == name]
    part = [edge.alias for edge in edges if name in edge.label.casefold()]
    return same[0] if len(same) == 1 else part[0] if len(part) == 1 and not same else None


def _message(text: str, targets: Targets) -> Connect | None:
    text = _NOUN_FIRST.sub("", text.strip().rstrip(".!"))
    found = _MESSAGE.fullmatch(text)
    if found:
        a, b = targets.one(found["a"]), targets.one(found["b"])
        label = found["label"] or found["colon"] or ""
        style: LineStyle = "dashed" if found["style"] or "reply" in text.lower() else "solid"
        return _said(a, b, unquote(label.strip()) or label.strip(), style)
    found = _ARROW.fullmatch(text)
    if found:
        source, target = targets.known(found["a"]), targets.known(found["b"])
        if source and target:
            line: LineStyle = "dashed" if found["way"].startswith(("--", "\u21e2")) else "solid"
            return _said(
                source, target, unquote(found["label"] or "") or found["label"] or "", line
            )
        return None
    return _sentence(text, targets)


def _sentence(text: str, targets: Targets) -> Connect | None:
    """ "Till asks Bank for approval", "Bank sends a receipt to Guest"."""
    if _CONDITION.search(text):
        return None
    parts = text.split(" ")
    for count in range(min(len(parts) - 1, 4), 0, -1):
        source = targets.known(" ".join(parts[:count]))
        said = _SAYING.fullmatch(" ".join(parts[count:]))
        if source is None or said is None:
            continue
        other = _receiver(said["rest"], targets)
        if other is None:
            return _to_itself(source, text, said, targets)
        target, words = other
        verb = said["verb"].lower()
        label = words if verb in _PLAIN and words else f"{verb} {words}".strip()
        line: LineStyle = "dashed" if _REPLIES.match(verb) else "solid"
        return _said(source, target, label, line)
    return None


def _to_itself(source: str, text: str, said: re.Match[str], targets: Targets) -> Connect:
    """What one does alone; whoever is named as another one has to be there."""
    if _OTHERS.search(said["rest"]) or said["verb"].lower() in _PLAIN:
        raise refusal("edit_unread", targets.language, words=text[:80], example=EDIT_EXAMPLE)
    return _said(source, source, f"{said['verb'].lower()} {said['rest']}", "solid")


def _receiver(rest: str, targets: Targets) -> tuple[str, str] | None:
    """Who gets it, and what is said."""
    parts = rest.split(" ")
    for count in range(min(len(parts), 4), 0, -1):
        first = targets.known(" ".join(parts[:count]))
        if first:
            return first, _bare(" ".join(parts[count:]))
    for start in range(len(parts) - 1, 0, -1):
        if parts[start - 1].lower() in ("to", "an", "from", "von", "at", "bei", "for", "f\u00fcr"):
            found = targets.known(" ".join(parts[start:]))
            if found:
                return found, _bare(" ".join(parts[: start - 1]))
    return None


def _bare(words: str) -> str:
    while (shorter := _JOINTS.sub("", words.strip())) != words:
        words = shorter
    return unquote(words) or words


def _said(source: str, target: str, label: str, line: LineStyle) -> Connect:
    return Connect(source=source, target=target, label=label[:400], line=line)
