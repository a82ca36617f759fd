"""Planners that cost nothing, or only time: what is left is what the job path itself costs."""

import asyncio
import re
from collections.abc import Callable

from app.config.settings import Settings
from app.domain.planning.plan import Graph, Node, Plan
from app.domain.planning.request import Planned, PlanRequest, Progress
from app.services import drawing_service

ONE_BOX = Plan(title="One", operations=[Graph(kind="grid", nodes=[Node(id="one", label="One")])])
WAIT = re.compile(r"Wait (\d+(?:\.\d+)?) s")


class InstantPlanner:
    """Answers at once; "Wait 2 s" is answered after two seconds, as a model that thinks would."""

    name = "offline"  # so that no model's quota is looked up

    async def plan(self, request: PlanRequest, _progress: Callable[[Progress], None]) -> Planned:
        if match := WAIT.search(request.instruction):
            await asyncio.sleep(float(match[1]))
        return Planned(ONE_BOX, self.name)


def use_instant_planner() -> None:
    def build(_settings: Settings) -> InstantPlanner:
        return InstantPlanner()

    drawing_service.build_planner = build
