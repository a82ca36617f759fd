"""Edit commands that connect, disconnect and delete."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Connect, Delete, Disconnect, LineStyle, Operation
from app.domain.planning.text import unquote

_DELETE = re.compile(r"(?:delete|remove|erase|drop|get\s+rid\s+of)\s+(?P<what>.+)", re.IGNORECASE)
_CLEAR = re.compile(
    r"(?:clear|empty|wipe)\s+(?:the\s+)?(?:canvas|board|drawing|everything|all)", re.I
)
_LABEL = re.compile(
    r"\s*,?\s+(?:labelled|labeled|with\s+(?:the\s+|a\s+)?(?:label|text)|saying|called|named)\s+(?:as\s+)?(?P<label>.+)$"
    r"|\s*:\s+(?P<colon>.+)$",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"\s+(?:with|by|using)\s+an?\s+(?:(?P<line>dashed|dotted|solid)\s+)?(?:arrow|line|connection|link)",
    re.I,
)
_CONNECT = re.compile(
    r"(?:connect|link|join|wire)\s+(?P<a>.+?)\s+(?:to|with|into|->|\u2192)\s+(?P<b>.+)"
    r"|(?:draw|add|create|make|put|insert)\s+(?:an?\s+)?(?P<line>dashed\s+|dotted\s+)?(?:new\s+)?(?:arrow|line|connection|link"
    r"|edge|connector)\s+(?:from\s+(?P<from>.+?)\s+(?:back\s+)?to|between\s+(?P<between>.+?)\s+and)\s+(?P<to>.+)",
    re.IGNORECASE,
)
_CONNECT_PAIR = re.compile(r"(?:connect|link|join)\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.IGNORECASE)
_DISCONNECT = re.compile(
    r"(?:disconnect|unlink|detach)\s+(?P<a>.+?)(?:\s+(?:from|and)\s+(?P<b>.+))?", re.I
)
_KEEP = re.compile(
    r"(?:delete|remove)\s+(?P<what>.+?)\s*,?\s+(?:and|but)\s+(?:keep|leave|re-?connect|connect)\s+(?:the\s+)?(?:rest|others?|neighbou?rs|line|chain|flow)\b.*",
    re.IGNORECASE,
)


def read_deletion(command: str, targets: Targets) -> list[Operation] | None:
    if _CLEAR.fullmatch(command):
        return [Delete(targets=targets.many("everything"))]
    match = _KEEP.fullmatch(command)
    if match:
        return _cut_out(targets.one(match["what"]), targets)
    match = _DELETE.fullmatch(command)
    if not match:
        return None
    edge = targets.edge_phrase(match["what"])
    if edge and edge.source and edge.target:
        return [Disconnect(source=edge.source, target=edge.target)]
    return [Delete(targets=targets.many(match["what"]))]


def _cut_out(target: str, targets: Targets) -> list[Operation]:
    """Deletes a shape and joins what it was between."""
    edges = targets.context.edges
    before = [e for e in edges if e.target == target and e.source != target]
    after = [e for e in edges if e.source == target and e.target != target]
    joined = [
        Connect(source=a.source, target=b.target, label=a.label or b.label)
        for a in before
        for b in after
        if a.source and b.target and a.source != b.target
    ]
    return [Delete(targets=[target]), *joined]


def read_connection(command: str, targets: Targets) -> list[Operation] | None:
    return _connect(command, targets) or _disconnect(command, targets)


def _connect(command: str, targets: Targets) -> list[Operation] | None:
    rest, label, line = _options(command)
    match = _CONNECT.fullmatch(rest) or _CONNECT_PAIR.fullmatch(rest)
    if not match:
        return None
    found = match.groupdict()
    left = found.get("a") or found.get("from") or found.get("between") or ""
    right = found.get("b") or found.get("to") or ""
    drawn = (found.get("line") or "").strip().lower()
    line = "dashed" if drawn == "dashed" else "dotted" if drawn == "dotted" else line
    return [
        Connect(source=source, target=target, label=label, line=line)
        for source in targets.many(left)
        for target in targets.many(right)
        if source != target or left == right
    ]


def _options(command: str) -> tuple[str, str, LineStyle]:
    """A connect command without its label and line style, and these two."""
    label = ""
    match = _LABEL.search(command)
    if match:
        text = match["label"] or match["colon"]
        label, command = unquote(text) or text.strip(), command[: match.start()]
    style = _STYLE.search(command)
    if not style:
        return command, label[:400], "solid"
    command = command[: style.start()] + command[style.end() :]
    name = (style["line"] or "solid").lower()
    line: LineStyle = "dashed" if name == "dashed" else "dotted" if name == "dotted" else "solid"
    return command, label[:400], line


def _disconnect(command: str, targets: Targets) -> list[Operation] | None:
    match = _DISCONNECT.fullmatch(command)
    if not match:
        return None
    a = targets.one(match["a"])
    if match["b"]:
        return [Disconnect(source=a, target=targets.one(match["b"]))]
    edges = [
        e for e in targets.context.edges if a in (e.source, e.target) and e.source and e.target
    ]
    if not edges:
        raise NotUnderstood(f'"{targets.label(a)}" has no connections.')
    return [Disconnect(source=e.source, target=e.target) for e in edges if e.source and e.target]
