"""Draws a case as a job would: planner, layout, elements, on an empty canvas or on its start."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.adapters.elk import ElkEngine
from app.adapters.fonts import FontMeasure
from app.domain.errors import JobFailure
from app.domain.formats import text_languages
from app.domain.kinds import KINDS
from app.domain.layout.tools import Tools
from app.domain.planning.offline import plan_offline
from app.domain.planning.plan import Edge, Graph, Node, Plan
from app.domain.planning.request import PlanRequest
from app.domain.planning.stream import PlanStream
from app.domain.scene.compose import DrawRequest, compose
from app.domain.scene.describe import describe
from app.domain.scene.topology import Topology
from evaluation.cases import Case

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings"
CHUNK = 29  # characters: a recorded answer is read in pieces, as it arrived

Scene = list[dict[str, Any]]


@dataclass(frozen=True)
class Outcome:
    """What became of a case: the canvas before and after, or the sentence that refused it."""

    instruction: str
    before: Scene = field(default_factory=list)
    after: Scene = field(default_factory=list)
    plan: Plan | None = None
    remarks: tuple[str, ...] = ()
    refusal: str | None = None
    seconds: float = 0.0


class Studio:
    """The tools of drawing, fonts and ELK, shared by all cases."""

    def __init__(self) -> None:
        self._tools = Tools(FontMeasure(), ElkEngine())

    def draw(self, case: Case) -> Outcome:
        """Never raises for a planner that refuses; that is an outcome."""
        return self._recorded(case, case.recording) if case.recording else self._offline(case)

    def _offline(self, case: Case) -> Outcome:
        before = self._start(case.start) if case.start else []
        before = self._start(case.beside, before) if case.beside else before
        selection = _ids(before, case.select)
        context, aliases = describe(before, selection)
        started = time.perf_counter()
        try:
            planned = plan_offline(
                PlanRequest(case.instruction, case.mode, context), KINDS, text_languages()
            )
        except JobFailure as refusal:
            spent = time.perf_counter() - started
            return Outcome(case.instruction, before, before, refusal=str(refusal), seconds=spent)
        request = DrawRequest(case.name, case.style, case.colors, selection, aliases=aliases)
        after, remarks = self._compose(planned.plan, before, request)
        spent = time.perf_counter() - started
        told = (*planned.remarks, *remarks)
        return Outcome(case.instruction, before, after, planned.plan, told, seconds=spent)

    def _recorded(self, case: Case, name: str) -> Outcome:
        recording = json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))
        before, aliases = self._context(recording.get("context") or {})
        started = time.perf_counter()
        stream = PlanStream(KINDS)
        answer = "\n".join(recording["answer"])
        for start in range(0, len(answer), CHUNK):
            stream.feed(answer[start : start + CHUNK])
        plan = stream.salvage() if recording.get("finish") == "length" else stream.finish()
        if plan is None:
            return Outcome(recording["instruction"], before, before, refusal="nothing to keep")
        request = DrawRequest(case.name, case.style, case.colors, aliases=aliases)
        after, remarks = self._compose(plan, before, request)
        spent = time.perf_counter() - started
        told = (*stream.remarks, *remarks)
        return Outcome(recording["instruction"], before, after, plan, told, seconds=spent)

    def _start(self, instruction: str, there: Sequence[dict[str, Any]] = ()) -> Scene:
        plan = plan_offline(PlanRequest(instruction), KINDS, text_languages()).plan
        request = DrawRequest("beside" if there else "start", "modern", "default")
        return self._compose(plan, [*there], request)[0]

    def _context(self, context: dict[str, Any]) -> tuple[Scene, dict[str, str]]:
        """(scene, element id by alias) of the canvas that a recorded question described."""
        if not context:
            return [], {}
        nodes = [
            Node(id=n["alias"], label=n["label"], shape=n["shape"], color=n.get("color", "default"))
            for n in context["nodes"]
        ]
        edges = [
            Edge(source=e["source"], target=e["target"], label=e["label"]) for e in context["edges"]
        ]
        plan = Plan(operations=[Graph(kind="architecture", nodes=nodes, edges=edges)])
        scene, _ = self._compose(plan, [], DrawRequest("start", "modern", "default"))
        topology = Topology(scene)
        aliases = {topology.by_id[i]["customData"]["node"]: i for i in topology.shapes}
        return scene, aliases

    def _compose(
        self, plan: Plan, scene: Scene, request: DrawRequest
    ) -> tuple[Scene, tuple[str, ...]]:
        drawing = compose(plan, scene, request, self._tools, KINDS)
        elements = {element["id"]: element for element in scene}
        for change in drawing.changes:
            elements[change["id"]] = {**elements.get(change["id"], {}), **change["set"]}
        kept = [element for element in elements.values() if not element.get("isDeleted")]
        return kept, drawing.remarks


def _ids(scene: Scene, labels: Sequence[str]) -> tuple[str, ...]:
    topology = Topology(scene)
    return tuple(i for i in topology.shapes if topology.label(i) in labels)
