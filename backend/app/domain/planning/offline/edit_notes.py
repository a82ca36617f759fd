"""Edit commands about what surrounds things: notes beside them, groups around them."""

import re

from app.domain.errors import NotUnderstood
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import GroupTogether, Note, Operation
from app.domain.planning.text import nice, unquote

_PUT = r"(?:add|insert|put|place|create|draw)"
_NOTE = re.compile(
    rf"(?:{_PUT}|attach|stick|leave)\s+(?:an?\s+|the\s+)?(?:(?:yellow|sticky|new)\s+)*(?:note|comment|annotation|remark)"
    r"(?:\s+(?:(?:saying|that\s+says|with(?:\s+the)?(?:\s+text)?)\s+)?(?P<first>[\"\u201c].+?[\"\u201d]))?"
    r"(?:\s+(?:next\s+to|near|beside|on|to|at|by|about|for|below|above|under)\s+(?P<near>.+?))?"
    r"(?:\s*(?::|,?\s+(?:saying|that\s+says|with(?:\s+the)?\s+text|reading))\s*(?P<text>.+))?",
    re.IGNORECASE,
)
_ANNOTATE = re.compile(
    r"(?:annotate|comment)\s+(?:on\s+)?(?P<near>.+?)\s*(?:\s+with\s+|:\s*)(?P<text>.+)", re.I
)
_GROUP = re.compile(
    r"(?:group|frame|box\s+in|put\s+a\s+(?:frame|box|group)\s+around)\s+(?P<what>.+?)(?:\s+together)?"
    r"(?:\s+(?:as|called|named|labelled|into|under|with\s+the\s+(?:label|title))\s+(?P<label>.+))?",
    re.IGNORECASE,
)


def read_note(command: str, targets: Targets) -> list[Operation] | None:
    match = _NOTE.fullmatch(command) or _ANNOTATE.fullmatch(command)
    if not match:
        return None
    found = match.groupdict()
    text = found.get("first") or found.get("text")
    if not text:
        raise NotUnderstood(
            'Say what the note should read, for example: add a note "ask legal" near API.'
        )
    near = found.get("near")
    quoted = unquote(text)
    shown = quoted if quoted is not None else nice(text)
    return [Note(text=shown[:400], near=targets.one(near) if near else None)]


def read_group(command: str, targets: Targets) -> list[Operation] | None:
    match = _GROUP.fullmatch(command)
    if not match:
        return None
    return [
        GroupTogether(targets=targets.many(match["what"]), label=nice(match["label"] or "")[:400])
    ]
