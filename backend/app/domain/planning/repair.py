"""Repairs the mechanical faults of a model's plan, so that only real misunderstandings fail."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.domain.errors import InvalidOutput
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.plan import MAX_NODES, MAX_OPERATIONS, Operation, Plan
from app.domain.planning.repair_graph import GraphRepair
from app.domain.planning.repair_hierarchy import Fields
from app.domain.planning.repair_values import (
    COLOR_WORDS,
    DIRECTIONS,
    LINES,
    SHAPES,
    SIDES,
    Remarks,
    choose,
    first,
    ref,
    refs,
    text,
)

_OPERATION: TypeAdapter[Operation] = TypeAdapter(Operation)
_NAMES = {
    "diagram": "graph", "draw": "graph", "create": "graph", "add_node": "add",
    "insert": "insert_between",
    "rename": "set_text", "text": "set_text", "update_text": "set_text", "style": "set_style",
    "color": "set_style", "recolor": "set_style", "remove": "delete", "erase": "delete",
    "add_edge": "connect", "link": "connect", "remove_edge": "disconnect", "unlink": "disconnect",
    "scale": "resize", "set_size": "resize", "exchange": "swap", "switch": "swap",
    "copy": "duplicate", "clone": "duplicate",
    "move": "move_relative", "tidy": "relayout", "layout": "relayout", "group_together": "group",
    "sticky": "note", "add_note": "note", "annotate": "note",
}  # fmt: skip
_INSIDE = ("inside", "in", "into", "within")
_CHANGED = frozenset(["update", "edit", "modify", "change", "update_node", "edit_node"])
_LIST_KEYS = ("operations", "ops", "actions")
_PLAN_KEYS = frozenset(["version", "title", "summary", "plan", *_LIST_KEYS])


def repair_plan(
    value: Any, kinds: PlanKinds, there: Mapping[str, str] | None = None
) -> tuple[Plan, list[str]]:
    """(plan, remarks). `there` are the labels of the canvas, by alias. Raises InvalidOutput if
    nothing is left, TooLarge if there is too much."""
    remarks = Remarks()
    root = _root(value)
    parts = _parts(root)
    if any(name in root for name in _LIST_KEYS):
        remarks.unknown([name for name in root if name not in _PLAN_KEYS])
    if len(parts) > MAX_OPERATIONS:
        parts = parts[:MAX_OPERATIONS]
        remarks.say(f"Only the first {MAX_OPERATIONS} operations were kept.")
    read = (_operation(part, remarks, kinds, there) for part in parts)
    operations = [found for found in read if found is not None]
    if not operations:
        detail = "; ".join(remarks.sentences()) or "it has no operations"
        raise InvalidOutput(f"The plan is empty: {detail}")
    plan = Plan(
        title=text(root.get("title")), summary=text(root.get("summary")), operations=operations
    )
    return plan, remarks.sentences()


def _root(value: Any) -> Fields:
    if isinstance(value, dict):
        inner = value.get("plan")
        return inner if isinstance(inner, dict) else value
    return {"operations": value} if isinstance(value, list) else {}


def _parts(root: Fields) -> list[Fields]:
    """The operations of a plan; a plan that is one operation or one bare graph counts as well."""
    listed = first(root, *_LIST_KEYS)
    if isinstance(listed, dict):
        listed = [listed]
    if isinstance(listed, list):
        return [item for item in listed if isinstance(item, dict)]
    return [root] if "op" in root or "nodes" in root else []


def _operation(
    part: Fields, remarks: Remarks, kinds: PlanKinds, there: Mapping[str, str] | None
) -> Operation | None:
    name = text(first(part, "op", "type", "action")).strip().casefold()
    name = _NAMES.get(name, name)
    if name in _CHANGED:
        name = "set_text" if first(part, "text", "label") is not None else "set_style"
    if "nodes" in part and name not in _READERS:
        name = "graph"
    if name == "graph":
        graph = GraphRepair(remarks, there).repair(part, kinds)
        if graph is None:
            remarks.say("A drawing without shapes was left out.")
        return graph
    reader = _READERS.get(name)
    if reader is None:
        remarks.drop("operation")
        return None
    fields = {key: value for key, value in reader(part, remarks).items() if value is not None}
    try:
        return _OPERATION.validate_python({"op": name, **fields})
    except ValidationError:
        remarks.drop("operation")
        return None


def _node(value: Any, remarks: Remarks) -> Fields | None:
    part = value if isinstance(value, dict) else {"label": value} if value else None
    node = GraphRepair(remarks).single(part) if part else None
    return node.model_dump() if node else None


def _one(part: Fields, *names: str) -> str | None:
    return ref(first(part, *names)) or None


def _targets(part: Fields) -> list[str]:
    return refs(first(part, "targets", "target", "ids", "id", "nodes") or [])[:MAX_NODES]


def _add(part: Fields, remarks: Remarks) -> Fields:
    node = first(part, "node")
    flat = {key: part[key] for key in ("id", "label", "text", "shape", "color") if key in part}
    label = part.get("label") if node is not None else part.get("edge_label")
    return {
        "node": _node(node if node is not None else flat, remarks),
        "near": _one(part, "near", "beside"),
        "side": choose(SIDES, part.get("side")),
        "connect_from": _one(part, "connect_from", "from", "source"),
        "connect_to": _one(part, "connect_to", "to", "target"),
        "label": text(label),
    }


def _set_text(part: Fields, _: Remarks) -> Fields:
    return {
        "target": _one(part, "target", "id", "targets"),
        "text": text(first(part, "text", "label")),
    }


def _set_style(part: Fields, _: Remarks) -> Fields:
    fill = part.get("fill")
    color = choose(COLOR_WORDS, first(part, "color", "colour"))
    bold = part.get("bold")
    return {
        "targets": _targets(part),
        "color": color or (choose(COLOR_WORDS, fill)),
        "fill": fill if fill in ("none", "solid", "hachure") else None,
        "line": choose(LINES, first(part, "line", "stroke", "style")),
        "shape": choose(SHAPES, part.get("shape")),
        "bold": bold if isinstance(bold, bool) else None,
    }


def _ends(part: Fields, _: Remarks) -> Fields:
    return {
        "source": _one(part, "source", "from", "src"),
        "target": _one(part, "target", "to", "dst"),
    }


def _connect(part: Fields, remarks: Remarks) -> Fields:
    return {
        **_ends(part, remarks),
        "label": text(first(part, "label", "text")),
        "line": choose(LINES, first(part, "line", "style")),
    }


def _insert(part: Fields, remarks: Remarks) -> Fields:
    flat = {key: part[key] for key in ("id", "label", "text", "shape", "color") if key in part}
    node = part.get("node")
    return {**_ends(part, remarks), "node": _node(node if node is not None else flat, remarks)}


def _move(part: Fields, _: Remarks) -> Fields:
    targets = refs(first(part, "targets", "target", "ids", "id") or [])
    anchor = _one(part, "anchor", "of", "relative_to", "near")
    inside = text(part.get("side")).strip().casefold() in _INSIDE
    side = "inside" if inside else choose(SIDES, part.get("side"))
    return {"targets": targets, "side": side, "anchor": anchor}


def _align(part: Fields, _: Remarks) -> Fields:
    edge = text(first(part, "edge", "alignment", "align")).casefold().replace("centre", "center")
    return {"targets": _targets(part), "edge": edge}


def _distribute(part: Fields, _: Remarks) -> Fields:
    axis = text(first(part, "axis", "direction")).casefold()
    axis = {"x": "horizontal", "y": "vertical"}.get(axis, axis)
    return {"targets": _targets(part), "axis": axis}


def _resize(part: Fields, _: Remarks) -> Fields:
    factor = part.get("factor", part.get("scale"))
    return {
        "targets": _targets(part),
        "width": part.get("width", factor),
        "height": part.get("height", factor),
        "like": _one(part, "like", "as"),
        "equal": part.get("equal") is True,
    }


def _swap(part: Fields, _: Remarks) -> Fields:
    pair = refs(first(part, "targets", "ids") or [])
    return {
        "one": _one(part, "one", "a", "source", "target") or next(iter(pair), None),
        "other": _one(part, "other", "b", "with", "to") or next(iter(pair[1:]), None),
        "arrows": "stay" if part.get("arrows") == "stay" else "follow",
    }


def _duplicate(part: Fields, _: Remarks) -> Fields:
    return {
        "targets": _targets(part),
        "side": choose(SIDES, part.get("side")),
        "connected": part.get("connected") is True,
        "ids": refs(first(part, "ids", "new_ids") or [])[:MAX_NODES] if "targets" in part else [],
        "label": text(first(part, "label", "text")),
    }


def _relayout(part: Fields, _: Remarks) -> Fields:
    return {"targets": _targets(part), "direction": choose(DIRECTIONS, part.get("direction"))}


def _group(part: Fields, _: Remarks) -> Fields:
    return {"targets": _targets(part), "label": text(first(part, "label", "title"))}


def _note(part: Fields, _: Remarks) -> Fields:
    color = choose(COLOR_WORDS, part.get("color"))
    return {
        "text": text(first(part, "text", "label")),
        "near": _one(part, "near", "target"),
        "color": color,
    }


def _delete(part: Fields, _: Remarks) -> Fields:
    return {"targets": _targets(part)}


_READERS: dict[str, Callable[[Fields, Remarks], Fields]] = {
    "add": _add, "set_text": _set_text, "set_style": _set_style, "delete": _delete,
    "connect": _connect, "disconnect": _ends, "insert_between": _insert, "move_relative": _move,
    "align": _align, "distribute": _distribute, "resize": _resize, "swap": _swap,
    "duplicate": _duplicate, "relayout": _relayout, "group": _group,
    "note": _note,
}  # fmt: skip
