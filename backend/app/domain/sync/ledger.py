"""The ledger of a canvas: which changes jobs made, and which of those are undone now; pure.

Undo asks of every value whose it is. What no job made, a person made; undo, redo and restore make
nothing, they only give values back (`StoredObject.group_seq`).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.sync.history import Inverse, fold, origin_in

Value = tuple[dict[str, Any], int]  # of a property group, and the number of the change it is from


@dataclass(frozen=True)
class JobSet:
    """What one job changed: the changes `first_seq..last_seq`."""

    id: str
    first_seq: int
    last_seq: int

    def made(self, origin: int) -> bool:
        return self.first_seq <= origin <= self.last_seq


@dataclass(frozen=True)
class Mark:
    """An undo or redo (of a change set, by id), or a restore (of a version), ended at `seq`. `id`
    is its own change set's."""

    id: str
    seq: int
    undoes: str | None = None
    redoes: str | None = None
    restores: int | None = None


@dataclass(frozen=True)
class UndoState:
    """Which change sets are undone, and by which redo the others came back, if by one."""

    undone: frozenset[str] = frozenset()
    redone: Mapping[str, Mark] = field(default_factory=dict)


class UndoStates:
    """The state after each mark. A restore takes back what came after its version, and brings back
    what held then. `sets` are (id, last seq) of what may be undone, `marks` come oldest first."""

    def __init__(self, sets: Iterable[tuple[str, int]], marks: Sequence[Mark]) -> None:
        self._ends = dict(sets)
        self._seqs = [0]
        self._states = [UndoState()]
        for mark in marks:
            self._states.append(self._after(mark))
            self._seqs.append(mark.seq)

    @property
    def now(self) -> UndoState:
        return self._states[-1]

    def at(self, seq: int) -> UndoState:
        """The state when change number `seq` was made."""
        return self._states[bisect_right(self._seqs, seq) - 1]

    def _after(self, mark: Mark) -> UndoState:
        before = self._states[-1]
        if mark.restores is not None:
            held, version = self.at(mark.restores), mark.restores
            late = {key for key, end in self._ends.items() if version < end < mark.seq}
            return UndoState(held.undone | late, held.redone)
        if mark.undoes in self._ends:
            return UndoState(before.undone | {mark.undoes}, before.redone)
        if mark.redoes in self._ends:
            return UndoState(before.undone - {mark.redoes}, {**before.redone, mark.redoes: mark})
        return before


@dataclass
class Ledger:
    """`sets` are the canvas's jobs' change sets, oldest first. `inverse_of` reads one's inverse,
    `inverses_after` those of all change sets after a change, oldest first."""

    sets: Sequence[JobSet]
    marks: Sequence[Mark]
    inverse_of: Callable[[str], Inverse]
    inverses_after: Callable[[int], Iterable[Inverse]]
    _starts: list[int] = field(init=False)
    _states: UndoStates = field(init=False)
    _entries: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict, init=False)
    _values: dict[str, dict[tuple[str, str], Value]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._starts = [job_set.first_seq for job_set in self.sets]
        self._states = UndoStates([(one.id, one.last_seq) for one in self.sets], self.marks)

    def is_undone(self, job_set: JobSet) -> bool:
        return job_set.id in self._states.now.undone

    def is_newest(self, job_set: JobSet, origins: Iterable[int]) -> bool:
        """Whether none of these values came later, but for undone ones, and what lies below is as
        it was when the job came: then taking it back gives back a whole scene."""
        below = {one.id for one in self.sets if one.last_seq < job_set.first_seq}
        then = self._states.at(job_set.first_seq - 1).undone
        if below & then != below & self._states.now.undone:
            return False
        later = {self.job_set(origin) for origin in origins if origin > job_set.last_seq}
        return all(one is not None and self.is_undone(one) for one in later)

    def job_set(self, origin: int) -> JobSet | None:
        """The job's change set that this change belongs to; None: a person made it."""
        at = bisect_right(self._starts, origin) - 1
        return self.sets[at] if at >= 0 and self.sets[at].made(origin) else None

    def is_persons(self, origin: int) -> bool:
        return origin > 0 and self.job_set(origin) is None

    def created(self, job_set: JobSet, object_id: str) -> bool:
        entry = self._entry(job_set.id, object_id)
        return entry is not None and bool(entry["created"])

    def before(self, job_set: JobSet, object_id: str, group: str) -> Value | None:
        """What lay under the job's value when it was put there last; None: it wrote none."""
        redo = self._states.now.redone.get(job_set.id)
        for key in [redo.id, job_set.id] if redo else [job_set.id]:
            entry = self._entry(key, object_id)
            # What a redo only repaired lies above the job, not below.
            if entry and group in entry["groups"] and origin_in(entry, group) < job_set.first_seq:
                return _value(entry, group)
        return None

    def between(self, origin: int, job_set: JobSet, object_id: str, group: str) -> Value | None:
        """The value that came to lie between them since: of a job that was undone when the job's
        own value was put there, and was redone later."""
        then = self._undone_before(job_set)
        for one in reversed(self.sets):
            lies_between = origin < one.first_seq < job_set.first_seq
            if lies_between and one.id in then and not self.is_undone(one):
                value = self.values(one).get((object_id, group))
                if value is not None:
                    return value
        return None

    def was_undone(self, under: JobSet, job_set: JobSet) -> bool:
        """Whether it was undone already when the other job's values were put there last."""
        return under.id in self._undone_before(job_set)

    def _undone_before(self, job_set: JobSet) -> frozenset[str]:
        redo = self._states.now.redone.get(job_set.id)
        return self._states.at((redo.seq if redo else job_set.first_seq) - 1).undone

    def values(self, job_set: JobSet) -> Mapping[tuple[str, str], Value]:
        """What the job had made of each (object, group), as far as it was overwritten since."""
        if job_set.id not in self._values:
            values = self._values[job_set.id] = {}
            for inverse in self.inverses_after(job_set.last_seq):
                for entry in inverse:
                    for group in entry["groups"]:
                        if job_set.made(origin_in(entry, group)):
                            values.setdefault((entry["id"], group), _value(entry, group))
        return self._values[job_set.id]

    def _entry(self, change_set_id: str, object_id: str) -> Mapping[str, Any] | None:
        if change_set_id not in self._entries:
            inverse = fold([self.inverse_of(change_set_id)])
            self._entries[change_set_id] = {entry["id"]: entry for entry in inverse}
        return self._entries[change_set_id].get(object_id)


def _value(entry: Mapping[str, Any], group: str) -> Value:
    return dict(entry["groups"][group]), origin_in(entry, group)
