"""What a planner, a language model or the offline one, is given and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from app.domain.planning.plan import Plan

Mode = Literal["create", "modify"]


@dataclass(frozen=True)
class SceneNode:
    """One shape of the canvas as a planner sees it. `alias` ("n1") stands for the element's id.
    `rows` are the lines below its label, `kind` that of the drawing it is a part of ("": none),
    `drawing` which one. `note`: it looks like a sticky note. `place`: roughly where it is
    ("top left")."""

    alias: str
    label: str
    shape: str
    color: str = "default"
    group: str | None = None
    selected: bool = False
    visible: bool = True
    rows: tuple[str, ...] = ()
    kind: str = ""
    drawing: str = ""
    note: bool = False
    place: str = ""


@dataclass(frozen=True)
class SceneEdge:
    """One connector ("e1"): `source` and `target` are aliases, or None for a loose end."""

    alias: str
    source: str | None
    target: str | None
    label: str = ""
    selected: bool = False


@dataclass(frozen=True)
class SceneContext:
    """The canvas in words: selection in full, what is visible in short, the rest counted, and
    always who is connected to whom. `truncated` says that the counts stand for more."""

    nodes: tuple[SceneNode, ...] = ()
    edges: tuple[SceneEdge, ...] = ()
    hidden_nodes: int = 0
    truncated: bool = False

    @property
    def parts(self) -> tuple[SceneNode | SceneEdge, ...]:
        return (*self.nodes, *self.edges)

    @property
    def selected(self) -> tuple[SceneNode, ...]:
        return tuple(node for node in self.nodes if node.selected)


@dataclass(frozen=True)
class EarlierJob:
    """What was asked on this canvas before, and what came of it. `undone`: it was taken back."""

    instruction: str
    summary: str = ""
    undone: bool = False


@dataclass(frozen=True)
class PlanRequest:
    """`earlier` are jobs of the same canvas, oldest first: a follow-up may refer to them."""

    instruction: str
    mode: Mode = "create"
    context: SceneContext = field(default_factory=SceneContext)
    earlier: tuple[EarlierJob, ...] = ()


@dataclass(frozen=True)
class Progress:
    """What a planner has so far: the number of shapes (nodes), and the plan of them, which is put
    together when somebody looks; None where nothing can be drawn of it."""

    planned: int
    tokens: int = 0
    plan: Callable[[], Plan | None] = field(default=lambda: None, compare=False, repr=False)


@dataclass(frozen=True)
class Usage:
    """`estimated`: the provider sent no count for at least one answer, so we measured it."""

    input_tokens: int = 0
    output_tokens: int = 0
    requests: int = 0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.requests + other.requests,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True)
class Planned:
    """A planner's answer. `remarks` are sentences for the person (what was dropped, and why);
    `partial` says that the answer was cut off and only its closed parts are here."""

    plan: Plan
    planner: str
    usage: Usage = field(default_factory=Usage)
    partial: bool = False
    remarks: tuple[str, ...] = ()


class Planner(Protocol):
    """Implementations raise `domain.errors.JobFailure` subclasses, nothing else, and let
    `asyncio.CancelledError` pass (that is how a job is stopped)."""

    name: str

    async def plan(self, request: PlanRequest, progress: Callable[[Progress], None]) -> Planned: ...
