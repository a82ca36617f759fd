"""Reads what is below one root: "coffee: beans (arabica, robusta), brewing"."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.lists import Item
from app.domain.planning.offline.nested import read_nested
from app.domain.planning.offline.outlines import add_branch
from app.domain.planning.text import items, nice

_BRANCHES = re.compile(
    r"\s*(?:(?:the\s+)?(?:\w+\s+)?(?:main\s+)?(?:branches|topics|subtopics|ideas|nodes|children|points)\s*"
    r"(?:are\b|:)?\s*)",
    re.IGNORECASE,
)
_HAS = re.compile(r"\s+(?:has|have|contains|includes|splits\s+into|with)\s+", re.IGNORECASE)
_COLON = re.compile(r":\s+")


def from_enumeration(source: Source, kind: str) -> GraphBuilder | None:
    """The title is the root; without a title, the text before a colon or "with" is."""
    title, body = source.title, _BRANCHES.sub("", source.body, count=1)
    if not title:
        title, body = _root(body)
    elif not body:
        parts = re.split(_HAS, title, maxsplit=1)
        title, body = (
            (parts[0], _BRANCHES.sub("", parts[1], count=1)) if len(parts) == 2 else (title, "")
        )
    if not title or not body:
        return None
    root = Item(title, "-", read_nested(body))
    _move_below(root)
    builder = source.builder(kind)
    builder.title = ""
    add_branch(builder, root, None)
    return builder


def _root(body: str) -> tuple[str, str]:
    for pattern in (_COLON, _HAS):
        match = pattern.search(body)
        if match and ";" not in body[: match.start()] and "," not in body[: match.start()]:
            return body[: match.start()].strip(), _BRANCHES.sub("", body[match.end() :], count=1)
    outer = items(body)
    if len(outer) == 1 and body.strip().endswith(")") and "(" in body:
        label, _, inside = body.strip()[:-1].partition("(")
        return label.strip(), inside
    return "", body


def _move_below(root: Item) -> None:
    """ "a, b; b: b1, b2": a later section with a known name gives its children to that item."""
    kept: list[Item] = []
    by_name = {
        nice(item.text).casefold(): item for item in reversed(root.children) if not item.children
    }
    for item in root.children:
        known = by_name.get(nice(item.text).casefold())
        if item.children and known is not None and known is not item:
            known.children += item.children
        else:
            kept.append(item)
    root.children = kept
