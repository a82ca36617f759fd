"""A planner's answer as JSON, before it is laid out."""

from app.domain.formats.record import Format
from app.domain.planning.plan import Plan


def _write(plan: Plan) -> str:
    return plan.model_dump_json(indent=2)


PLAN = Format(
    id="plan",
    name="the plan",
    media_type="application/json",
    extension="json",
    write_plan=_write,
)
