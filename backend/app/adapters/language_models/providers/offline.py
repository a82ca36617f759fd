"""The planner that reads instructions by rules: no language model, no network, no key."""

from dataclasses import dataclass

from app.adapters.language_models.provider import Provider
from app.config.settings import Settings
from app.domain.formats import text_languages
from app.domain.kinds import KINDS
from app.domain.planning.model_name import OFFLINE as NAME
from app.domain.planning.offline import OfflinePlanner
from app.domain.planning.request import Planner


@dataclass(frozen=True, kw_only=True)
class _Offline(Provider):
    def check(self, settings: Settings) -> None:
        """It needs nothing."""

    def build(self, settings: Settings) -> Planner:  # noqa: ARG002  it needs nothing
        return OfflinePlanner(KINDS, text_languages())


OFFLINE = _Offline(prefix=NAME, label="Offline", needs_name=False)
