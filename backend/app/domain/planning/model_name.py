"""Which model plans, as a name: `provider:model`, or `offline`, which needs none and is not AI."""

OFFLINE = "offline"


def normalized(model: str) -> str:
    """The one form of what somebody wrote, so that two names of one model are equal."""
    provider, colon, name = model.strip().partition(":")
    if colon:
        return f"{provider.strip().lower()}:{name.strip()}"
    return OFFLINE if provider.lower() == OFFLINE else provider


def is_offline(model: str) -> bool:
    """Whether no language model is asked. Everything that has to know asks here."""
    return normalized(model) == OFFLINE
