"""A drawing reviewed by rules, without a model."""

from dataclasses import asdict
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import Field, WithJsonSchema

from app.domain.access.ids import ViewableCanvasId
from app.domain.kinds import KINDS
from app.domain.scene.review import MOST_FINDINGS, RULES, review
from app.routes.answers.base import Answer, Success
from app.routes.describe import answers
from app.services.scene_reading import load_scene

review_bp = APIBlueprint("review", __name__, url_prefix="/api", tag="Canvases")

RuleName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(RULES)})]


class FoundFault(Answer):
    """What one rule found at one place."""

    rule: RuleName
    elements: list[str]
    """What to look at, the most important first."""
    words: str
    """What is written on the first of them."""
    message: str


class Review(Success):
    """Rule by rule, at most 200."""

    findings: Annotated[list[FoundFault], Field(max_length=MOST_FINDINGS)]


@review_bp.post("/canvases/<canvas_id>/review")
@answers(Review, says="What was found; an empty list if nothing was.")
def review_canvas(canvas_id: ViewableCanvasId) -> dict[str, Any]:
    """Look for faults in what a drawing says

    By rules, without a language model; nothing is changed. Decisions without labels, dead ends,
    what nothing leads to, loops, doubled names, notes that belong to nothing, tables without keys.
    """
    findings = review(load_scene(canvas_id), KINDS)
    found = [asdict(finding) | {"message": finding.message} for finding in findings]
    return {"success": True, "findings": found}
