"""From an instruction and a scene to a drawing: who plans it, on what, and what came out."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from pydantic import ValidationError

from app.adapters.language_models import is_offline, planner_name
from app.adapters.language_models.offers import offers
from app.config.settings import Settings
from app.domain.errors import NotUnderstood, TooLarge
from app.domain.jobs.lifecycle import JobType
from app.domain.planning.plan import Graph, Plan
from app.domain.planning.prompt import MAX_EARLIER
from app.domain.planning.request import EarlierJob, Planned, PlanRequest, Usage
from app.domain.scene.compose import Drawing, DrawRequest, Viewport, compose
from app.domain.scene.describe import describe
from app.models.job_conversation import turns_on
from app.runtime import runtime

MAX_SHAPES = 1_500
MAX_CHANGES = 5_000

Element = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """What somebody wants drawn. `seed` makes the element ids: the same task draws the same."""

    seed: str
    instructions: str
    mode: Literal["create", "modify"] = "create"
    style: str = "modern"
    color_scheme: str = "default"
    selection: tuple[str, ...] = ()
    viewport: Viewport | None = None


@dataclass(frozen=True)
class Briefing:
    """What the planner is shown, and which element each of its short names stands for."""

    request: PlanRequest
    aliases: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A plan, and what its short names stood for when it was asked for: the scene may change."""

    planned: Planned
    aliases: dict[str, str] = field(default_factory=dict)


def task_of(job_id: str, job_type: str, request_data: dict[str, Any]) -> Task:
    """Read a job's request; unknown keys are ignored, missing ones have the founding defaults."""
    view = request_data.get("viewport")
    return Task(
        seed=job_id,
        instructions=str(request_data.get("instructions", "")),
        mode="modify" if job_type == JobType.MODIFY_CANVAS else "create",
        style=str(request_data.get("style") or "modern"),
        color_scheme=str(request_data.get("colorScheme") or "default"),
        selection=tuple(str(key) for key in request_data.get("selection") or ()),
        viewport=Viewport(**{key: float(view[key]) for key in ("x", "y", "width", "height")})
        if view
        else None,
    )


def brief(task: Task, scene: list[Element], earlier: tuple[EarlierJob, ...] = ()) -> Briefing:
    context, aliases = describe(scene, task.selection, task.viewport)
    return Briefing(PlanRequest(task.instructions, task.mode, context, earlier), aliases)


def earlier_on(canvas_id: str | None, job_id: str) -> tuple[EarlierJob, ...]:
    """What was asked on the canvas before. Whoever may have a job there may read it all."""
    if canvas_id is None:
        return ()
    turns = turns_on(canvas_id, without=job_id, limit=MAX_EARLIER)
    return tuple(EarlierJob(turn.instructions, turn.summary, turn.undone) for turn in turns)


def draw(answer: Answer, task: Task, scene: list[Element]) -> Drawing:
    """Lay the plan out on the scene. Takes seconds for large plans: hold no transaction.

    Raises:
        NotUnderstood: the plan changes nothing on this scene.
        TooLarge: it has more shapes, or gives more objects, than a job may.
    """
    if count_shapes(answer.planned.plan) > MAX_SHAPES:
        raise TooLarge
    request = DrawRequest(
        seed=task.seed,
        style=task.style,
        color_scheme=task.color_scheme,
        selection=task.selection,
        viewport=task.viewport,
        aliases=answer.aliases,
    )
    drawing = compose(answer.planned.plan, scene, request, runtime().tools)
    if len(drawing.changes) > MAX_CHANGES:
        raise TooLarge
    if not drawing.changes:
        raise NotUnderstood(" ".join((*answer.planned.remarks, *drawing.remarks)) or None)
    return drawing


def count_shapes(plan: Plan) -> int:
    """Shapes and edits of a plan: a graph's nodes, and one for every other operation."""
    return sum(len(op.nodes) if isinstance(op, Graph) else 1 for op in plan.operations)


def planner_view(settings: Settings) -> dict[str, Any]:
    """Who plans here, as the page tells it."""
    return {"name": planner_name(settings), "offline": is_offline(settings)}


def models_view(settings: Settings) -> list[dict[str, Any]]:
    """The models that a request may name, the one of requests that name none first."""
    return [
        {"id": offer.id, "label": offer.label, "offline": offer.offline}
        for offer in offers(settings)
    ]


def answer_to_json(answer: Answer) -> dict[str, Any]:
    planned = answer.planned
    return {
        "plan": planned.plan.model_dump(mode="json"),
        "planner": planned.planner,
        "usage": asdict(planned.usage),
        "partial": planned.partial,
        "remarks": list(planned.remarks),
        "aliases": answer.aliases,
    }


def answer_from_json(stored: dict[str, Any] | None) -> Answer | None:
    """None if there is none, or if an older program stored it in another form."""
    if not stored:
        return None
    try:
        planned = Planned(
            Plan.model_validate(stored["plan"]),
            stored["planner"],
            Usage(**stored["usage"]),
            stored["partial"],
            tuple(stored["remarks"]),
        )
        return Answer(planned, stored["aliases"])
    except (ValidationError, KeyError, TypeError):
        return None


def result_of(planned: Planned, drawing: Drawing, canvas_id: str) -> dict[str, Any]:
    """What is kept about a finished drawing and shown on its card."""
    area = drawing.bounds
    return {
        "canvas_id": canvas_id,
        "title": planned.plan.title,
        "summary": planned.plan.summary,
        "planner": planned.planner,
        "planned": drawing.planned,
        "drawn": drawing.drawn,
        "objects": len(drawing.changes),
        "partial": planned.partial,
        "remarks": [*planned.remarks, *drawing.remarks],
        "bounds": asdict(area) if area else None,
    }
