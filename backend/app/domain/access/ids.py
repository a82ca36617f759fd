"""Identifiers that access has checked, each a type of its own.

Only `services/access_service.py` makes them, so that code which has one has passed the rule. A
route says in its signature which one it takes, and is held to its door's rule at start.
"""

from typing import Any, NewType

from app.domain.access.policy import Rule

ViewableCanvasId = NewType("ViewableCanvasId", str)
EditableCanvasId = NewType("EditableCanvasId", ViewableCanvasId)
OwnedCanvasId = NewType("OwnedCanvasId", EditableCanvasId)

ViewableJobId = NewType("ViewableJobId", str)
CancellableJobId = NewType("CancellableJobId", str)
SteerableJobId = NewType("SteerableJobId", CancellableJobId)
OwnJobId = NewType("OwnJobId", SteerableJobId)

OperatorId = NewType("OperatorId", str)

PROOFS: dict[Rule, Any] = {
    Rule.CANVAS_VIEW: ViewableCanvasId,
    Rule.CANVAS_EDIT: EditableCanvasId,
    Rule.CANVAS_MANAGE: OwnedCanvasId,
    Rule.JOB_CANCEL: CancellableJobId,
    Rule.JOB_STEER: SteerableJobId,
    Rule.JOB_VIEW: ViewableJobId,
    Rule.JOB_RETRY: OwnJobId,
}


def proves(rule: Rule, wanted: Any) -> bool:
    """Whether passing the rule gives `wanted`, one of these types."""
    held = PROOFS.get(rule)
    while held is not None and held is not wanted:
        held = getattr(held, "__supertype__", None)
    return held is not None and held is not str
