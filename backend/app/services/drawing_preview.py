"""Ghosts of a drawing while it is planned: laid out as it will be, where it will be."""

from collections.abc import Callable
from typing import Any

from app.domain.errors import DomainError
from app.domain.layout.geometry import Point
from app.domain.planning.plan import Plan
from app.domain.planning.request import Planned
from app.domain.scene.elements import Element
from app.domain.scene.ghosts import completed, ghosts_of
from app.services.drawing_service import PlannerAnswer, Task, count_shapes, draw

MAX_SHAPES = 100  # the layout of more takes too long to be done again and again


class DrawingPreview:
    """For one attempt, on its own thread. `start` is where the first shape was shown."""

    def __init__(self, task: Task, scene: list[Element]) -> None:
        self._task = task
        self._scene = scene
        self.start: Point | None = None

    def of(
        self, plan_so_far: Callable[[], Plan | None], aliases: dict[str, str]
    ) -> dict[str, Any] | None:
        """None if nothing new can be shown."""
        plan = plan_so_far()
        if plan is None or not 0 < count_shapes(plan) <= MAX_SHAPES:
            return None
        whole, guesses = completed(plan)
        try:
            answer = PlannerAnswer(Planned(whole, ""), aliases)
            drawing = draw(answer, self._task, self._scene, self.start, grows=True)
        except DomainError:  # an edit of what is not there, say: the whole plan will tell
            return None
        self.start = drawing.start or self.start
        return ghosts_of(drawing.changes, guesses)
