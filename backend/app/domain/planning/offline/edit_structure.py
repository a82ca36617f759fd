"""Edit commands about what is there: add, insert, delete, connect, disconnect, notes, groups."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.offline.edit_notes import read_group, read_note
from app.domain.planning.offline.header import read_header
from app.domain.planning.offline.shapes import SHAPES, read_shapes
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import (
    Add,
    Connect,
    Delete,
    Disconnect,
    InsertBetween,
    Line,
    Node,
    Operation,
    Shape,
    Side,
)
from app.domain.planning.text import nice, split_top, unquote

_PUT = r"(?:add|insert|put|place|create|draw)"
_NEW = re.compile(
    r"(?:an?\s+|the\s+|one\s+|another\s+)?(?:new\s+)?(?:(?P<shape>box|node|step|shape|rectangle|square|circle|ellipse|oval"
    r"|diamond|decision|question|card|sticky\s+note|element|component|service|state|process\s+step)\s+)?"
    r"(?:(?:called|named|labelled|labeled|saying|with\s+(?:the\s+)?(?:text|label|name))\s+)?(?P<label>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s+(?:in\s+)?between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.I
)
_BETWEEN_THESE = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s+(?:in\s+)?between(?:\s+(?:them|these|those|both|the\s+two|the\s+selection"
    r"|(?:these|those|the|both)\s+(?:two\s+)?(?:selected\s+)?(?:shapes|boxes|nodes|steps|elements|ones)))?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s+(?P<where>right\s+after|after|behind|before|in\s+front\s+of)\s+(?P<a>.+)",
    re.I,
)
_BESIDE = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s+(?P<side>(?:to\s+the\s+)?(?:left|right)\s+of|below|under|underneath|beneath|above|over"
    r"|on\s+top\s+of|next\s+to|near|beside)\s+(?P<a>.+)",
    re.IGNORECASE,
)
_LINKED = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s*,?\s+(?:and\s+)?connect(?:ed)?\s+(?:it\s+)?(?P<way>to|from|with)\s+(?P<a>.+)",
    re.I,
)
_CHILD = re.compile(
    rf"{_PUT}\s+(?P<new>.+?)\s+(?:as\s+(?:an?\s+)?(?:child|sub-?\w+|report|branch)\s+(?:of|to|under)|to)\s+(?P<a>.+)",
    re.I,
)
_BARE = re.compile(rf"{_PUT}\s+(?P<new>.+)", re.IGNORECASE | re.DOTALL)
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
    r"|edge|connector)\s+(?:from\s+(?P<from>.+?)\s+to|between\s+(?P<between>.+?)\s+and)\s+(?P<to>.+)",
    re.IGNORECASE,
)
_CONNECT_PAIR = re.compile(r"(?:connect|link|join)\s+(?P<a>.+?)\s+and\s+(?P<b>.+)", re.IGNORECASE)
_DISCONNECT = re.compile(
    r"(?:disconnect|unlink|detach)\s+(?P<a>.+?)(?:\s+(?:from|and)\s+(?P<b>.+))?", re.I
)
_VAGUE = re.compile(
    r"\b(?:more|some|something|anything|better|nice(?:r|ly)?|details?|colou?rs?|everything|stuff|things?|improvements?"
    r"|ideas?|poem|examples?|style|content|magic|life)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_SHAPE_OF: dict[str, Shape] = {"question": "diamond", "state": "rectangle"}


def read_structure(command: str, targets: Targets) -> list[Operation] | None:
    """Operations for a command about things and connections, or None if it is none."""
    for reader in (read_note, _connect, _disconnect, _delete, _add, read_group):
        operations = reader(command, targets)
        if operations:
            return operations
    return None


def new_node(text: str, targets: Targets) -> Node:
    """The node that a phrase like `a decision "Paid?"` describes, remembered in targets."""
    match = _NEW.fullmatch(text.strip())
    label = match["label"] if match else text
    word = (match["shape"] or "").lower() if match else ""
    quoted = unquote(label)
    if quoted is None and _VAGUE.search(label):
        raise NotUnderstood(
            f'Say what to add instead of "{label[:60]}", for example: '
            "add Cache between API and Database."
        )
    shape: Shape = _SHAPE_OF.get(word) or SHAPES.get(
        word.replace("sticky note", "note"), "rectangle"
    )
    if label.rstrip("\"'\u201d ").endswith("?"):
        shape = "diamond"
    return Node(id=targets.add(label, shape), label=nice(label)[:400], shape=shape)


def _chosen_pair(targets: Targets) -> tuple[str, str]:
    """The two selected shapes, or the ends of the selected arrow, in the arrow's direction."""
    for edge in targets.context.edges:
        if edge.selected and edge.source and edge.target:
            return edge.source, edge.target
    chosen = [node.alias for node in targets.context.selected]
    if len(chosen) != 2:
        raise NotUnderstood(
            "Select the two shapes first, or name them: add Cache between API and Database."
        )
    a, b = chosen
    backward = any((e.source, e.target) == (b, a) for e in targets.context.edges)
    return (b, a) if backward else (a, b)


def _add(command: str, targets: Targets) -> list[Operation] | None:
    match = _BETWEEN.fullmatch(command)
    if match:
        a, b = targets.one(match["a"]), targets.one(match["b"])
        return [InsertBetween(node=new_node(match["new"], targets), source=a, target=b)]
    match = _BETWEEN_THESE.fullmatch(command)
    if match:
        a, b = _chosen_pair(targets)
        return [InsertBetween(node=new_node(match["new"], targets), source=a, target=b)]
    match = _AFTER.fullmatch(command)
    if match:
        return [_in_line(match, targets)]
    for pattern, build in ((_BESIDE, _beside), (_LINKED, _linked), (_CHILD, _child)):
        match = pattern.fullmatch(command)
        if match:
            return [build(match, targets)]
    shapes = read_shapes(read_header(command))
    if shapes and (len(shapes.nodes) > 1 or not shapes.nodes[0].label):
        return [shapes.build()]
    match = _BARE.fullmatch(command)
    if match and len(match["new"].split()) <= 12:
        return [Add(node=new_node(part, targets)) for part in _several(match["new"])]
    return None


def _several(text: str) -> list[str]:
    parts = split_top(text, re.compile(r"\s*,\s*(?:and\s+)?"))
    return [part for part in parts if part]


def _in_line(match: re.Match[str], targets: Targets) -> Operation:
    """After or before something: on its arrow if it has exactly one there, else beside it."""
    anchor = targets.one(match["a"])
    after = match["where"].lower() not in ("before", "in front of")
    edges = targets.context.edges
    if after:
        ends = [e.target for e in edges if e.source == anchor and e.target]
    else:
        ends = [e.source for e in edges if e.target == anchor and e.source]
    node = new_node(match["new"], targets)
    if len(ends) == 1:
        source, target = (anchor, ends[0]) if after else (ends[0], anchor)
        return InsertBetween(node=node, source=source, target=target)
    if after:
        return Add(node=node, near=anchor, connect_from=anchor)
    return Add(node=node, near=anchor, connect_to=anchor)


def side_of(words: str) -> Side | None:
    text = words.lower()
    sides: tuple[tuple[str, Side], ...] = (
        ("left", "left"), ("right", "right"), ("above", "above"), ("over", "above"),
        ("top", "above"), ("below", "below"), ("under", "below"), ("beneath", "below"),
        ("next to", "right"), ("beside", "right"), ("after", "right"), ("behind", "right"),
        ("before", "left"),
    )  # fmt: skip
    return next((side for word, side in sides if word in text), None)


def _beside(match: re.Match[str], targets: Targets) -> Operation:
    anchor = targets.one(match["a"])
    if match["side"].lower() == "under" and targets.is_parent(anchor):
        return _child(match, targets)
    return Add(node=new_node(match["new"], targets), near=anchor, side=side_of(match["side"]))


def _linked(match: re.Match[str], targets: Targets) -> Operation:
    anchor = targets.one(match["a"])
    node = new_node(match["new"], targets)
    if match["way"].lower() == "from":
        return Add(node=node, near=anchor, connect_from=anchor)
    return Add(node=node, near=anchor, connect_to=anchor)


def _child(match: re.Match[str], targets: Targets) -> Operation:
    """Beside the last sibling if there is one."""
    anchor = targets.one(match["a"])
    node = new_node(match["new"], targets)
    siblings = [e.target for e in targets.context.edges if e.source == anchor and e.target]
    if siblings and targets.is_parent(anchor):
        return Add(node=node, near=siblings[-1], side="right", connect_from=anchor)
    return Add(node=node, near=anchor, connect_from=anchor)


def _delete(command: str, targets: Targets) -> list[Operation] | None:
    if _CLEAR.fullmatch(command):
        return [Delete(targets=targets.many("everything"))]
    match = _DELETE.fullmatch(command)
    if not match:
        return None
    edge = targets.edge_phrase(match["what"])
    if edge and edge.source and edge.target:
        return [Disconnect(source=edge.source, target=edge.target)]
    return [Delete(targets=targets.many(match["what"]))]


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


def _options(command: str) -> tuple[str, str, Line]:
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
    line: Line = "dashed" if name == "dashed" else "dotted" if name == "dotted" else "solid"
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
