"""Compares what the offline planner made of a text with what the text says."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import NotUnderstood, TooLarge
from app.domain.planning.plan import Graph
from app.domain.planning.request import PlanRequest
from tests.domain.planning.drawing import plan_offline

FOLDER = Path(__file__).parents[1] / "evaluation" / "reading"
_ARTICLE = re.compile(r"^(?:an?|the|der|die|das|eine?n?|le|la|les|une?|el|los|las|una)\s+")
_EDGE = re.compile(r"(.+?) -(?:(.*?)-)?> (.+)")


@dataclass(frozen=True)
class Reading:
    """A text, what has to be drawn ("a|b": either will do), or what a refusal has to name."""

    input: str
    outcome: str
    kind: str | None = None
    nodes: tuple[str, ...] | None = None
    edges: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    says: str | None = None
    remark: str | None = None


def readings(name: str) -> list[Reading]:
    document = tomllib.loads((FOLDER / name).read_text("utf-8"))
    return [
        Reading(**{k: tuple(v) if isinstance(v, list) else v for k, v in case.items()})
        for case in document["case"]
    ]


def faults(case: Reading) -> list[str]:
    """What is wrong with the reading; empty if nothing is."""
    try:
        planned = plan_offline(PlanRequest(case.input))
    except (NotUnderstood, TooLarge) as error:
        return _refused(case, error.message)
    if case.outcome == "refuse":
        return [f"drawn, but had to be refused: {planned.plan.operations}"]
    graph = planned.plan.operations[0]
    assert isinstance(graph, Graph)
    found = _nodes(case, graph) + _edges(case, graph)
    if case.kind and graph.kind != case.kind:
        found.append(f"a {graph.kind}, not a {case.kind}")
    if case.groups is not None and not _same(case.groups, [group.label for group in graph.groups]):
        found.append(f"groups: {[group.label for group in graph.groups]}")
    if case.remark and not any(case.remark in remark for remark in planned.remarks):
        found.append(f"no remark says {case.remark!r}: {planned.remarks}")
    return found


def _refused(case: Reading, sentence: str) -> list[str]:
    if case.outcome == "draw":
        return [f"refused: {sentence}"]
    if case.says and not re.search(case.says, sentence, re.IGNORECASE):
        return [f"the refusal does not say {case.says!r}: {sentence}"]
    return []


def _nodes(case: Reading, graph: Graph) -> list[str]:
    labels = [node.label for node in graph.nodes if node.label.strip()]
    labels = labels or [group.label for group in graph.groups]
    if case.nodes is None or _same(case.nodes, labels):
        return []
    return [f"nodes: {labels}"]


def _edges(case: Reading, graph: Graph) -> list[str]:
    if case.edges is None:
        return []
    names = {part.id: part.label for part in (*graph.nodes, *graph.groups)}
    drawn = [(names[edge.source], edge.label, names[edge.target]) for edge in graph.edges]
    left = list(drawn)
    for edge in case.edges:
        match = _EDGE.fullmatch(edge)
        assert match is not None, edge
        source, label, target = _full(match[1], case), match[2], _full(match[3], case)
        hit = next(
            (
                one
                for one in left
                if _fits(source, one[0])
                and _fits(target, one[2])
                and (label is None or _fits(label, one[1]))
            ),
            None,
        )
        if hit is None:
            return [f"edges: {drawn}"]
        left.remove(hit)
    return [f"edges: {drawn}"] if left else []


def _full(name: str, case: Reading) -> str:
    """The node's name with its alternatives: edges name it by its first words."""
    return next((node for node in case.nodes or () if name in node.split("|")), name)


def _same(wanted: tuple[str, ...], labels: list[str]) -> bool:
    left = Counter(map(folded, labels))
    for one in wanted:
        hit = next((way for way in one.split("|") if left[folded(way)] > 0), None)
        if hit is None:
            return False
        left[folded(hit)] -= 1
    return not +left


def _fits(wanted: str, label: str) -> bool:
    return folded(label) in [folded(way) for way in wanted.split("|")]


def folded(label: str) -> str:
    return _ARTICLE.sub("", " ".join(label.casefold().split()))
