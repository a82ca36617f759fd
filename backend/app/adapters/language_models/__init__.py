"""Language models behind the Planner protocol, chosen by the settings."""

import threading
from importlib import import_module

from app.adapters.language_models.providers import provider_of
from app.config.settings import Settings, UnsafeSettings
from app.domain.planning.request import Planner


def build_planner(settings: Settings) -> Planner:
    """The planner that the settings ask for. Raises UnsafeSettings with what to change."""
    return provider_of(settings.ai_model).build(settings)


def model_problem(settings: Settings) -> str | None:
    """Why the model of the settings cannot be used and what to change; None if it can."""
    try:
        provider_of(settings.ai_model).check(settings)
    except UnsafeSettings as error:
        return str(error)
    return None


def warm_up(settings: Settings) -> threading.Thread | None:
    """Imports what the provider needs, aside: it takes seconds, which the first job would wait
    for. None where nothing is needed. Raises UnsafeSettings."""
    provider = provider_of(settings.ai_model)
    provider.check(settings)
    packages = provider.packages
    if not packages:
        return None
    thread = threading.Thread(target=lambda: [*map(import_module, packages)], daemon=True)
    thread.start()
    return thread
