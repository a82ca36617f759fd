"""From an instruction and a scene to a drawing: who plans it, on what, and what came out."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.adapters.language_models.offers import offers
from app.config.settings import Settings
from app.domain.errors import NotUnderstood, TooLarge
from app.domain.kinds import KINDS
from app.domain.layout.geometry import Point
from app.domain.planning.kinds import read_plan
from app.domain.planning.model_name import is_offline
from app.domain.planning.plan import Graph, Plan
from app.domain.planning.request import EarlierJob, Mode, Planned, PlanRequest, Usage
from app.domain.scene.compose import Drawing, DrawRequest, Viewport, compose
from app.domain.scene.describe import describe
from app.domain.scene.elements import Element
from app.runtime import runtime

MAX_SHAPES = 1_500
MAX_CHANGES = 5_000


@dataclass(frozen=True)
class Task:
    """What somebody wants drawn. `seed` makes the element ids: the same task draws the same."""

    seed: str
    instructions: str
    mode: Mode = "create"
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
class PlannerAnswer:
    """A plan, and what its short names stood for when it was asked for: the scene may change."""

    planned: Planned
    aliases: dict[str, str] = field(default_factory=dict)


def brief(task: Task, scene: list[Element], earlier: tuple[EarlierJob, ...] = ()) -> Briefing:
    context, aliases = describe(scene, task.selection, task.viewport, KINDS)
    return Briefing(PlanRequest(task.instructions, task.mode, context, earlier), aliases)


def draw(
    answer: PlannerAnswer,
    task: Task,
    scene: list[Element],
    start: Point | None = None,
    *,
    grows: bool = False,
) -> Drawing:
    """Lay the plan out on the scene. Takes seconds for large plans: hold no transaction.
    `start` and `grows`: see `DrawRequest`.

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
        start=start,
        grows=grows,
    )
    drawing = compose(answer.planned.plan, scene, request, runtime().tools, KINDS)
    if len(drawing.changes) > MAX_CHANGES:
        raise TooLarge
    if not drawing.changes:
        raise NotUnderstood(" ".join((*answer.planned.remarks, *drawing.remarks)) or None)
    return drawing


def count_shapes(plan: Plan) -> int:
    """Shapes and edits of a plan: a graph's nodes, and one for every other operation."""
    return sum(len(op.nodes) if isinstance(op, Graph) else 1 for op in plan.operations)


def planner_view(settings: Settings) -> dict[str, Any]:
    """Who plans here, as the page shows it."""
    return {"name": settings.ai_model, "offline": is_offline(settings.ai_model)}


def models_view(settings: Settings) -> list[dict[str, Any]]:
    """The models that a request may name, the one of requests that name none first."""
    return [
        {"id": offer.id, "label": offer.label, "offline": offer.offline}
        for offer in offers(settings)
    ]


def answer_to_json(answer: PlannerAnswer) -> dict[str, Any]:
    planned = answer.planned
    return {
        "plan": planned.plan.model_dump(mode="json"),
        "planner": planned.planner,
        "usage": asdict(planned.usage),
        "partial": planned.partial,
        "remarks": list(planned.remarks),
        "aliases": answer.aliases,
    }


def answer_from_json(stored: dict[str, Any] | None) -> PlannerAnswer | None:
    """None if there is none, or if an older program stored it in another form."""
    if not stored:
        return None
    try:
        planned = Planned(
            read_plan(stored["plan"], KINDS),
            stored["planner"],
            Usage(**stored["usage"]),
            stored["partial"],
            tuple(stored["remarks"]),
        )
        return PlannerAnswer(planned, stored["aliases"])
    except (ValueError, KeyError, TypeError):
        return None
