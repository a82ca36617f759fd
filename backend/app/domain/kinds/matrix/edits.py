"""Edits of a drawn matrix: entries in its quadrants."""

from app.domain.planning.offline.edit_cards import read_cards
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Operation


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    return read_cards(command, targets, "matrix")
