"""What stays of a finished drawing job: what it really did, as its card shows it."""

from dataclasses import asdict

from pydantic import BaseModel, ConfigDict, Field

from app.domain.planning.request import Planned
from app.domain.scene.compose import Drawing
from app.domain.scene.effects import Effect, count_shown
from app.services.job_changes import Outcome


class Bounds(BaseModel):
    """A part of a canvas, in its own units."""

    x: float
    y: float
    width: float
    height: float


class DrawingResult(BaseModel):
    """What is kept about a finished drawing and shown on its card."""

    model_config = ConfigDict(defer_build=True)

    canvas_id: str
    title: str
    summary: str
    planner: str = Field(description="Which model planned it, or `offline`.")
    planned: int = Field(ge=0)
    drawn: int = Field(ge=0)
    objects: int = Field(
        ge=0, description="Stored objects that were made or changed; a shape may be several."
    )
    effects: list[Effect] = Field(
        description="What it really did, as people count it; empty: nothing."
    )
    partial: bool = Field(description="The model's answer broke off; what had come was drawn.")
    remarks: list[str] = Field(
        description="What could not be done as asked, or yielded to people, a sentence each."
    )
    bounds: Bounds | None = Field(description="Where on the canvas.")
    seq: int = Field(ge=0, description="The number of the change that drew it.")


def result_of(
    planned: Planned, drawing: Drawing, canvas_id: str, came_of_it: Outcome
) -> DrawingResult:
    area = drawing.bounds if came_of_it.effects else None
    return DrawingResult(
        canvas_id=canvas_id,
        title=planned.plan.title,
        summary=planned.plan.summary,
        planner=planned.planner,
        planned=drawing.planned,
        drawn=count_shown(came_of_it.effects),
        objects=came_of_it.applied.count,
        effects=list(came_of_it.effects),
        partial=planned.partial,
        remarks=[*planned.remarks, *drawing.remarks, *came_of_it.remarks],
        bounds=Bounds(**asdict(area)) if area else None,
        seq=came_of_it.applied.last_seq,
    )
