"""Language models behind the Planner protocol, chosen by the settings."""

import threading
from importlib import import_module

from app.adapters.language_models.endpoint import read_endpoint
from app.adapters.language_models.planner import ModelPlanner
from app.adapters.language_models.transport import Limits
from app.config.settings import Settings
from app.domain.kinds import KINDS
from app.domain.planning.offline import OfflinePlanner
from app.domain.planning.request import Planner

OFFLINE = "offline"


def is_offline(settings: Settings) -> bool:
    return settings.ai_model.strip().lower() in {"", OFFLINE}


def planner_name(settings: Settings) -> str:
    """What people are shown: `offline`, or the vendor and the model."""
    return OFFLINE if is_offline(settings) else read_endpoint(settings).name


def warm_up(settings: Settings) -> threading.Thread | None:
    """Imports what the model's vendor needs, aside: it takes seconds, which the first job would
    wait for. None where nothing is needed."""
    if is_offline(settings):
        return None
    vendor = read_endpoint(settings).vendor
    names = ("app.adapters.language_models.dialogue", f"pydantic_ai.models.{vendor}")
    thread = threading.Thread(target=lambda: [*map(import_module, names)], daemon=True)
    thread.start()
    return thread


def build_planner(settings: Settings) -> Planner:
    """The planner that the settings ask for. Raises UnsafeSettings with what to change."""
    if is_offline(settings):
        return OfflinePlanner(KINDS)
    # One silent read may last as long as a whole attempt, and no longer.
    return ModelPlanner(
        read_endpoint(settings), limits=Limits(silence_seconds=settings.ai_job_timeout)
    )
