"""Texts written from random graphs are read back; noise in them is never drawn."""

import os
from collections import Counter
from collections.abc import Iterable

from app.domain.errors import NotUnderstood
from app.domain.planning.plan import Graph
from app.domain.planning.request import PlanRequest
from tests.domain.planning.drawing import plan_offline
from tests.domain.planning.written import Author, Written, with_noise
from tests.support.reading import folded

COUNT = 5_000 if os.environ.get("CC_ALL") else 300
LEAST_F1 = 0.98
Facts = set[tuple[str, ...]]


def drawn(text: str) -> Graph | None:
    try:
        graph = plan_offline(PlanRequest(text)).plan.operations[0]
    except NotUnderstood:
        return None
    assert isinstance(graph, Graph)
    return graph


def shown(graph: Graph | None) -> tuple[Facts, Facts]:
    if graph is None:
        return set(), set()
    names = {node.id: folded(node.label) for node in graph.nodes if node.label}
    edges = {(names[edge.source], names[edge.target]) for edge in graph.edges}
    return {(name,) for name in names.values()}, set(edges)


def said(written: Written) -> tuple[Facts, Facts]:
    edges = {(folded(one), folded(other)) for one, other in written.edges}
    return {(folded(name),) for name in written.nodes}, set(edges)


def f1(pairs: Iterable[tuple[Facts, Facts]]) -> float:
    hits = wanted = found = 0
    for truth, seen in pairs:
        hits, wanted, found = hits + len(truth & seen), wanted + len(truth), found + len(seen)
    return 2 * hits / (wanted + found)


def test_clean_texts_are_read_back() -> None:
    texts = [Author(seed).write() for seed in range(COUNT)]
    read = [(said(text), shown(drawn(text.text))) for text in texts]
    faulty = Counter(
        (text.form, text.language)
        for text, (truth, seen) in zip(texts, read, strict=True)
        if truth != seen
    )
    for part in (0, 1):
        assert f1((truth[part], seen[part]) for truth, seen in read) >= LEAST_F1, faulty


def test_noise_is_never_drawn() -> None:
    invented = []
    for seed in range(COUNT):
        text = with_noise(Author(seed).write(), seed)
        nodes, edges = shown(drawn(text.text))
        truth = said(text)
        if nodes - truth[0] or edges - truth[1]:
            invented.append((text.form, text.text, nodes - truth[0], edges - truth[1]))
    assert invented == []
