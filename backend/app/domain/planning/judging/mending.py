"""What is set right in an answer without asking again: strays, our names, shapes drawn twice."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.domain.planning.offline.extend import extend
from app.domain.planning.plan import Delete, Graph, Operation, Plan
from app.domain.planning.request import PlanRequest, SceneContext
from app.domain.planning.text import key

if TYPE_CHECKING:
    from app.domain.planning.judging.evidence import Answer

_ALIAS = re.compile(r"\b[ne]\d{1,4}\b")
_ONE = ("target", "source", "near", "connect_from", "connect_to", "anchor", "like", "one", "other")
_OPTIONAL = frozenset({"near", "connect_from", "connect_to", "like"})
_SHOWN = frozenset({"label", "title", "text", "summary"})


def references(operation: Operation) -> Iterator[str]:
    """What of the canvas an edit is about."""
    for name in _ONE:
        if ref := getattr(operation, name, None):
            yield ref
    yield from getattr(operation, "targets", ())


def is_known(ref: str, answer: "Answer") -> bool:
    """An alias, a label or a part of one, or a shape of the same answer. Of a canvas that was
    not told in full, a label may be right that nobody can check."""
    context = answer.request.context
    parts = context.parts
    if any(ref == part.alias for part in parts) or ref in own_ids(answer.plan):
        return True
    wanted = key(ref)
    if any(wanted and wanted in key(part.label) for part in parts):
        return True
    return context.truncated and not _ALIAS.fullmatch(ref)


def own_ids(plan: Plan) -> set[str]:
    """What it calls the parts that it adds itself."""
    found: set[str] = set()
    for one in plan.operations:
        if isinstance(one, Graph):
            found |= {node.id for node in one.nodes} | {group.id for group in one.groups}
        found |= {node.id} if (node := getattr(one, "node", None)) else set()
        found |= set(getattr(one, "ids", ()))
    return found


def without_strays(plan: Plan, answer: "Answer") -> Plan:
    """The plan without what refers to nothing, and without our names for shapes in its texts."""
    kept = [part for one in plan.operations if (part := trimmed(one, answer)) is not None]
    operations = kept or plan.operations  # of nothing but strays nothing is drawn at all
    return without_aliases(plan.model_copy(update={"operations": operations}), answer.request)


def trimmed(one: Operation, answer: "Answer") -> Operation | None:
    """The operation without what refers to nothing; None if it is about nothing else."""
    if isinstance(one, Graph):
        return one
    change: dict[str, Any] = {}
    for name in _ONE:
        ref = getattr(one, name, None)
        if not ref or is_known(ref, answer):
            continue
        if name not in _OPTIONAL:
            return None
        change[name] = None
    if targets := list(getattr(one, "targets", ())):
        change["targets"] = [ref for ref in targets if is_known(ref, answer)]
        if not change["targets"]:
            return None
    return one.model_copy(update=change)


def without_aliases(plan: Plan, request: PlanRequest) -> Plan:
    """What people read names shapes by their labels."""
    return Plan.model_validate(_named(plan.model_dump(), request))


def named(text: str, request: PlanRequest) -> str:
    """A sentence for people, with labels instead of our own names for shapes."""
    labels = {part.alias: part.label for part in request.context.parts}

    def label(match: re.Match[str]) -> str:
        alias = match.group()
        if alias not in labels or _is_a_word(alias, request):
            return alias
        return labels[alias].partition("\n")[0] or "\u2026"

    return _ALIAS.sub(label, text)


def _is_a_word(alias: str, request: PlanRequest) -> bool:
    """Whether people call something like that themselves."""
    said = (request.instruction, *(node.label for node in request.context.nodes))
    return any(re.search(rf"\b{alias}\b", text) for text in said)


def _named(value: Any, request: PlanRequest) -> Any:
    if isinstance(value, dict):
        return {
            name: named(part, request)
            if name in _SHOWN and isinstance(part, str)
            else _named(part, request)
            for name, part in value.items()
        }
    return [_named(part, request) for part in value] if isinstance(value, list) else value


def joined_to_what_exists(plan: Plan, request: PlanRequest) -> Plan:
    """A graph that names shapes of the canvas is joined to these, not drawn again."""
    operations: list[Operation] = []
    gone = {ref for one in plan.operations if isinstance(one, Delete) for ref in one.targets}
    for one in plan.operations:
        joined = _joined(one, request, gone) if isinstance(one, Graph) else None
        operations += joined or [one]
    return plan.model_copy(update={"operations": operations})


def _joined(graph: Graph, request: PlanRequest, gone: set[str]) -> list[Operation] | None:
    known = {
        node.id: alias
        for node in graph.nodes
        if (alias := _meant(node.id, node.label, request)) is not None and alias not in gone
    }
    return extend(graph, request.context, known) if known else None


def _meant(name: str, label: str, request: PlanRequest) -> str | None:
    """The shape of the canvas that a node stands for, if any."""
    context: SceneContext = request.context
    for there in context.nodes:
        alike = key(there.label) == key(label)
        if name == there.alias and (alike or not label or label == name):
            return name
        if alike and label and request.mode == "modify":
            return (
                there.alias if sum(key(n.label) == key(label) for n in context.nodes) == 1 else None
            )
    return None
