"""Planners that do what a test says: answer, fail, or be silent until told otherwise."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from app.domain.planning.plan import Graph, Node, Plan
from app.domain.planning.request import Planned, PlanRequest, Progress, Usage
from app.factory import runtime_of


def boxes(*labels: str) -> Plan:
    """A plan that draws one unconnected box for each label."""
    nodes = [Node(id=f"b{number}", label=label) for number, label in enumerate(labels)]
    return Plan(title="Boxes", operations=[Graph(kind="grid", nodes=nodes)])


class ScriptedPlanner:
    """Each call does the next step of the script; the last one is repeated.

    A step is a plan to answer with, an exception to raise, or a coroutine function to await first.
    """

    def __init__(self, *script: object, name: str = "scripted") -> None:
        self.name = name
        self.script = list(script) or [boxes("One", "Two")]
        self.requests: list[PlanRequest] = []

    async def plan(self, request: PlanRequest, progress: Callable[[Progress], None]) -> Planned:
        self.requests.append(request)
        step = self.script[min(len(self.requests), len(self.script)) - 1]
        if callable(step):
            step = await step(progress)
        if isinstance(step, BaseException):
            raise step
        assert isinstance(step, Plan)
        progress(Progress(planned=len(step.operations)))
        return Planned(step, self.name, Usage(100, 20, 1))


class SilentModel:
    """A step that says nothing until it is released; it notices when it is cut off."""

    def __init__(self, answer: Plan | None = None) -> None:
        self.answer = answer or boxes("Late")
        self.asked = threading.Semaphore(0)
        self.cut_off = threading.Event()
        self._released = threading.Event()

    def release(self) -> None:
        self._released.set()

    async def __call__(self, _progress: Callable[[Progress], None]) -> Plan:
        self.asked.release()
        try:
            while not self._released.is_set():
                await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            self.cut_off.set()
            raise
        return self.answer


async def thinks(seconds: float) -> None:
    """A model takes its time. No test's outcome depends on how long that is."""
    await asyncio.sleep(seconds)


def use_planner(app: Flask, planner: Any) -> None:
    runtime_of(app).use_planner(planner)
