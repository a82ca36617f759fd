"""Which jobs of a canvas are undone now, as its undos, redos and restores say."""

from collections.abc import Collection, Iterator
from typing import Any

from app.domain.sync.history import Inverse
from app.domain.sync.ledger import JobSet, Ledger, Mark, UndoStates
from app.models import change_sets

AFTER_ALL = 2**63 - 1


def undone_among(change_set_ids: Collection[str]) -> set[str]:
    """Those of these change sets that are undone now."""
    if not change_set_ids:
        return set()
    ends: dict[str, list[tuple[str, int]]] = {}
    for row in change_sets.spans_of(sorted(change_set_ids)):
        ends.setdefault(row.canvas_id, []).append((row.id, row.last_seq))
    marks: dict[str, list[Mark]] = {}
    for row in change_sets.marks_on(sorted(ends)) if ends else ():
        marks.setdefault(row.canvas_id, []).append(_mark(row))
    found = (UndoStates(sets, marks.get(key, [])).now.undone for key, sets in ends.items())
    return {key for undone in found for key in undone if key in change_set_ids}


def ledger_of(canvas_id: str) -> Ledger:
    def inverses_after(seq: int) -> Iterator[Inverse]:
        return (row.inverse for row in change_sets.inverses_between(canvas_id, seq + 1, AFTER_ALL))

    return Ledger(
        [JobSet(*row) for row in change_sets.job_sets(canvas_id)],
        [_mark(row) for row in change_sets.marks_on([canvas_id])],
        lambda key: change_sets.inverse_of(key) or [],
        inverses_after,
    )


def _mark(row: Any) -> Mark:
    return Mark(row.id, row.last_seq, row.undoes, row.redoes, row.restores)
