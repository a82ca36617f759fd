"""A model's answer read while it arrives: finds the plan in it, counts shapes, repairs faults."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.errors import InvalidOutput, JobFailure, NotUnderstood
from app.domain.planning.incremental import Fault, Frame, JsonReader, attach
from app.domain.planning.kinds import PlanKinds
from app.domain.planning.mermaid.reader import find_mermaid, read_mermaid
from app.domain.planning.plan import MAX_NODES, Plan
from app.domain.planning.repair import repair_plan

MAX_BYTES = 1_000_000
_PLACES = frozenset(["nodes", "node"])
_PLAN_KEYS = frozenset(["operations", "op", "nodes", "ops", "actions", "plan"])
_OPEN_VALUES = frozenset(["plan", "operations", "ops", "actions", "nodes", "edges", "groups"])


class PlanStream:
    """Feed it text in pieces of any size; the outcome does not depend on how it is cut.

    `there` are the labels of the canvas, by alias. `nodes` counts the shapes closed so far,
    `parts` all that is closed, `complete` says that the plan's JSON is closed, `remarks` are
    sentences about what was repaired (after `finish` or `salvage`).
    """

    def __init__(
        self,
        kinds: PlanKinds,
        max_bytes: int = MAX_BYTES,
        there: Mapping[str, str] | None = None,
    ) -> None:
        self._kinds = kinds
        self._there = there
        self._max_bytes = max_bytes
        self._bytes = 0
        self._text: list[str] = []
        self._reader: JsonReader | None = None
        self._broken: list[Frame] | None = None
        self._root: Any = None
        self._failure: JobFailure | None = None
        self.nodes = self.parts = 0
        self.complete = False
        self.remarks: list[str] = []

    def feed(self, text: str) -> None:
        """Read on. Raises InvalidOutput when the answer gets too long."""
        if self._failure is not None:
            raise self._failure
        self._bytes += len(text.encode("utf-8", "replace"))
        if self._bytes > self._max_bytes:
            self._failure = InvalidOutput("The language model's answer is too long to be a plan.")
            raise self._failure
        self._text.append(text)
        position = 0
        while position < len(text) and not self.complete and self._broken is None:
            position = self._advance(text, position)

    def _advance(self, text: str, position: int) -> int:
        if self._reader is None:
            starts = [at for at in (text.find("{", position), text.find("[", position)) if at >= 0]
            if not starts:
                return len(text)
            self._reader = JsonReader(self._note)
            position = min(starts)
        reader = self._reader
        try:
            position = reader.feed(text, position)
        except Fault:
            return self._recover(reader, text)
        if reader.done:
            self._reader = None
            if is_plan(reader.root):
                self._root, self.complete = reader.root, True
        return position

    def _recover(self, reader: JsonReader, text: str) -> int:
        """Prose with a brace in it is skipped; a plan that breaks off is kept for salvage."""
        self._reader = None
        if self.nodes or any(frame.place in _PLAN_KEYS for frame in reader.frames):
            self._broken = reader.frames
            return len(text)
        return reader.position

    def _note(self, place: str, _value: dict[str, Any]) -> None:
        self.parts += 1
        if place in _PLACES and self.nodes < MAX_NODES:
            self.nodes += 1

    def finish(self) -> Plan:
        """The plan. Raises InvalidOutput saying what is wrong, TooLarge if there is too much."""
        if self._failure is not None:
            raise self._failure
        if self.complete:
            plan, self.remarks = repair_plan(self._root, self._kinds, self._there)
            return plan
        if self._broken is None and not self.nodes:
            mermaid = self._mermaid()
            if mermaid is not None:
                return mermaid
        if self._broken is not None:
            raise InvalidOutput("The answer is not valid JSON: it breaks off in the middle.")
        if self._reader is not None:
            raise InvalidOutput("The answer ends before its JSON object is closed.")
        raise InvalidOutput("The answer contains no JSON object with operations.")

    def _mermaid(self) -> Plan | None:
        """An answer in Mermaid instead of JSON."""
        source = find_mermaid("".join(self._text), self._kinds)
        if source is None:
            return None
        try:
            graph, remarks = read_mermaid(source, self._kinds)
        except NotUnderstood as error:
            raise InvalidOutput(error.message) from None
        self.remarks = list(remarks)
        return Plan(title=graph.title, operations=[graph])

    def salvage(self) -> Plan | None:
        """A plan of everything that was closed before the answer broke off, or None."""
        found = _repaired(self._closed(), self._kinds, self._there)
        if found is None:
            return None
        plan, self.remarks = found
        return plan

    def so_far(self) -> Callable[[], Plan | None]:
        """The plan of what is closed by now, for whoever looks at it, on whatever thread."""
        closed = self._closed()

        def plan() -> Plan | None:
            found = _repaired(closed, self._kinds, self._there)
            return found[0] if found else None

        return plan

    def _closed(self) -> Any:
        if self.complete and self._failure is None:
            return self._root
        frames = self._broken if self._failure is None else None
        frames = frames or (self._reader.frames if self._reader else [])
        return closed_part(frames) if frames else None


def _repaired(
    value: Any, kinds: PlanKinds, there: Mapping[str, str] | None
) -> tuple[Plan, list[str]] | None:
    try:
        return None if value is None else repair_plan(value, kinds, there)
    except JobFailure:
        return None


def is_plan(value: Any) -> bool:
    """Whether a JSON value can be a plan, so that "[1]" in prose is not taken for one."""
    if isinstance(value, dict):
        return bool(_PLAN_KEYS & value.keys())
    return isinstance(value, list) and any(
        isinstance(item, dict) and ("op" in item or "nodes" in item) for item in value
    )


def closed_part(frames: list[Frame]) -> Any:
    """The value of the outermost open frame with all that is closed inside; what is open itself
    is kept only where a part of it makes sense: lists, the plan, and graphs."""
    inner: Any = None
    for index in range(len(frames) - 1, -1, -1):
        frame = frames[index]
        copy = Frame(frame.is_object, frame.place)
        copy.key = frame.key
        copy.value = dict(frame.value) if frame.is_object else list(frame.value)
        if inner is not None:
            attach(copy, inner)
        keeps = not frame.is_object or index == 0 or _has_list(copy.value)
        inner = copy.value if keeps else None
    return inner


def _has_list(value: dict[str, Any]) -> bool:
    return any(isinstance(value.get(key), list) for key in _OPEN_VALUES)
