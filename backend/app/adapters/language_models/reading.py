"""An answer while it arrives: fed to the plan parser, counted for the person who waits."""

from collections.abc import Callable

from app.adapters.language_models import follow_ups
from app.adapters.language_models.exchange import CHARS_PER_TOKEN
from app.domain.errors import InvalidOutput
from app.domain.kinds import KINDS
from app.domain.planning.judging.mending import named
from app.domain.planning.plan import Add, Graph, InsertBetween, Node, Operation, Plan
from app.domain.planning.request import PlanRequest, Progress
from app.domain.planning.stream import PlanStream


class AnswerReader:
    """One answer, which may come in several parts. Reports what is newly closed: shapes, edges."""

    def __init__(self, request: PlanRequest, progress: Callable[[Progress], None]) -> None:
        self._request = request
        self._progress = progress
        self._reported = 0
        self._start_over()

    def _start_over(self) -> None:
        there = {node.alias: node.label for node in self._request.context.nodes}
        self._stream = PlanStream(KINDS, there=there)
        self._pieces: list[str] = []
        self._chars = 0
        self._cut = False
        self._seam: str | None = None

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def is_cut(self) -> bool:
        """The answer broke off before the plan was complete."""
        return self._cut and not self._stream.complete

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(named(remark, self._request) for remark in self._stream.remarks)

    def feed(self, piece: str) -> bool:
        """Whether the plan is complete, so that nothing more needs to be read."""
        if self._seam is None:
            self._take(piece)
        else:
            self._seam += piece
            if len(self._seam) >= follow_ups.SEAM_CHARS:
                self._join()
        return self._stream.complete

    def _take(self, piece: str) -> None:
        self._pieces.append(piece)
        self._chars += len(piece)
        self._stream.feed(piece)
        if self._stream.nodes and self._stream.parts > self._reported:
            self._reported = self._stream.parts
            self._report(self._stream.nodes, self._stream.so_far())

    def _report(self, shapes: int, plan: Callable[[], Plan | None]) -> None:
        self._progress(Progress(shapes, self._chars // CHARS_PER_TOKEN, plan))

    def expect_continuation(self) -> None:
        """What is fed next belongs behind what is here, once the seam has been seen."""
        self._seam = ""

    def _join(self) -> None:
        start, self._seam = self._seam or "", None
        rest, again = follow_ups.join(self.text, start)
        if again:
            self._start_over()
        self._take(rest)

    def close(self, *, cut: bool) -> None:
        """The model has stopped; `cut` if not because it was done."""
        if self._seam is not None:
            self._join()
        self._cut = cut

    @property
    def is_json(self) -> bool:
        """The plan was written in its own form, not in Mermaid."""
        return self._stream.complete

    def finish(self) -> Plan:
        """The whole plan. Raises InvalidOutput with what is wrong, in words for the model."""
        plan = self._stream.finish()
        if self._request.mode == "modify" and not self.is_json:
            raise InvalidOutput("Mermaid cannot change what is on the canvas.")
        if not self._reported:
            self._report(sum(len(new_nodes(op)) for op in plan.operations), lambda: plan)
        return plan

    def salvage(self) -> Plan | None:
        """The closed parts of an answer that broke off, or None if nothing can be drawn."""
        return self._stream.salvage()


def new_nodes(operation: Operation) -> list[Node]:
    if isinstance(operation, Graph):
        return operation.nodes
    return [operation.node] if isinstance(operation, Add | InsertBetween) else []
