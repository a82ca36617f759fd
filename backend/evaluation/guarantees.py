"""`python -m evaluation.guarantees`: random plans and edits, all looked at by the linter."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import click

from app.adapters.elk import ElkEngine
from app.adapters.fonts import FontMeasure
from app.domain.kinds import KINDS
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Plan
from app.domain.scene.compose import DrawRequest, compose
from app.domain.scene.lint import LintFinding, lint
from app.domain.scene.looks import COLOR_SCHEMES, STYLES
from app.domain.scene.topology import Topology
from app.domain.scene.validate import validate_element
from evaluation.random_plans import named, random_edit, random_graph, random_reshaping

_EDITS_EACH = 8  # edits of one drawing before the next is begun

_CHANGES: dict[str, Callable[[Random, Sequence[str], int], Plan]] = {
    "edits": random_edit,
    "reshapings": random_reshaping,
}

Scene = list[dict[str, Any]]


@dataclass(frozen=True)
class Trial:
    """What one plan made of a canvas. `name` says which plan, to draw it again."""

    name: str
    scene: Scene
    findings: tuple[LintFinding, ...]


def drawings(
    count: int, tools: Tools, seed: int = 0, start: int = 0, kinds: Sequence[str] = KINDS.ids
) -> Iterator[Trial]:
    """Random plans of these kinds in turn, each on an empty canvas; `start` is the number in a
    trial's name."""
    for i in range(start, start + count):
        dice = Random(f"{seed}:{i}")  # noqa: S311 - repeatable on purpose
        graph = random_graph(dice, kinds[i % len(kinds)])
        request = DrawRequest(f"job{i}", dice.choice(STYLES), dice.choice(COLOR_SCHEMES))
        scene = carry_out(Plan(operations=[graph]), [], request, tools)
        yield Trial(f"{seed}:{i} {graph.kind}", scene, _faults(scene, set()))


def edits(
    count: int,
    tools: Tools,
    seed: int = 0,
    start: int = 0,
    what: str = "edits",
    kinds: Sequence[str] = KINDS.ids,
) -> Iterator[Trial]:
    """Random edits, one after the other, on random drawings; `reshapings` are more of sizes,
    places and copies. What an edit found broken is not its fault. `start`, the number in a trial's
    name, draws from there again."""
    for done in range(start, start + count, _EDITS_EACH):
        dice = Random(f"{what}:{seed}:{done}")  # noqa: S311
        kind = kinds[done // _EDITS_EACH % len(kinds)]
        first = Plan(operations=[random_graph(dice, kind, most=9)])
        scene = carry_out(first, [], DrawRequest("start", "modern", "default"), tools)
        for step in range(min(_EDITS_EACH, start + count - done)):
            shapes = Topology(scene).shapes
            if not shapes:
                break
            known = {_key(finding) for finding in lint(scene).findings}
            plan = _CHANGES[what](dice, shapes, step)
            request = DrawRequest(f"edit{step}", "modern", "default")
            scene = carry_out(plan, scene, request, tools)
            name = f"{what}:{seed}:{done}+{step} {kind} {named(plan.operations[0])}"
            yield Trial(name, scene, _faults(scene, known))


def carry_out(
    plan: Plan, scene: Sequence[Mapping[str, Any]], request: DrawRequest, tools: Tools
) -> Scene:
    """The scene after the plan. Raises ElementRejected if an editor would not load a part."""
    elements = {element["id"]: dict(element) for element in scene}
    for change in compose(plan, scene, request, tools, KINDS).changes:
        elements[change["id"]] = {**elements.get(change["id"], {}), **change["set"]}
    return [validate_element(e) for e in elements.values() if not e.get("isDeleted")]


def _key(finding: LintFinding) -> tuple[str, frozenset[str]]:
    return finding.check, frozenset(finding.elements)


def _faults(scene: Scene, known: set[tuple[str, frozenset[str]]]) -> tuple[LintFinding, ...]:
    return tuple(found for found in lint(scene).findings if _key(found) not in known)


@click.command()
@click.option("--plans", default=1_000, show_default=True, help="Random plans, all kinds in turn.")
@click.option(
    "--edits",
    "changes",
    default=1_000,
    show_default=True,
    help="Random edits, and as many reshapings.",
)
@click.option("--seed", default=0, show_default=True)
def main(plans: int, changes: int, seed: int) -> None:
    """Exit status 1 if the linter finds anything."""
    tools = Tools(FontMeasure(), ElkEngine())
    failed = False
    for what, trials in (
        ("plans", drawings(plans, tools, seed)),
        *((name, edits(changes, tools, seed, what=name)) for name in _CHANGES),
    ):
        tried, faulty, checks = 0, 0, Counter[str]()
        for trial in trials:
            tried += 1
            faulty += bool(trial.findings)
            checks.update(finding.check for finding in trial.findings)
            if trial.findings:
                click.echo(f"{trial.name}: {', '.join(f.check for f in trial.findings)}")
        failed |= bool(faulty)
        told = ", ".join(f"{name} {n}" for name, n in checks.most_common()) or "nothing found"
        click.echo(f"{tried} {what}, {tried - faulty} without a fault ({told})")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
