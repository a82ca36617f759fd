"""Edits of a drawn hierarchy: reports, and who they report to."""

from app.domain.planning.offline.edit_branches import read_branches, read_removal
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Operation


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    removed = read_removal(command, targets, "tree", whole=False)
    return removed or read_branches(command, targets, "tree")
