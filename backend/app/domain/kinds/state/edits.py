"""Edits of a drawn state machine: transitions, with what sets them off."""

import re

from app.domain.planning.offline.edit_arrows import read_arrows
from app.domain.planning.offline.edit_phrases import PUT
from app.domain.planning.offline.edit_structure import read_structure
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Connect, Operation
from app.domain.planning.text import unquote

_TRANSITION = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?transition\s+(?:(?P<first>[\"\u201c]?[^\"\u201d]+?[\"\u201d]?)\s+)?from\s+(?P<a>.+?)\s+(?:back\s+)?to\s+(?P<b>.+?)"
    r"(?:\s*(?::|,?\s+(?:on|when|upon|labelled|called|for|with\s+the\s+label))\s*(?P<label>.+))?",
    re.IGNORECASE,
)

_STATE = re.compile(
    rf"{PUT}\s+(?:an?|another|one)\s+(?:new\s+)?state\s+(?!machine|diagram|chart)", re.IGNORECASE
)


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    found = _TRANSITION.fullmatch(command)
    if found is None and _STATE.match(command):
        return read_structure(command, targets)
    if found is None:
        return read_arrows(command, targets)
    label = (found["label"] or found["first"] or "").strip()
    label = unquote(label) or label
    return [
        Connect(source=targets.one(found["a"]), target=targets.one(found["b"]), label=label[:400])
    ]
