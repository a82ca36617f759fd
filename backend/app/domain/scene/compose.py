"""From a plan to changes of a scene: the one entrance to drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.layout.geometry import Rect, bounds
from app.domain.layout.tools import Tools
from app.domain.planning.plan import Graph, Plan, Relayout
from app.domain.scene import graph
from app.domain.scene.draft import Draft, ElementChange
from app.domain.scene.edit import apply
from app.domain.scene.editing import Editing
from app.domain.scene.elements import Writer, rect_of
from app.domain.scene.kinds import Kind, Kinds
from app.domain.scene.lint import LintReport, lint
from app.domain.scene.looks import look
from app.domain.scene.place import Viewport, offset


@dataclass(frozen=True)
class DrawRequest:
    """`seed` is the job's id: the same plan with the same seed gives the same elements.
    `aliases` are the planner's short names for element ids (see `describe`)."""

    seed: str
    style: str
    color_scheme: str
    selection: tuple[str, ...] = ()
    viewport: Viewport | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawing:
    """`planned` and `drawn` count nodes (groups, where there are only these) and edits; `remarks`
    are sentences for the person,
    `lint` says what is wrong with the elements that were drawn or changed."""

    changes: list[ElementChange]
    planned: int
    drawn: int
    remarks: tuple[str, ...]
    bounds: Rect | None
    lint: LintReport


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
    edit = Editing(draft, style, writer, tools, request.aliases, request.selection)
    planned = drawn = 0
    for operation in plan.operations:
        if isinstance(operation, Graph):
            planned += len(operation.nodes) or len(operation.groups)
            drawn += _draw_graph(edit, operation, kinds[operation.kind], request.viewport)
        else:
            planned += 1
            drawn += apply(edit, operation)
    changes = draft.changes()
    if not changes and not edit.remarks:
        edit.remarks.append(_nothing_to_do(plan))
    touched = [draft.elements[c["id"]] for c in changes if c["id"] in draft.elements]
    area = bounds(rect_of(element) for element in touched)
    report = lint(draft.elements.values(), {element["id"] for element in touched})
    return Drawing(changes, planned, drawn, tuple(dict.fromkeys(edit.remarks)), area, report)


def _nothing_to_do(plan: Plan) -> str:
    """Why a plan that was understood changes nothing."""
    if any(isinstance(operation, Relayout) for operation in plan.operations):
        return "Nothing needed tidying: the drawing is laid out already."
    return "Nothing had to be changed: the drawing is like that already."


def _draw_graph(edit: Editing, operation: Graph, kind: Kind, viewport: Viewport | None) -> int:
    """Draws beside what is there; returns the number of nodes drawn."""
    drawn = graph.drawing_of(operation, kind, edit.look, edit.tools)
    taken = [rect_of(element) for element in edit.draft.elements.values()]
    drawn = drawn.moved(*offset(drawn.bounds, taken, viewport))
    parts, names = graph.elements(drawn, edit.look, edit.writer)
    edit.draft.add(parts)
    edit.names |= names
    edit.remarks += drawn.remarks
    return len(drawn.diagram.nodes) or len(drawn.diagram.groups)


__all__ = ["DrawRequest", "Drawing", "Tools", "Viewport", "compose"]
