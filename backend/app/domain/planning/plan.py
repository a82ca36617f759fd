"""The plan: what a drawing means. No coordinates, no sizes; those are computed by the layout.

A planner (a language model or the offline one) writes a plan; everything after it is software.
The model is small enough for a 7B language model and strict enough for a large one: keys are
short, the discriminator `op` comes first, unknown keys are refused.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PLAN_VERSION: Final = 1
MAX_NODES = 500
MAX_EDGES = 1_500
MAX_GROUPS = 100
MAX_OPERATIONS = 200

Ref = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Label = Annotated[str, StringConstraints(max_length=400)]
Row = Annotated[str, StringConstraints(max_length=200)]

Direction = Literal["down", "right", "up", "left"]
Shape = Literal["rectangle", "ellipse", "diamond", "note", "text"]
Color = Literal[
    "default",
    "red",
    "orange",
    "yellow",
    "green",
    "teal",
    "blue",
    "violet",
    "pink",
    "gray",
    "black",
]
LineStyle = Literal["solid", "dashed", "dotted"]
# The first and the last day on a scale of dates, counted from its beginning.
Days = Annotated[tuple[int, int] | None, Field(default=None)]
Side = Literal["left", "right", "above", "below"]


class Part(BaseModel):
    """Strict base: a key that is not in the schema is an error, never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Node(Part):
    """A thing in the drawing.

    `rows` are lines below the label: an entity's columns, a class's members, a card's details.
    `column` and `row` count from 0: the cell, where a kind of diagram has cells; parts of a
    screen with the same `row` stand side by side. Where a drawing begins, its edges say.
    """

    id: Ref
    label: Label
    shape: Shape = "rectangle"
    color: Color = "default"
    group: Ref | None = None
    rows: list[Row] = Field(default_factory=list, max_length=60)
    column: int | None = Field(default=None, ge=0, le=200)
    row: int | None = Field(default=None, ge=0, le=500)
    days: Days = None


class Edge(Part):
    """A connection. In a tree or mind map it goes from parent to child; in a sequence, edges are
    messages in order of time."""

    source: Ref
    target: Ref
    label: Label = ""
    line: LineStyle = "solid"
    arrow: Literal["end", "none", "both", "start"] = "end"
    color: Color = "default"


class Group(Part):
    """A labelled frame around nodes: a subsystem, a lane, a column, a quadrant, a period.

    `room` is for so many cards, whether they are there or not. `lane`: a band that steps run
    along.
    """

    id: Ref
    label: Label
    parent: Ref | None = None
    color: Color = "default"
    room: int = Field(default=0, ge=0, le=50)
    lane: bool = False
    days: Days = None


class Graph(Part):
    """Draw something new."""

    op: Literal["graph"] = "graph"
    kind: Ref  # the id of a registered kind: what reads or draws a plan checks it
    direction: Direction = "down"
    title: Label = ""
    nodes: list[Node] = Field(default_factory=list, max_length=MAX_NODES)
    edges: list[Edge] = Field(default_factory=list, max_length=MAX_EDGES)
    groups: list[Group] = Field(default_factory=list, max_length=MAX_GROUPS)


class Add(Part):
    """Add one node to what is there, beside `near` (alias or label), optionally connected."""

    op: Literal["add"] = "add"
    node: Node
    near: Ref | None = None
    side: Side | None = None
    connect_from: Ref | None = None
    connect_to: Ref | None = None
    label: Label = ""


class AddGroup(Part):
    """A column, a period, a quadrant of a drawing that stands, beside `near`, another of them."""

    op: Literal["add_group"] = "add_group"
    group: Group
    near: Ref
    side: Side | None = None


class SetText(Part):
    """`rows` are all lines below the text; None leaves them as they are."""

    op: Literal["set_text"] = "set_text"
    target: Ref
    text: Label
    rows: list[Row] | None = Field(default=None, max_length=60)


class SetStyle(Part):
    """`shape` swaps the outline; properties left out stay as they are."""

    op: Literal["set_style"] = "set_style"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    color: Color | None = None
    fill: Literal["none", "solid", "hachure"] | None = None
    line: LineStyle | None = None
    shape: Shape | None = None
    bold: bool | None = None


class Delete(Part):
    op: Literal["delete"] = "delete"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)


class Connect(Part):
    """As a message: `after` or `before` another one, else last."""

    op: Literal["connect"] = "connect"
    source: Ref
    target: Ref
    label: Label = ""
    line: LineStyle = "solid"
    after: Ref | None = None
    before: Ref | None = None


class Disconnect(Part):
    op: Literal["disconnect"] = "disconnect"
    source: Ref
    target: Ref


class InsertBetween(Part):
    op: Literal["insert_between"] = "insert_between"
    node: Node
    source: Ref
    target: Ref


class MoveRelative(Part):
    """`inside`: into the anchor, which is a group."""

    op: Literal["move_relative"] = "move_relative"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    side: Side | Literal["inside"]
    anchor: Ref


class MoveAside(Part):
    """The named shapes, to one side of all the rest."""

    op: Literal["move_aside"] = "move_aside"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    side: Side


class Align(Part):
    op: Literal["align"] = "align"
    targets: list[Ref] = Field(default_factory=list, max_length=MAX_NODES)
    edge: Literal["left", "right", "top", "bottom", "center", "middle"]


class Distribute(Part):
    op: Literal["distribute"] = "distribute"
    targets: list[Ref] = Field(default_factory=list, max_length=MAX_NODES)
    axis: Literal["horizontal", "vertical"]


class Resize(Part):
    """Factors of the size that they have, or that `like` has; a side that has no factor stays as
    it is. With `equal`, or with neither factors nor `like`, all get the size of the largest. No
    shape becomes too small for its words."""

    op: Literal["resize"] = "resize"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    width: float | None = Field(default=None, ge=0.1, le=10, allow_inf_nan=False)
    height: float | None = Field(default=None, ge=0.1, le=10, allow_inf_nan=False)
    like: Ref | None = None
    equal: bool = False


class Swap(Part):
    """Two shapes exchange their places, each with what hangs below it in a tree, or lies in it;
    where one hangs below the other, `arrows` "stay".
    `arrows`: "follow" their shapes, or "stay", so that each takes the other's part in the flow."""

    op: Literal["swap"] = "swap"
    one: Ref
    other: Ref
    arrows: Literal["follow", "stay"] = "follow"


class Duplicate(Part):
    """Copies beside the originals, with what connects them to each other; `connected`: also to
    the rest. `ids` names the copies for later operations; `label` is for a single one."""

    op: Literal["duplicate"] = "duplicate"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    side: Side | None = None
    connected: bool = False
    ids: list[Ref] = Field(default_factory=list, max_length=MAX_NODES)
    label: Label = ""


class Relayout(Part):
    """Tidy up the targets (none given: the selection, else everything): rows, columns, order and
    what lies in what stay as they are. `anew`, or with a direction: lay them out again."""

    op: Literal["relayout"] = "relayout"
    targets: list[Ref] = Field(default_factory=list, max_length=MAX_NODES)
    direction: Direction | None = None
    anew: bool = False


class GroupTogether(Part):
    op: Literal["group"] = "group"
    targets: list[Ref] = Field(min_length=1, max_length=MAX_NODES)
    label: Label = ""


class Note(Part):
    op: Literal["note"] = "note"
    text: Label
    near: Ref | None = None
    color: Color = "yellow"


Operation = Annotated[
    Graph
    | Add
    | AddGroup
    | SetText
    | SetStyle
    | Delete
    | Connect
    | Disconnect
    | InsertBetween
    | MoveRelative
    | MoveAside
    | Align
    | Distribute
    | Resize
    | Swap
    | Duplicate
    | Relayout
    | GroupTogether
    | Note,
    Field(discriminator="op"),
]


class Plan(Part):
    """A whole answer: what will be done, in one sentence, and the operations that do it."""

    version: Literal[1] = PLAN_VERSION
    title: Label = ""
    summary: Label = ""
    operations: list[Operation] = Field(min_length=1, max_length=MAX_OPERATIONS)
