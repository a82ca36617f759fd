"""Reads state machines: "idle -> running on start; running -> idle on stop"."""

import re

from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import clauses, named
from app.domain.planning.text import items, vocabulary

WORDS = vocabulary(
    """
    with by via mit avec con from can go goes back to becomes become changes change moves move
    transitions transition
    turns turn into switch switches returns return on when if after upon once states state
    stages status statuses
    """
)

_MOVE = re.compile(
    r"(?:from\s+)?(?P<a>.+?)\s*(?:-+>|=+>|\u2192|\s(?:can\s+)?(?:goes?\s+(?:back\s+)?to|becomes?|changes?\s+to"
    r"|moves?\s+(?:back\s+)?to|transitions?\s+to|turns?\s+into|switch(?:es)?\s+to|returns?\s+to|to)\s)\s*(?P<b>.+?)"
    r"(?:\s*[,]?\s+(?:on|when|if|after|upon|once)\s+(?P<event>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_WHEN_FIRST = re.compile(
    r"(?:on|when|upon|if)\s+(?P<event>[^,]+),\s*(?P<rest>.+)", re.IGNORECASE | re.DOTALL
)
_ARROW = re.compile(r"-+>|=+>|\u2192")
_LABELLED = re.compile(r"-[^\s>-][^>\n]{0,78}->|->\s*\||:\s")
_STATES = frozenset(["states", "state", "stages", "status", "statuses"])


def read_states(source: Source) -> GraphBuilder | None:
    if source.kind != "state":
        return None
    outline = read_outline(source.body)
    lines = clauses(source.body)
    if outline and outline.marked:
        lines = [*outline.lead, *(item.text for top in outline.items for item in top.walk())]
    builder = source.builder("state")
    for line in lines:
        if not _read(builder, line):
            return None
    return builder


def _declared(builder: GraphBuilder, name: str, event: str) -> tuple[str, str]:
    """ "locked with key" as the state that is there already, and what leads to it."""
    if event or builder.find(name) or not builder.nodes:
        return name, event
    cut = re.match(r"(?P<state>.+?)\s+(?:with|by|via|mit|avec|con)\s+(?P<event>.+)", name)
    return (cut["state"], cut["event"]) if cut and builder.find(cut["state"]) else (name, event)


def _read(builder: GraphBuilder, line: str) -> bool:
    head = named(line)
    if head and head[0].lower() in _STATES:
        line = head[1]
    parts = re.split(r",\s+", line)
    if len(parts) > 1 and all(len(_ARROW.findall(part)) == 1 for part in parts):
        return all(_read(builder, part) for part in parts)
    if len(_ARROW.findall(line)) > 1 or _LABELLED.search(line):
        read_flow(line, builder)
        builder.title = builder.title or ""
        return True
    first = _WHEN_FIRST.fullmatch(line)
    event = first["event"] if first else ""
    move = _MOVE.fullmatch(first["rest"] if first else line)
    if move and not re.search(r",.*\s(?:to|->|\u2192)\s", f"{move['b']} {move['event'] or ''}"):
        target, event = _declared(builder, move["b"], move["event"] or event)
        source, end = builder.node(move["a"]), builder.node(target)
        builder.edge(source, end, event.strip())
        return True
    names = items(line)
    if len(names) > 1 and all(_MOVE.fullmatch(name) for name in names):
        return all(_read(builder, name) for name in names)
    if any(len(name.split()) > 4 for name in names):
        return False
    for name in names:
        builder.node(name)
    return bool(names)
