"""The models that people may choose from for a job."""

from dataclasses import dataclass

from app.config.settings import Settings
from app.domain.planning.model_name import is_offline


@dataclass(frozen=True)
class Offer:
    """`id` is what a request names, `label` what people read."""

    id: str
    label: str

    @property
    def offline(self) -> bool:
        return is_offline(self.id)


def offers(settings: Settings) -> tuple[Offer, ...]:
    """`AI_MODEL` first, then those of `AI_MODELS`, each once; a label given there counts."""
    found: dict[str, str] = {settings.ai_model: ""}
    for entry in settings.ai_models:
        model, _, label = entry.partition("=")
        found[model] = label.strip() or found.get(model, "")
    return tuple(Offer(model, label or _plain(model)) for model, label in found.items())


def _plain(model: str) -> str:
    return model.partition(":")[2] or model.capitalize()
