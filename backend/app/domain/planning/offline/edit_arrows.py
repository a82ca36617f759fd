"""Arrows among other commands: "add Paused; Running -> Paused on pause"."""

import re

from app.domain.planning.offline.edit_phrases import PUT, name_of
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Connect, Node, Operation
from app.domain.planning.text import unquote, words

_ARROW = re.compile(r"\s*(?:-{1,2}>|\u2192|=>)\s*")
_PUT_ARROW = re.compile(
    rf"^{PUT}\s+(?:(?:an?|the)\s+)?(?:(?:arrow|edge|transition|connection)\s*:?\s+)?", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?P<what>.+?)\s*(?::\s*|\s+(?:on|when|upon|bei)\s+)(?P<label>[^:]{1,80})", re.IGNORECASE
)
_LONGEST = 6


def read_arrows(command: str, targets: Targets) -> list[Operation] | None:
    """A chain that begins or ends at something that is there; None if it is none."""
    command = _PUT_ARROW.sub("", command)
    parts = [part for part in _ARROW.split(command.strip().rstrip(".;")) if part.strip()]
    if len(parts) < 2 or not _ARROW.search(command):
        return None
    label = ""
    last = _LABEL.fullmatch(parts[-1])
    if last and targets.known(parts[-1]) is None:
        parts[-1], label = last["what"], unquote(last["label"]) or last["label"].strip()
    known = [targets.known(part) for part in parts]
    if not any(known) or any(len(words(part)) > _LONGEST for part in parts):
        return None
    made: list[Operation] = []
    before = known[0]
    if before is None:
        name = name_of(parts[0])
        before = targets.add(name)
        made.append(Add(node=Node(id=before, label=name[:400]), near=known[1]))
    for k, (part, there) in enumerate(zip(parts[1:], known[1:], strict=True)):
        text = label if k == len(parts) - 2 else ""
        if there is not None:
            made.append(Connect(source=before, target=there, label=text[:400]))
            before = there
            continue
        name = name_of(part)
        node = Node(id=targets.add(name), label=name[:400])
        made.append(Add(node=node, near=before, connect_from=before, label=text[:400]))
        before = node.id
    return made
