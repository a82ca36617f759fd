"""Reads groups within groups: an indented outline of a system, or "VPC: subnet (web, API), DNS"."""

from collections.abc import Sequence

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.offline.lists import Item, Outline
from app.domain.planning.offline.nested import read_nested
from app.domain.planning.offline.sections import named
from app.domain.planning.text import items

MAX_DEPTH = 8


def is_deep(outline: Outline) -> bool:
    """Whether something in the outline lies three levels down."""
    return any(part.children for top in outline.items for part in top.children)


def add_enumeration(builder: GraphBuilder, text: str, group: str) -> None:
    """ "a, b (c, d)": two or more things in parentheses make a group, one is a remark."""
    top = Item("", "", read_nested(text))
    for item in list(top.walk()):
        item.children = [_with_remark(child) for child in item.children]
    add_items(builder, top.children, group)


def _with_remark(item: Item) -> Item:
    if len(item.children) != 1 or item.children[0].children:
        return item
    return Item(f"{item.text} ({item.children[0].text})", item.marker)


def add_items(builder: GraphBuilder, top: Sequence[Item], group: str | None = None) -> None:
    """What has something below it becomes a group, the rest nodes; iterative, so that deep
    nesting costs no stack; below MAX_DEPTH all is one group."""
    waiting = [(item, group, 0) for item in reversed(top)]
    while waiting:
        item, around, depth = waiting.pop()
        head = named(item.text)
        label = head[0] if head else item.text.rstrip(":")
        if not item.children and not (head and head[1]):
            builder.node(label, group=around)
            continue
        inner = builder.group(label, around) if depth < MAX_DEPTH else around
        for piece in items(head[1]) if head else ():
            builder.node(piece, group=inner)
        waiting += [(child, inner, depth + 1) for child in reversed(item.children)]
