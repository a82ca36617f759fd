"""Reads enumerations with parentheses, "a, b (b1, b2), c", into a tree of items."""

from app.domain.planning.offline.lists import Item
from app.domain.planning.offline.sections import clauses, named
from app.domain.planning.text import items

MAX_NESTING = 40


def read_nested(text: str) -> list[Item]:
    """Top items of the text; what stands in parentheses or after a colon is below its item."""
    top: list[Item] = []
    for clause in clauses(text):
        head = named(clause)
        if head and head[1]:
            top.append(Item(head[0], "-", _tree(head[1])))
        else:
            top += _tree(clause.rstrip(":"))
    return top


def _tree(text: str) -> list[Item]:
    """Iterative, so that deep nesting costs no stack; below MAX_NESTING it stays text."""
    top: list[Item] = []
    waiting: list[tuple[str, list[Item], int]] = [(text, top, 0)]
    while waiting:
        part, target, depth = waiting.pop()
        for piece in items(part):
            label, inside = _split_parentheses(piece)
            item = Item(label if inside and depth < MAX_NESTING else piece, "-")
            target.append(item)
            if inside and depth < MAX_NESTING:
                waiting.append((inside, item.children, depth + 1))
    return top


def _split_parentheses(piece: str) -> tuple[str, str]:
    piece = piece.strip()
    start = piece.find("(")
    if start <= 0 or not piece.endswith(")"):
        return piece, ""
    return piece[:start].strip(), piece[start + 1 : -1].strip()
