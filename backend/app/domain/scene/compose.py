"""From a plan to changes of a scene: the one entrance to drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.layout.geometry import Point, Rect, bounds
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Graph, Plan, Relayout
from app.domain.scene import graph
from app.domain.scene.draft import Draft, ElementChange
from app.domain.scene.edit import apply
from app.domain.scene.editing import Editing
from app.domain.scene.elements import Writer, rect_of
from app.domain.scene.kinds import Kind, Kinds
from app.domain.scene.lay_out_again import lay_out_changed
from app.domain.scene.lint import LintReport, lint
from app.domain.scene.looks import look
from app.domain.scene.place import Viewport, kept, offset, with_room


@dataclass(frozen=True)
class DrawRequest:
    """`seed` is the job's id: the same plan with the same seed gives the same elements.
    `aliases` are the planner's short names for element ids (see `describe`). `start`: where the
    middle of the first shape was shown to people. `grows`: there is more to come."""

    seed: str
    style: str
    color_scheme: str
    selection: tuple[str, ...] = ()
    viewport: Viewport | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    start: Point | None = None
    grows: bool = False


@dataclass(frozen=True)
class Drawing:
    """`planned` and `drawn` count nodes (groups, where there are only these) and edits; `remarks`
    are sentences for the person,
    `lint` says what is wrong with the elements that were drawn or changed. `start` is the middle
    of the first shape of the first graph."""

    changes: list[ElementChange]
    planned: int
    drawn: int
    remarks: tuple[str, ...]
    bounds: Rect | None
    lint: LintReport
    start: Point | None = None


def compose(
    plan: Plan,
    scene: Sequence[Mapping[str, Any]],
    request: DrawRequest,
    tools: Tools,
    kinds: Kinds,
) -> Drawing:
    """The changes that carry out the plan. Pure and deterministic; nothing in the scene is
    touched that the plan does not name. Raises UnknownKind for a graph of none of the kinds."""
    draft = Draft([dict(element) for element in scene])
    style = look(request.style, request.color_scheme)
    writer = Writer(request.seed, style.roughness, style.rounded)
    edit = Editing(draft, style, writer, tools, request.aliases, request.selection, kinds)
    planned = drawn = 0
    for operation in plan.operations:
        if isinstance(operation, Graph):
            planned += len(operation.nodes) or len(operation.groups)
            drawn += _draw_graph(edit, operation, kinds[operation.kind], request)
        else:
            planned += 1
            drawn += apply(edit, operation)
    lay_out_changed(edit)
    changes = draft.changes()
    if not changes and not edit.remarks:
        edit.remarks.append(_nothing_to_do(plan))
    touched = [draft.elements[c["id"]] for c in changes if c["id"] in draft.elements]
    area = bounds(rect_of(element) for element in touched)
    report = lint(draft.elements.values(), {element["id"] for element in touched})
    remarks = tuple(dict.fromkeys(edit.remarks))
    return Drawing(changes, planned, drawn, remarks, area, report, edit.start)


def _nothing_to_do(plan: Plan) -> str:
    """Why a plan that was understood changes nothing."""
    if any(isinstance(operation, Relayout) for operation in plan.operations):
        return "Nothing needed tidying: the drawing is laid out already."
    return "Nothing had to be changed: the drawing is like that already."


def _draw_graph(edit: Editing, operation: Graph, kind: Kind, request: DrawRequest) -> int:
    """Draws beside what is there; returns the number of nodes drawn."""
    drawn = graph.drawing_of(operation, kind, edit.look, edit.tools)
    taken = [rect_of(element) for element in edit.draft.elements.values()]
    first = drawn.diagram.nodes[0].id if drawn.diagram.nodes and edit.start is None else None
    drawn = drawn.moved(*_place(drawn, first, taken, request))
    if first in drawn.arrangement.boxes:
        edit.start = drawn.arrangement.boxes[first].center
    parts, names = graph.elements(drawn, edit.look, edit.writer)
    drawing = edit.writer.group_id(f"drawing:{len(edit.draft.elements)}")
    for part in parts:
        part["customData"] |= {"kind": kind.id, "drawing": drawing}
    edit.draft.add(parts)
    edit.names |= names
    edit.remarks += drawn.remarks
    return len(drawn.diagram.nodes) or len(drawn.diagram.groups)


def _place(
    drawn: graph.GraphDrawing, first: str | None, taken: Sequence[Rect], request: DrawRequest
) -> Point:
    """How far to move it: where people saw it begin, if it has room there."""
    box = drawn.arrangement.boxes.get(first) if first else None
    if request.start is None or box is None:
        room = with_room(drawn.bounds) if request.grows else drawn.bounds
        return offset(room, taken, request.viewport)
    there = request.start[0] - box.center[0], request.start[1] - box.center[1]
    return kept(drawn.bounds, there, taken, request.viewport)


__all__ = ["DrawRequest", "Drawing", "Tools", "Viewport", "compose"]
