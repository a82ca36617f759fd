"""Random plans and random edits: what the guarantees are tried on, the same for the same seed."""

from collections.abc import Sequence
from random import Random
from typing import Any, get_args

from app.domain.kinds import KINDS
from app.domain.planning.plan import Direction, Graph, Operation, Plan

DIRECTIONS: tuple[str, ...] = get_args(Direction)
WORDS = (
    "Order", "Check the payment", "Ana Ruiz\nCEO", "Überprüfung der Rechnungsanschrift",
    "注文を確認する", "a", "x" * 45, "Готово?",
    "Send a reminder to everybody who has not answered within two weeks",
    "{id}: <b>&amp;</b>",
)  # fmt: skip
ANSWERS = ("", "", "yes", "no", "if the customer has paid in advance", "1:n")
_SHAPES = ("rectangle", "rectangle", "rectangle", "ellipse", "diamond", "note", "text")
_COLORS = ("default", "default", "red", "green", "blue", "yellow", "black")
_CELLS = ("table", "matrix", "grid")


def random_graph(dice: Random, kind: str | None = None, most: int = 14) -> Graph:
    """A graph of up to `most` nodes; cycles, loops, repetitions and nested groups included."""
    kind = kind or dice.choice(KINDS.ids)
    keys = [f"n{i}" for i in range(dice.randint(1, most))]
    groups = _groups(dice) if dice.random() < 0.5 else []
    nodes = [_node(dice, key, kind, groups) for key in keys]
    edges = [
        {
            "source": dice.choice(keys),
            "target": dice.choice(keys),
            "label": dice.choice(ANSWERS),
        }
        for _ in range(dice.randint(0, len(keys) + 3))
    ]
    return Graph.model_validate(
        {
            "kind": kind,
            "direction": dice.choice(DIRECTIONS),
            "title": dice.choice(("", "A title")),
            "nodes": nodes,
            "edges": edges,
            "groups": groups,
        }
    )


def _groups(dice: Random) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for i in range(dice.randint(0, 4)):
        label = dice.choice((f"Group {i}", f"Everything about part {i} of the company"))
        parent = f"g{i - 1}" if i and dice.random() < 0.5 else None
        groups.append({"id": f"g{i}", "label": label, "parent": parent})
    return groups


def _node(dice: Random, key: str, kind: str, groups: Sequence[dict[str, Any]]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": key,
        "label": dice.choice(WORDS),
        "shape": dice.choice(_SHAPES),
        "color": dice.choice(_COLORS),
    }
    if groups and dice.random() < 0.5:
        node["group"] = dice.choice(groups)["id"]
    if dice.random() < 0.2:
        node["rows"] = [dice.choice(WORDS) for _ in range(dice.randint(1, 4))]
    if kind in _CELLS and dice.random() < 0.5:
        node["column"], node["row"] = dice.randint(0, 3), dice.randint(0, 3)
    return node


def random_edit(dice: Random, shapes: Sequence[str], serial: int) -> Plan:
    """One edit of a canvas with these shapes (ids; at least one)."""
    one, other = dice.choice(shapes), dice.choice(shapes)
    some = dice.sample(shapes, min(len(shapes), dice.randint(1, 4)))
    node = {
        "id": f"new{serial}",
        "label": dice.choice(WORDS),
        "shape": dice.choice(_SHAPES[:5]),
    }
    side = dice.choice(("left", "right", "above", "below"))
    label = dice.choice(ANSWERS)
    edits: tuple[dict[str, Any], ...] = (
        {"op": "add", "node": node, "near": one},
        {"op": "add", "node": node, "connect_from": one, "label": label},
        {"op": "add", "node": node, "connect_to": one, "side": side},
        {"op": "insert_between", "node": node, "source": one, "target": other},
        {"op": "set_text", "target": one, "text": dice.choice(WORDS)},
        {"op": "set_style", "targets": some, "shape": dice.choice(_SHAPES[:5])},
        {"op": "set_style", "targets": some, "color": dice.choice(_COLORS)},
        {"op": "delete", "targets": [one]},
        {"op": "connect", "source": one, "target": other, "label": label},
        {"op": "disconnect", "source": one, "target": other},
        {"op": "move_relative", "targets": some, "side": side, "anchor": other},
        {"op": "align", "targets": some, "edge": dice.choice(("left", "top", "center", "middle"))},
        {"op": "distribute", "targets": some, "axis": dice.choice(("horizontal", "vertical"))},
        {"op": "relayout", "targets": dice.choice(([], some))},
        {"op": "group", "targets": some, "label": dice.choice(("", "Together"))},
        {"op": "note", "text": dice.choice(WORDS), "near": one},
    )
    return Plan.model_validate({"operations": [dice.choice(edits)]})


def random_reshaping(dice: Random, shapes: Sequence[str], serial: int) -> Plan:
    """One edit of sizes, places or copies, or in every other case any other edit."""
    if dice.random() < 0.5:
        return random_edit(dice, shapes, serial)
    one, other = dice.choice(shapes), dice.choice(shapes)
    some = dice.sample(shapes, min(len(shapes), dice.randint(1, 3)))
    factor = dice.choice((0.5, 0.8, 1.25, 2.0))
    edits: tuple[dict[str, Any], ...] = (
        {"op": "resize", "targets": some, "width": factor, "height": dice.choice((None, factor))},
        {"op": "resize", "targets": some, "height": factor},
        {"op": "resize", "targets": some, "equal": True},
        {"op": "resize", "targets": some, "like": other},
        {"op": "swap", "one": one, "other": other},
        {"op": "swap", "one": one, "other": other, "arrows": "stay"},
        {"op": "duplicate", "targets": some},
        {"op": "duplicate", "targets": some, "connected": True},
        {"op": "duplicate", "targets": [one], "label": dice.choice(WORDS)},
    )
    return Plan.model_validate({"operations": [dice.choice(edits)]})


def named(operation: Operation) -> str:
    """The operation in a word: its kind for a drawing, its name for an edit."""
    return operation.kind if isinstance(operation, Graph) else operation.op
