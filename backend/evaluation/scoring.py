"""Compares what a case asks for with what was drawn."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.errors import ElementRejected
from app.domain.planning.plan import Graph
from app.domain.scene.lint import LintFinding, lint
from app.domain.scene.topology import Topology
from app.domain.scene.validate import validate_element
from evaluation.cases import EVERYTHING, Case
from evaluation.drawing import Outcome, Scene
from evaluation.facts import contents, required, seen

_PLACE = {"x", "y", "version", "versionNonce", "updated"}
_COURSE = {
    "width", "height", "points", "startBinding", "endBinding", "fixedSegments", "elbowed",
    "startIsSpecial", "endIsSpecial", "roundness", "lastCommittedPoint",
}  # fmt: skip


@dataclass(frozen=True)
class Score:
    """`asked` facts, of which some are `missing`; `invented` were not asked for. The rest is
    what may not happen at all: a wrong kind, faults of geometry, and changes of what nobody
    named (`harmed`)."""

    case: Case
    outcome: Outcome
    asked: int
    missing: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    wrong: str = ""
    geometry: tuple[LintFinding, ...] = ()
    harmed: tuple[str, ...] = ()

    @property
    def perfect(self) -> bool:
        return not (self.missing or self.invented or self.wrong or self.geometry or self.harmed)

    @property
    def recorded(self) -> bool:
        return self.case.recording is not None


def score(case: Case, outcome: Outcome) -> Score:
    if case.refused is not None:
        return Score(case, outcome, 0, wrong=_refusal(case.refused, outcome))
    wanted, shown = required(case), seen(outcome.after, case)
    missing = tuple((wanted - shown).elements())
    if outcome.refusal is not None:
        return Score(case, outcome, wanted.total(), missing, wrong=outcome.refusal)
    invented = Counter(contents(Topology(outcome.after))) - wanted
    invented.pop(outcome.plan.title if outcome.plan else "", None)
    return Score(
        case,
        outcome,
        wanted.total(),
        missing,
        tuple(invented.elements()),
        _wrong_kind(case, outcome),
        (*lint(outcome.after).findings, *_rejected(outcome.after)),
        tuple(_harmed(outcome.before, outcome.after, case)),
    )


def _refusal(reason: str, outcome: Outcome) -> str:
    if outcome.refusal is None:
        return "it was drawn, but had to be refused"
    if reason.casefold() not in outcome.refusal.casefold():
        return f"the refusal does not say {reason!r}: {outcome.refusal}"
    return ""


def _wrong_kind(case: Case, outcome: Outcome) -> str:
    operations = outcome.plan.operations if outcome.plan else []
    kinds = [part.kind for part in operations if isinstance(part, Graph)]
    if case.kind is not None and kinds != [case.kind]:
        return f"drawn as {', '.join(kinds) or 'an edit'}, not as {case.kind}"
    return ""


def _rejected(scene: Scene) -> Iterator[LintFinding]:
    """Elements that the editor could not load as they are."""
    for element in scene:
        try:
            same = validate_element(element) == element
        except ElementRejected:
            same = False
        if not same:
            yield LintFinding("not_a_valid_element", (element["id"],))


def _harmed(before: Scene, after: Scene, case: Case) -> Iterator[str]:
    """Elements that differ though nobody named them, and shapes that were drawn anew."""
    then, now = Topology(before), Topology(after)
    ids = {now.label(i): i for i in now.shapes if now.label(i)}
    for i in then.shapes:
        label = then.label(i)
        if label in ids and i not in now.by_id:
            yield f"{label} has another id"
    if EVERYTHING in case.changed:
        return
    free, movable = _free(then, case.changed), _free(then, case.moved)
    for i in then.by_id.keys() - free:
        if i not in now.by_id:
            yield f"{then.label(i) or i} is gone"
        elif _written(then.by_id[i], i in movable) != _written(now.by_id[i], i in movable):
            yield f"{then.label(i) or i} was changed"


def _free(then: Topology, named: Sequence[str]) -> set[str]:
    """Elements that may change: the named shapes and arrows, and what is attached to them."""
    chosen = {i for i in then.shapes if then.label(i) in named}
    free = {part for i in chosen for part in then.unit(i)}
    for link in then.connectors:
        name = f"{_label(then, link.source)} -> {_label(then, link.target)}"
        if chosen & {link.source, link.target} or name in named:
            free |= {link.id, *then.unit(link.id)}
    return free


def _label(topology: Topology, end: str | None) -> str:
    return topology.label(end) if end else ""


def _written(element: object, movable: bool) -> str:
    """An element as stored, without the list of arrows that are attached to it: an arrow that
    comes or goes is written there as well. Of what may move, without its place; of an arrow,
    without its course."""
    assert isinstance(element, dict)  # noqa: S101
    left_out = {"boundElements"} | (_PLACE if movable else set())
    if movable and element["type"] in ("arrow", "line"):
        left_out |= _COURSE
    return json.dumps({k: v for k, v in element.items() if k not in left_out}, sort_keys=True)
