"""What a refusal was made of and what can be drawn instead: kept with the job, and shown."""

from dataclasses import asdict
from typing import Any

from app.domain.errors import JobFailure

NOTHING: dict[str, Any] = {"values": {}, "suggestions": []}


def kept(failure: JobFailure) -> dict[str, Any] | None:
    if not failure.values and not failure.suggestions:
        return None
    return {
        "values": failure.values,
        "suggestions": [asdict(suggestion) for suggestion in failure.suggestions],
    }


def shown(refusal: dict[str, Any] | None, readable: bool) -> dict[str, Any]:
    """For who may read the instruction: the values quote it."""
    return NOTHING | ((refusal or {}) if readable else {})
