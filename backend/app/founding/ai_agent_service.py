"""Drawing at once, without a job: for programs that wait for the answer."""

import asyncio
from typing import Any

from app.domain.access.policy import Rule
from app.domain.errors import JobTimeout
from app.domain.planning.request import Planned
from app.domain.scene.effects import effects_of
from app.models.ids import new_id
from app.runtime import runtime
from app.services import drawing_service
from app.services.access_service import require
from app.services.canvas_service import create_canvas
from app.services.drawing_result import result_of
from app.services.drawing_service import Briefing, PlannerAnswer, Task
from app.services.job_changes import Outcome
from app.services.jobs.kinds.drawing import title_of
from app.services.scene_reading import load_scene
from app.services.scene_service import apply_changes
from app.services.unit_of_work import release_connection, unit_of_work


class AIAgentService:
    """Turns an instruction into objects on a canvas."""

    def create_canvas_from_query(
        self,
        query: str,
        user_id: str,
        canvas_id: str | None = None,
        style: str = "modern",
        color_scheme: str = "default",
    ) -> dict[str, Any]:
        """Plan, lay out and draw now; on a new canvas if none is named.

        Returns the same summary as a job's result. Nothing is drawn when it raises.

        Raises:
            JobFailure: why no drawing came out. NotFound, NotAllowed: the canvas is not theirs.
        """
        checked = require(user_id, Rule.CANVAS_EDIT, canvas_id) if canvas_id else None
        scene = load_scene(checked) if checked else []
        release_connection()  # a model and a layout are slow
        task = Task(seed=new_id(), instructions=query, style=style, color_scheme=color_scheme)
        briefing = drawing_service.brief(task, scene)
        planned = _plan(briefing)
        drawing = drawing_service.draw(PlannerAnswer(planned, briefing.aliases), task, scene)
        with unit_of_work() as work:
            target = checked or create_canvas(user_id, title_of(query))
            applied = apply_changes(
                work, canvas_id=target, user_id=user_id, changes=drawing.changes
            )
        after = {change["id"]: change["set"] for change in drawing.changes}
        outcome = Outcome(applied, effects_of({}, after))
        return result_of(planned, drawing, target, outcome).model_dump(mode="json")


def _plan(briefing: Briefing) -> Planned:
    seconds = runtime().settings.ai_job_timeout
    planner = runtime().planner()

    async def within() -> Planned:
        async with asyncio.timeout(seconds):
            return await planner.plan(briefing.request, lambda _progress: None)

    try:
        return asyncio.run(within())
    except TimeoutError as error:
        raise JobTimeout from error
