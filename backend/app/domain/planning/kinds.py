"""What a kind of diagram says about itself to planners, and the registry of all kinds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.mermaid.source import MermaidType
from app.domain.planning.not_names import Labels
from app.domain.planning.plan import (
    Direction,
    Graph,
    Group,
    Operation,
    Plan,
)
from app.domain.planning.speech import Language

Links = Literal["all", "some", "none"]

if TYPE_CHECKING:
    from app.domain.planning.offline.targets import Targets


class UnknownKind(ValueError):
    """A plan names a kind of diagram that nobody registered."""


@dataclass(frozen=True)
class Source:
    """An instruction taken apart: what is asked for, its title and its content. `room` is for
    how many cards each part shall have space, `places` how many empty ones each shall get;
    `typed` is the kind as it was written."""

    text: str
    kind: str | None
    named: str
    title: str
    body: str
    direction: Direction | None
    commanded: bool
    kinds: "PlanKinds" = field(repr=False, compare=False)
    room: int = 0
    places: int = 0
    typed: str = ""
    language: Language = "en"

    def builder(self, kind: str) -> GraphBuilder:
        """An empty drawing with the title, in the direction asked for or else the kind's own."""
        return GraphBuilder(kind, self.direction or self.kinds[kind].direction, self.title)


@dataclass(frozen=True)
class Reader:
    """Reads plain words; None if they say something else. Raises NotUnderstood for words that
    it recognises but cannot read. Readers are asked in the order of their `turn`, and the first
    drawing counts; `offline/readers.py` has those that belong to no kind.

    `words` is the reader's account: what its grammar understands besides names. A word of the
    text that is neither a name in the drawing nor one of these was not read (`accounting.py`).
    `honours` are the requests for each part that it carries out: "room", "places"."""

    turn: int
    read: Callable[[Source], GraphBuilder | None]
    words: frozenset[str]
    honours: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.words:
            raise ValueError("a reader has to say which words it understands besides names")


def _as_written(graph: Graph) -> tuple[Graph, str]:
    return graph, ""


def _no_edit(_command: str, _targets: "Targets") -> None:
    return None


def _as_steps(_graph: Graph) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class PlanKind:
    """The part of a kind's record that planners need; `scene.kinds.Kind` adds how it is drawn.

    Names: `names` are what people call it, by language; the `everyday` ones also begin ordinary
    sentences. `aliases` are what models write instead of the `id`. `phrase`, `example` and `icon`
    are shown to people (`translated`: both in other languages), `meaning` to models. `instead_of`
    are words for what nobody can draw and
    this comes nearest to, each with a rank: of several in a text, the lowest rank decides.

    Reading: `direction` is its own where a text asks for none. `labels` says what can be one:
    names only, steps (which may sound like commands), or anything. `rooted`: there is one root,
    which
    bears the title. `grows_at_root`: what is added without a place hangs on the root.
    `is_ordered`: its shapes stand in a row whose order is no flow. `takes_arrows`: a text of
    arrows alone can be one. `grows`: arrows between shapes on the canvas add to these, rather
    than draw anew. `read_edit` reads commands that only make sense on such a drawing (None: any
    other), before those that make sense on all.

    Judging: whether "all" shapes have connections, "some" (as a rule), or "none". `same_names`:
    many shapes may be called alike. `acyclic`: no circle belongs in it. `keyed`: its shapes are
    tables with keys. `repair` corrects a model's graph and says in a sentence what it did.

    Mermaid: `mermaid` are the diagram types that are read as this kind. `write_mermaid` gives
    None for a graph that only a flowchart with comments can hold.
    """

    id: str
    names: Mapping[str, tuple[str, ...]]
    everyday: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    phrase: str
    example: str
    translated: Mapping[Language, tuple[str, str]] = field(default_factory=dict)
    icon: str
    meaning: str = ""
    instead_of: Mapping[str, int] = field(default_factory=dict)
    direction: Direction = "down"
    labels: Labels = "phrases"
    readers: tuple[Reader, ...] = ()
    read_edit: Callable[[str, "Targets"], list[Operation] | None] = _no_edit
    rooted: bool = False
    is_ordered: bool = False
    grows_at_root: bool = False
    takes_arrows: bool = False
    links: Links = "none"
    same_names: bool = False
    acyclic: bool = False
    keyed: bool = False
    grows: bool = False
    repair: Callable[[Graph], tuple[Graph, str]] = _as_written
    mermaid: tuple[MermaidType, ...] = ()
    write_mermaid: Callable[[Graph], str | None] = _as_steps

    def introduced(self, language: Language) -> tuple[str, str]:
        """The kind with its article, and an example, in a language or else in English."""
        return self.translated.get(language, (self.phrase, self.example))


@dataclass(frozen=True)
class Unnamed:
    """The kinds (by id) of texts that name none: steps and arrows, loose shapes, outlines."""

    steps: str
    shapes: str
    one_root: str
    several_roots: str


K_co = TypeVar("K_co", bound=PlanKind, covariant=True)


class Registry(Generic[K_co]):
    """All kinds, in the order in which models read of them. Raises ValueError where two kinds
    claim one name, or a part names a kind that is not there."""

    def __init__(self, *kinds: K_co, unnamed: Unnamed) -> None:
        self.unnamed = unnamed
        self.everyday = frozenset().union(*(kind.everyday for kind in kinds))
        self._kinds = _distinct((kind.id, kind) for kind in kinds)
        self.named: Mapping[str, K_co] = _distinct(
            (name, kind) for kind in kinds for names in kind.names.values() for name in names
        )
        self.called: Mapping[str, str] = _distinct(
            (name, kind.id) for kind in kinds for name in (kind.id, *kind.aliases)
        )
        self.mermaid_types: tuple[MermaidType, ...] = tuple(
            sorted((one for kind in kinds for one in kind.mermaid), key=lambda one: one.turn)
        )
        for known in (unnamed.steps, unnamed.shapes, unnamed.one_root, unnamed.several_roots):
            self[known]
        if stray := self.everyday - self.named.keys():
            raise ValueError(f"everyday words that are no names: {sorted(stray)}")

    def __getitem__(self, kind: str) -> K_co:
        if kind not in self._kinds:
            raise UnknownKind(f"there is no kind of diagram called {kind!r}")
        return self._kinds[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __iter__(self) -> Iterator[K_co]:
        return iter(self._kinds.values())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._kinds)


PlanKinds = Registry[PlanKind]
V = TypeVar("V")


def _distinct(pairs: Iterator[tuple[str, V]]) -> dict[str, V]:
    found: dict[str, V] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"two kinds of diagram are called {name!r}")
        found[name] = value
    return found


def read_plan(value: Any, kinds: PlanKinds) -> Plan:
    """A plan that was stored. Raises ValueError for what is none, or has an unknown kind."""
    plan = Plan.model_validate(value)
    for operation in plan.operations:
        if isinstance(operation, Graph):
            kinds[operation.kind]
    return plan


# What models are not told of yet: it comes with the next version of the prompt.
NOT_FOR_MODELS = {
    "Node": ("days",),
    "Group": ("room", "lane", "days"),
    "SetText": ("rows",),
    "Connect": ("after", "before"),
    "Relayout": ("anew",),
}
OPERATIONS_NOT_FOR_MODELS = ("AddGroup", "MoveAside")
_RELAYOUT = "Tidy up: lay out again the targets (none given: the selection, else everything)."


def plan_schema(kinds: PlanKinds) -> dict[str, Any]:
    """The JSON schema of a plan: a graph's kind is one of these."""
    schema = Plan.model_json_schema()
    choice = {"enum": list(kinds.ids), "title": "Kind", "type": "string"}
    schema["$defs"]["Graph"]["properties"]["kind"] = choice
    for part, hidden in NOT_FOR_MODELS.items():
        for name in hidden:
            schema["$defs"][part]["properties"].pop(name)
    choices = schema["properties"]["operations"]["items"]
    for name in OPERATIONS_NOT_FOR_MODELS:
        link, known = f"#/$defs/{name}", choices["discriminator"]["mapping"]
        choices["oneOf"] = [one for one in choices["oneOf"] if one["$ref"] != link]
        choices["discriminator"]["mapping"] = {k: v for k, v in known.items() if v != link}
        del schema["$defs"][name]
    for name in ("SetText", "Connect"):
        schema["$defs"][name].pop("description")
    schema["$defs"]["Relayout"]["description"] = _RELAYOUT
    schema["$defs"]["Group"]["description"] = (Group.__doc__ or "").partition("\n")[0]
    return schema
