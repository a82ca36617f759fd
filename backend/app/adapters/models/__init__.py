"""Language models behind the Planner protocol, chosen by the settings."""

from app.adapters.models.endpoint import read_endpoint
from app.adapters.models.planner import ModelPlanner
from app.adapters.models.transport import Limits
from app.config.settings import Settings
from app.domain.planning.offline import OfflinePlanner
from app.domain.planning.request import Planner

OFFLINE = "offline"


def is_offline(settings: Settings) -> bool:
    return settings.ai_model.strip().lower() in {"", OFFLINE}


def planner_name(settings: Settings) -> str:
    """What people are shown: `offline`, or the vendor and the model."""
    return OFFLINE if is_offline(settings) else read_endpoint(settings).name


def build_planner(settings: Settings) -> Planner:
    """The planner that the settings ask for. Raises UnsafeSettings with what to change."""
    if is_offline(settings):
        return OfflinePlanner()
    # One silent read may last as long as a whole attempt, and no longer.
    return ModelPlanner(
        read_endpoint(settings), limits=Limits(silence_seconds=settings.ai_job_timeout)
    )
