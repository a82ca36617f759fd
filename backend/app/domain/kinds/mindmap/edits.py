"""Edits of a drawn mind map: branches, and what hangs on them."""

from app.domain.planning.offline.edit_branches import read_branches, read_removal
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Operation


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    removed = read_removal(command, targets, "mindmap", whole=True)
    return removed or read_branches(command, targets, "mindmap")
