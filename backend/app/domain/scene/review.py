"""Looks for faults in what a drawing says, without a model: each rule under a stable name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.scene.elements import rect_of
from app.domain.scene.kinds import Kinds
from app.domain.scene.palette import nearest_hue
from app.domain.scene.relations import Flow, Relations
from app.domain.scene.tables import has_no_key, is_loose_foreign_key
from app.domain.scene.topology import Topology, in_reading_order

MOST_EXITS = 7
FAR = 300.0
MOST_FINDINGS = 200


@dataclass(frozen=True)
class ReviewFinding:
    """The name of the rule, the elements to look at, and the words on the first of them."""

    rule: str
    elements: tuple[str, ...]
    words: str

    @property
    def message(self) -> str:
        return RULES[self.rule].sentence.format(words=self.words or "a shape without words")


Found = Iterator[tuple[str, ...]]


@dataclass(frozen=True)
class ReviewRule:
    sentence: str
    look: Callable[[Relations], Found]


def review(elements: Iterable[Mapping[str, Any]], kinds: Kinds) -> list[ReviewFinding]:
    """All findings, rule by rule; within a rule from top to bottom."""
    topology = Topology(e for e in elements if not e.get("isDeleted"))
    relations = Relations(topology, kinds)
    findings = [
        ReviewFinding(name, ids, topology.label(ids[0]))
        for name, rule in RULES.items()
        for ids in rule.look(relations)
    ]
    return findings[:MOST_FINDINGS]


def _decisions(relations: Relations) -> list[str]:
    shapes = in_reading_order(relations.topology.shapes, relations.topology)
    return [i for i in shapes if relations.type_of(i) == "diamond"]


def _one_exit(relations: Relations) -> Found:
    yield from ((i,) for i in _decisions(relations) if len(relations.exits(i)) == 1)


def _unlabelled_exits(relations: Relations) -> Found:
    for i in _decisions(relations):
        bare = [link.id for link in relations.exits(i) if not link.label.strip()]
        if bare and len(relations.exits(i)) > 1:
            yield (i, *bare)


def _equal_exits(relations: Relations) -> Found:
    for i in _decisions(relations):
        exits = relations.exits(i)
        labels = [_folded(link.label) for link in exits]
        same = [
            link.id
            for link, label in zip(exits, labels, strict=True)
            if label and labels.count(label) > 1
        ]
        if same:
            yield (i, *same)


def _many_exits(relations: Relations) -> Found:
    yield from ((i,) for i in relations.nodes if len(relations.exits(i)) > MOST_EXITS)


def _dead_ends(relations: Relations) -> Found:
    """Where a flow marks its ends, a step that leads nowhere and is none of them."""
    for flow in relations.flows:
        for i in flow.nodes:
            if relations.exits(i) or not relations.entries(i):
                continue
            step = relations.type_of(i) == "rectangle" and flow.has_end
            if step or relations.type_of(i) == "diamond":
                yield (i,)


def _unreachable(relations: Relations) -> Found:
    """Where a flow marks its start, what no way leads to from there."""
    for flow in relations.flows:
        missed = _missed(relations, flow)
        first = [i for i in missed if not relations.entries(i)]
        yield from ((i,) for i in first or missed[:1])


def _missed(relations: Relations, flow: Flow) -> list[str]:
    starts = [i for i in flow.nodes if i in flow.starts]
    if not starts:
        return []
    reached = relations.reached(starts)
    return [i for i in flow.nodes if i not in reached and relations.links_of(i)]


def _endless_loops(relations: Relations) -> Found:
    for flow in relations.flows:
        for circle in relations.circles(flow.nodes):
            left = any(link.target not in circle for i in circle for link in relations.exits(i))
            if not left:
                yield tuple(circle)


def _cycles(relations: Relations) -> Found:
    for part in relations.components:
        kind = relations.kind_of(part)
        if kind is not None and kind.acyclic:
            yield from (tuple(circle) for circle in relations.circles(part))


def _doubled_names(relations: Relations) -> Found:
    for part in relations.components:
        kind = relations.kind_of(part)
        if kind is not None and kind.same_names:
            continue
        called: dict[str, list[str]] = {}
        for i in part:
            is_end = relations.type_of(i) == "ellipse" and not relations.exits(i)
            name = _folded(relations.topology.label(i))
            if name and not is_end and relations.type_of(i) != "text":
                called.setdefault(name, []).append(i)
        yield from (tuple(ids) for ids in called.values() if len(ids) > 1)


def _orphan_notes(relations: Relations) -> Found:
    """On a canvas with connections: a note far from everything, and connected to nothing."""
    topology = relations.topology
    if not relations.nodes:
        return
    for i in in_reading_order(topology.shapes, topology):
        if relations.links_of(i) or topology.area_of(i) or not _is_note(topology, i):
            continue
        near = rect_of(topology.by_id[i]).inflated(FAR)
        others = (j for j in topology.shapes if j != i)
        if not any(near.overlaps(rect_of(topology.by_id[j])) for j in others):
            yield (i,)


def _is_note(topology: Topology, element_id: str) -> bool:
    element = topology.by_id[element_id]
    if element["type"] == "text":
        return True
    yellow = nearest_hue(element["backgroundColor"]) == "yellow"
    return element["type"] == "rectangle" and yellow and bool(topology.label(element_id))


def _tables_without_key(relations: Relations) -> Found:
    yield from ((i,) for i in _tables(relations) if has_no_key(i, relations))


def _loose_foreign_keys(relations: Relations) -> Found:
    yield from ((i,) for i in _tables(relations) if is_loose_foreign_key(i, relations))


def _tables(relations: Relations) -> list[str]:
    return in_reading_order(relations.topology.shapes, relations.topology)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


RULES: dict[str, ReviewRule] = {
    "one_exit": ReviewRule('The decision "{words}" has only one exit.', _one_exit),
    "unlabelled_exit": ReviewRule(
        'Not every exit of the decision "{words}" says when it is taken.', _unlabelled_exits
    ),
    "equal_exits": ReviewRule(
        'Several exits of the decision "{words}" say the same.', _equal_exits
    ),
    "many_exits": ReviewRule('More than 7 arrows leave "{words}".', _many_exits),
    "dead_end": ReviewRule('"{words}" leads nowhere and is no end.', _dead_ends),
    "unreachable": ReviewRule('Nothing leads to "{words}" from the start.', _unreachable),
    "endless_loop": ReviewRule('No way leads out of the loop at "{words}".', _endless_loops),
    "cycle": ReviewRule('"{words}" is above itself, in a circle.', _cycles),
    "doubled_name": ReviewRule('"{words}" is there more than once.', _doubled_names),
    "orphan_note": ReviewRule('The note "{words}" belongs to nothing.', _orphan_notes),
    "table_without_key": ReviewRule('The table "{words}" has no primary key.', _tables_without_key),
    "loose_foreign_key": ReviewRule(
        'A foreign key of the table "{words}" refers to nothing.', _loose_foreign_keys
    ),
}
