"""Jobs that draw: `create_canvas` and `modify_canvas`, from the request to what stays of them."""

from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, StringConstraints

from app.adapters.language_models import warm_up
from app.domain.access.policy import Rule
from app.domain.errors import CanvasDeleted, ElementRejected, Invalid, NotFound, TooLarge
from app.domain.planning.model_name import is_offline
from app.domain.planning.progress import Phase, progress
from app.domain.planning.prompt import MAX_EARLIER
from app.domain.planning.request import EarlierJob, Mode, Planned, Progress
from app.domain.scene.compose import Drawing
from app.domain.scene.elements import Element
from app.domain.scene.ghosts import ghosts_of
from app.domain.scene.place import Viewport as Place
from app.models.job_conversation import turns_on
from app.runtime import runtime
from app.services import drawing_service
from app.services.canvas_service import create_canvas
from app.services.drawing_preview import DrawingPreview
from app.services.drawing_result import DrawingResult, result_of
from app.services.drawing_service import PlannerAnswer, Task
from app.services.job_changes import SeenScene, apply_job_changes
from app.services.jobs.execution import Execution
from app.services.jobs.kind import AI, Completion, Door, JobInput, JobKind
from app.services.jobs.quota import require_tokens
from app.services.scene_reading import head_of, read_scene
from app.services.undo_ledger import undone_among
from app.services.unit_of_work import UnitOfWork
from app.utils.crash_point import crash_point
from app.utils.fields import Body, Id, ObjectId, Text

SHORT_MOMENT_SECONDS = 0.2
MAX_INSTRUCTIONS = 4_000
MAX_TITLE = 60

Style = Literal["modern", "corporate", "creative", "minimal"]
ColorScheme = Literal["default", "pastel", "vibrant", "monochrome"]


class Viewport(Body):
    x: FiniteFloat = Field(ge=-1e7, le=1e7)
    y: FiniteFloat = Field(ge=-1e7, le=1e7)
    width: FiniteFloat = Field(gt=0, le=1e6)
    height: FiniteFloat = Field(gt=0, le=1e6)


class CanvasCreationIn(JobInput):
    instructions: Annotated[Text, StringConstraints(min_length=1, max_length=MAX_INSTRUCTIONS)]
    style: Style = "modern"
    colorScheme: ColorScheme = "default"  # noqa: N815  the founding contract's spelling
    selection: list[ObjectId] = Field(default_factory=list, max_length=1_000)
    viewport: Viewport | None = None
    model: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None

    def task(self, seed: str, mode: Mode) -> Task:
        return Task(
            seed=seed,
            instructions=self.instructions,
            mode=mode,
            style=self.style,
            color_scheme=self.colorScheme,
            selection=tuple(self.selection),
            viewport=Place(**self.viewport.model_dump()) if self.viewport else None,
        )


class CanvasModificationIn(CanvasCreationIn):
    canvas_id: Id


@dataclass(frozen=True)
class Snapshot:
    """A canvas's elements at some moment, and the number of the newest change in them."""

    at: float
    objects: list[Element] = field(default_factory=list)
    seq: int = 0


@dataclass(frozen=True)
class Drawn:
    """A drawing that is not stored yet, made on this scene."""

    planned: Planned
    drawing: Drawing
    seen: Snapshot


def run(mode: Mode, execution: Execution, request: CanvasCreationIn) -> Drawn:
    task = request.task(execution.job.id, mode)
    before = _read(execution, execution.head_seq)
    preview = DrawingPreview(task, before.objects)
    answer = _answer(execution, task, before, request.model, preview)
    whole = partial(preview.of, lambda: answer.planned.plan, answer.aliases)
    shapes = drawing_service.count_shapes(answer.planned.plan)
    execution.report(progress(Phase.LAYOUT, shapes, preview=whole))
    now = _read_again(execution, before)
    execution.release()
    drawing = drawing_service.draw(answer, task, now.objects, preview.start)
    execution.check()
    shown = partial(ghosts_of, drawing.changes)
    execution.report(progress(Phase.DRAWING, drawing.planned, preview=shown))
    return Drawn(answer.planned, drawing, now)


def apply(
    work: UnitOfWork, execution: Execution, request: CanvasCreationIn, drawn: Drawn
) -> Completion:
    job, drawing = execution.job, drawn.drawing
    asked = drawn.seen.seq if job.asked_seq is None else job.asked_seq
    canvas_id = job.canvas_id or create_canvas(job.user_id, title_of(request.instructions))
    try:
        outcome = apply_job_changes(
            work,
            canvas_id=canvas_id,
            user_id=job.user_id,
            job_id=job.id,
            changes=drawing.changes,
            seen=SeenScene(drawn.seen.objects, drawn.seen.seq, asked),
        )
    except ElementRejected:  # our own mistake
        raise
    except Invalid as error:
        raise TooLarge(error.message) from error
    result = result_of(drawn.planned, drawing, canvas_id, outcome)
    return Completion(
        result, outcome.message, canvas_id, result.drawn, outcome.applied.change_set_id
    )


def title_of(instructions: str) -> str:
    """A canvas made for a job is named by the beginning of its instruction."""
    first_line = instructions.strip().partition("\n")[0]
    return first_line if len(first_line) <= MAX_TITLE else first_line[: MAX_TITLE - 1] + "…"


def _check(request: CanvasCreationIn) -> None:
    if request.model is not None and not runtime().is_offered(request.model):
        raise Invalid(fields={"model": "is not offered here; see /api/config"})


def _answer(
    execution: Execution, task: Task, scene: Snapshot, model: str | None, preview: DrawingPreview
) -> PlannerAnswer:
    """The staged answer of an earlier attempt, or a new one."""
    staged = drawing_service.answer_from_json(execution.staged())
    if staged is not None:
        return staged
    planner = runtime().planner(model)
    earlier: tuple[EarlierJob, ...] = ()
    if not is_offline(planner.name):
        require_tokens(execution.job.user_id)
        earlier = _earlier(execution)
    execution.release()
    briefing = drawing_service.brief(task, scene.objects, earlier)

    def note(counted: Progress) -> None:
        ghosts = partial(preview.of, counted.plan, briefing.aliases)
        execution.note(progress(Phase.PLANNING, counted.planned, preview=ghosts))

    planned = execution.wait_for(lambda: planner.plan(briefing.request, note))
    answer = PlannerAnswer(planned, briefing.aliases)
    crash_point("after_llm")
    if planned.usage.requests:
        execution.stage(drawing_service.answer_to_json(answer), asdict(planned.usage))
    return answer


def _earlier(execution: Execution) -> tuple[EarlierJob, ...]:
    """What was asked on the canvas before: everybody who may have a job there may read it."""
    if execution.job.canvas_id is None:
        return ()
    turns = turns_on(
        execution.job.canvas_id,
        (CREATE_CANVAS.id, MODIFY_CANVAS.id),
        without=execution.job.id,
        limit=MAX_EARLIER,
    )
    undone = undone_among({turn.change_set_id for turn in turns if turn.change_set_id})
    return tuple(
        EarlierJob(turn.instructions, turn.summary, turn.change_set_id in undone) for turn in turns
    )


def _read(execution: Execution, newest: int) -> Snapshot:
    """`newest`: the number of the newest change on its canvas."""
    now, canvas_id = runtime().monotonic(), execution.canvas_id
    if not canvas_id or not newest:
        return Snapshot(now, seq=newest)
    try:
        scene = read_scene(canvas_id)
    except NotFound:
        raise CanvasDeleted from None
    return Snapshot(now, scene.objects, scene.seq)


def _read_again(execution: Execution, before: Snapshot) -> Snapshot:
    """The canvas as it is now, for people went on while the planner thought; not read again if
    nothing changed, nor after a moment so short that the drawing itself takes as long."""
    canvas_id = execution.canvas_id
    if not canvas_id or runtime().monotonic() - before.at < SHORT_MOMENT_SECONDS:
        return before
    try:
        newest = head_of(canvas_id)
    except NotFound:
        raise CanvasDeleted from None
    return before if newest == before.seq else _read(execution, newest)


CREATE_CANVAS = JobKind(
    id="create_canvas",
    request=CanvasCreationIn,
    result=DrawingResult,
    run=partial(run, "create"),
    apply=apply,
    permission=Rule.CANVAS_EDIT,
    draws=True,
    phases=tuple(Phase),
    starting="Planning",
    concurrency=AI,
    deadline=lambda settings: settings.ai_job_timeout,
    max_attempts=lambda settings: settings.ai_max_attempts,
    canvas_title=lambda request: title_of(request.instructions),
    check=_check,
    warm_up=warm_up,
    door=Door(
        path="/create-canvas",
        operation="create_canvas_with_ai",
        summary="Draw an instruction",
        description=(
            "Answers at once with the job; ask for its status, or listen on the socket. Without "
            "`canvas_id` a\nnew canvas is made. On a canvas of somebody else one has to be editor."
        ),
        example={"instructions": "browser -> API -> database", "style": "modern"},
        limit="60/hour",
        accepted="Canvas creation job started",
    ),
)
MODIFY_CANVAS = replace(
    CREATE_CANVAS,
    id="modify_canvas",
    request=CanvasModificationIn,
    run=partial(run, "modify"),
    canvas_title=None,
    door=Door(
        path="/modify-canvas",
        operation="modify_canvas_with_ai",
        summary="Change what is on a canvas",
        description=(
            "As `create-canvas`, but `canvas_id` is required, and the instruction is about what is "
            "there: the\n`selection`, if there is one, else the whole canvas."
        ),
        example={
            "instructions": "add a cache between API and database",
            "canvas_id": "0b2f7c1e-6a53-4a0d-9a53-8f0f6f0f2c11",
        },
        limit="120/hour",
        accepted="Canvas modification job started",
    ),
)
