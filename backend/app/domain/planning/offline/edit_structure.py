"""Edit commands about what is there: add, insert, notes, groups."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.lexicon import COLORS
from app.domain.planning.offline.edit_connect import read_connection, read_deletion
from app.domain.planning.offline.edit_notes import read_group, read_note
from app.domain.planning.offline.edit_phrases import parts_of
from app.domain.planning.offline.header import read_header
from app.domain.planning.offline.shapes import SHAPES, read_shapes
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import (
    Add,
    Color,
    InsertBetween,
    Node,
    Operation,
    Shape,
    Side,
)
from app.domain.planning.text import nice, split_top, unquote

_PUT = r"(?:add|insert|put|place|create|draw)"
_NEW = re.compile(
    r"(?:an?\s+|the\s+|one\s+|another\s+)?(?:new\s+)?(?:(?P<shape>title|heading|box|node|step|shape|rectangle|square|circle|ellipse|oval"
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
_INSIDE = re.compile(rf"{_PUT}\s+(?P<new>.+?)\s+(?:in|into|inside)\s+(?P<a>.+)", re.IGNORECASE)
_COLUMN = re.compile(
    rf"{_PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:column|lane)\b.*", re.I | re.DOTALL
)
_MANY = re.compile(
    rf"{_PUT}\s+(?:[\w-]+\s+){{1,3}}(?P<way>under|below|to)\s+(?P<a>[^:]+?)\s*:\s*(?P<names>.+)",
    re.I,
)
_BARE = re.compile(rf"{_PUT}\s+(?P<new>.+)", re.IGNORECASE | re.DOTALL)
_VAGUE = re.compile(
    r"\b(?:more|some|something|anything|better|nice(?:r|ly)?|details?|colou?rs?|everything|stuff|things?|improvements?"
    r"|ideas?|poem|examples?|style|content|magic|life)\b",
    re.IGNORECASE,
)
_COLORED = re.compile(
    rf"(?P<article>(?:an?|another|one)\s+(?:new\s+)?)(?:(?:light|dark|bright)\s+)?(?P<color>{'|'.join(sorted(COLORS, key=len, reverse=True))})\s+(?=\S)",
    re.IGNORECASE,
)
_TIED = re.compile(
    r"\s*,?\s+(?:and\s+)?(?:connected|linked)(?:\s+(?:to|with)\s+it)?$", re.IGNORECASE
)
_SHAPE_OF: dict[str, Shape] = {
    "question": "diamond", "state": "rectangle", "title": "text", "heading": "text",
}  # fmt: skip


def read_structure(command: str, targets: Targets) -> list[Operation] | None:
    """Operations for a command about things and connections, or None if it is none."""
    for reader in (read_note, read_connection, read_deletion, _several_below, _add, read_group):
        operations = reader(command, targets)
        if operations:
            return operations
    return None


def new_node(text: str, targets: Targets) -> Node:
    """The node that a phrase like `a decision "Paid?"` describes, remembered in targets."""
    color, text = _colored(text.strip())
    match = _NEW.fullmatch(text)
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
    return Node(id=targets.add(label, shape), label=nice(label)[:400], shape=shape, color=color)


def _colored(text: str) -> tuple[Color, str]:
    """ "a green cache": the color, and the phrase without it."""
    found = _COLORED.match(text)
    if found is None:
        return "default", text
    color = COLORS[found["color"].lower()]
    return color, f"{found['article']}{text[found.end() :]}"


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
    if _COLUMN.fullmatch(command):
        raise NotUnderstood(
            "There is no board here that a column could be added to. Draw one first: "
            "To do: design, write; Doing: build; Done."
        )
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
    match = _INSIDE.fullmatch(command)
    if match and targets.is_group(targets.known(match["a"]) or ""):
        return [_child(match, targets)]
    shapes = read_shapes(read_header(command, targets.kinds))
    if shapes and (len(shapes.nodes) > 1 or not shapes.nodes[0].label):
        return [shapes.build()]
    match = _BARE.fullmatch(command)
    if match and len(match["new"].split()) <= 12:
        made = [new_node(part, targets) for part in _several(match["new"])]
        return [Add(node=node, side="above" if node.shape == "text" else None) for node in made]
    return None


def _several_below(command: str, targets: Targets) -> list[Operation] | None:
    """ "add two people under CFO: Ann and Bob"."""
    match = _MANY.fullmatch(command)
    if not match:
        return None
    each = [
        _add(f"add {name} {match['way']} {match['a']}", targets)
        for name in parts_of(match["names"])
    ]
    return [operation for part in each for operation in part or ()]


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
    near = _TIED.sub("", match["a"])
    anchor = targets.one(near)
    if near != match["a"]:
        node = new_node(match["new"], targets)
        return Add(node=node, near=anchor, side=side_of(match["side"]), connect_from=anchor)
    if match["side"].lower() in ("under", "below") and targets.is_hierarchy(anchor):
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
    if targets.is_group(anchor):
        return Add(node=node.model_copy(update={"group": anchor}), near=anchor)
    siblings = [e.target for e in targets.context.edges if e.source == anchor and e.target]
    if siblings and targets.is_parent(anchor):
        return Add(node=node, near=siblings[-1], side="right", connect_from=anchor)
    return Add(node=node, near=anchor, connect_from=anchor)
