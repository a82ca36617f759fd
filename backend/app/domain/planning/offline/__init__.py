"""The planner that needs no model: a deterministic grammar for outlines, arrows and edits."""

from app.domain.planning.offline.planner import OfflinePlanner, plan_offline

__all__ = ["OfflinePlanner", "plan_offline"]
