"""Sums the scores up, and says which threshold is missed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.table import Table

from evaluation.scoring import Score


@dataclass(frozen=True)
class Measure:
    """One figure of the evaluation: a share, and the least that it may be."""

    name: str
    good: int
    total: int
    least: float

    @property
    def share(self) -> float:
        return self.good / self.total if self.total else 1.0

    @property
    def met(self) -> bool:
        return self.share >= self.least


def measures(scores: Sequence[Score]) -> tuple[Measure, ...]:
    drawn = [score for score in scores if score.case.refused is None]
    offline = [score for score in drawn if not score.recorded]
    recorded = [score for score in drawn if score.recorded]
    edits = [score for score in drawn if score.outcome.before]
    refused = [score for score in scores if score.case.refused is not None]
    return (
        _found("asked for and drawn, offline", offline, 0.95),
        _found("asked for and drawn, recorded", recorded, 1.0),
        _asked("drawn and asked for, offline", offline, 0.95),
        _asked("drawn and asked for, recorded", recorded, 1.0),
        _share("right kind", drawn, lambda score: not score.wrong, 0.95),
        _share("free of geometric faults", drawn, lambda score: not score.geometry, 1.0),
        _share("edits that leave the rest alone", edits, lambda score: not score.harmed, 1.0),
        _share("refused with the reason", refused, lambda score: not score.wrong, 1.0),
    )


def _found(name: str, scores: Sequence[Score], least: float) -> Measure:
    asked = sum(score.asked for score in scores)
    return Measure(name, asked - sum(len(score.missing) for score in scores), asked, least)


def _asked(name: str, scores: Sequence[Score], least: float) -> Measure:
    good = sum(score.asked - len(score.missing) for score in scores)
    return Measure(name, good, good + sum(len(score.invented) for score in scores), least)


def _share(
    name: str, scores: Sequence[Score], good: Callable[[Score], bool], least: float
) -> Measure:
    return Measure(name, sum(map(good, scores)), len(scores), least)


def table(found: Sequence[Measure]) -> Table:
    shown = Table("Measure", "Share", "Of", "At least", "")
    for one in found:
        mark = "[green]met[/]" if one.met else "[red]missed[/]"
        shown.add_row(one.name, f"{one.share:.1%}", str(one.total), f"{one.least:.0%}", mark)
    return shown


def faults(score: Score) -> list[str]:
    """What is wrong with one drawing, a line each."""
    return [
        *([score.wrong] if score.wrong else []),
        *(f"missing: {fact}" for fact in score.missing),
        *(f"not asked for: {fact}" for fact in score.invented),
        *(f"{finding.check}: {', '.join(finding.elements)}" for finding in score.geometry),
        *(f"not to be touched: {one}" for one in score.harmed),
    ]
