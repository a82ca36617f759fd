"""Reads systems: "A, B and C talk to D", groups ("Frontend: web, mobile") and their arrows."""

import re

from app.domain.errors import NotUnderstood
from app.domain.kinds.architecture.groups import add_enumeration, add_items, is_deep
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.names import Match
from app.domain.planning.names import match as match_names
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.help import refusal
from app.domain.planning.offline.links import GENERIC, VERB, VERBS, has_arrow, is_group
from app.domain.planning.offline.lists import Item, Outline, read_outline
from app.domain.planning.offline.sections import clauses, named
from app.domain.planning.text import items, key, nice, vocabulary

WORDS = vocabulary(
    """
    which who that welche qui que jeweils je eigener eigenem eigene chacun chacune propre sa son
    cada uno
    una su propia propio own in turn then also both all liest aus lesen schreibt schreiben sendet
    senden verwendet
    verwenden mit in parle parlent à appelle appellent utilise utilisent lit écrit dans envoie
    habla hablan con llama
    llaman usa usan lee de escribe en envía a
    talks talk connects connect links link connected speaks speak to with contains contain
    consists consist includes include has have hosts host runs run each every own its their
    all both which while components services parts nodes systems used calls uses depends reads
    writes sends via through in turn service database of und spricht sprechen mit ruft rufen
    nutzt nutzen auf sendet an hängt ab von verbindet sich
    """
)

_INSIDE = re.compile(
    r"\s+(?:contains?|consists?\s+of|includes?|has|have|hosts?|runs?)\s*:?\s+", re.IGNORECASE
)
_AND = re.compile(r"\s*,\s*(?:(?:and|und|et|y)\s+)?|\s+(?:and|&|und|et|y)\s+", re.IGNORECASE)
_WHICH = re.compile(
    rf",?\s+(?:and\s+)?(?:which|who|that|welche[rs]?|qui|que)\s+(?:(?:in\s+turn|then|also|both|all)\s+)?"
    rf"(?=(?:{GENERIC}|{VERBS})\s)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r",?\s*(?:and\s+)?(?:each\s+(?:one\s+)?(?:of\s+(?:which|them|these)\s+)?(?:with|has|having|have)\s+(?:its|their|an?)\s+(?:own\s+)?"
    r"|(?:jeweils|je)\s+mit\s+(?:einem\w?\s+)?eigene[nrm]?\s+|chacune?\s+avec\s+(?:sa|son)\s+(?:propre\s+)?"
    r"|cada\s+un[oa]\s+con\s+su\s+(?:propi[oa]\s+)?)(?P<thing>[^,;.]{2,40})\s*\.?$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf",\s+(?:and\s+|while\s+|which\s+)?(?=\S[^,]*?\s(?:{GENERIC}|{VERBS})\s)", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"^(?:an?|the|der|die|das|dem|den|einem?r?|le|la|el|une?|una)\s+(?=\S)", re.IGNORECASE
)
_PLACED = re.compile(r"(?:,|\band)\s+\w+\s+(?:in|to|into|from)\s+\w", re.IGNORECASE)
_TO = re.compile(r"^(?:also\s+)?(?:to|with|from|into|mit|\u00e0|con)\s+(?=\S)", re.IGNORECASE)
_STATES = re.compile(r"\S\s+(?:is|are|was|were|ist|sind|est|sont|es|son)\s+\S", re.IGNORECASE)
_TWO_WHICH = re.compile(
    r"\b(?:which|who|that)\b[^;.\n]*,\s+and\s+(?P<words>[^,;.\n]+,\s+(?:which|who|that)\s[^;.\n]*)",
    re.IGNORECASE,
)
_SAME_SUBJECT = re.compile(r"(?:\s+and|\s*,(?:\s*and)?)$", re.IGNORECASE)
_EACH = re.compile(
    r"(?:each|every)\s+(?:of\s+the\s+)?(?P<what>[\w-]+)\s+(?:has|gets)\s+(?:its|an?)\s+(?:own\s+)?"
    r"(?P<thing>[\w -]+)",
    re.IGNORECASE,
)


def read_architecture(source: Source) -> GraphBuilder | None:
    """A system if one is named, or if every sentence is a link or a group and one is a link."""
    if source.kind not in (None, "architecture"):
        return None
    outline = read_outline(source.body)
    if outline and source.kind and is_deep(outline):
        return _read_deep(outline, source)
    twice = _TWO_WHICH.search(source.body)
    if twice:
        raise refusal("unread", source.language, words=twice["words"])
    parts = _parts(_WHICH.sub(" ", source.body))
    if source.kind is None and not _convincing(parts):
        return None
    builder = source.builder("architecture")
    listed: set[str] = set()
    for part in parts:
        if is_group(part):
            _read_group(builder, part, named_kind=source.kind is not None)
    for part in parts:
        if not is_group(part):
            _read_link(builder, part, source, listed)
    return builder if builder.nodes else None


def _read_deep(outline: Outline, source: Source) -> GraphBuilder:
    builder = source.builder("architecture")
    tops = [Item(line, "") for line in outline.lead] + outline.items
    links = [item for item in tops if not item.children and not is_group(item.text)]
    add_items(builder, [item for item in tops if item not in links])
    listed = {node.id for node in builder.nodes}
    for item in links:
        _read_link(builder, item.text, source, listed)
    return builder


def _parts(body: str) -> list[str]:
    outline = read_outline(body)
    if outline and (outline.marked or outline.nested):
        lines = list(outline.lead)
        for item in outline.items:
            below = ", ".join(part.text for child in item.children for part in child.walk())
            lines.append(f"{item.text.rstrip(':')}: {below}" if below else item.text)
        return lines
    return [part for clause in clauses(body) for part in _sentences(clause)]


def _sentences(clause: str) -> list[str]:
    """Cut "web calls API, API calls DB" at the comma, but not "A, B and C talk to D"."""
    if _OWN.search(clause):
        return [clause]
    done: list[str] = []
    for part in _NEXT.split(clause):
        if done and not VERB.search(done[-1]):
            done[-1] = f"{done[-1]}, {part}"
        else:
            done.append(part)
    return done


def _convincing(parts: list[str]) -> bool:
    """Un-headed text is a system if it says who talks to whom, or has groups and arrows."""
    groups = [part for part in parts if is_group(part)]
    links = [part for part in parts if not is_group(part)]
    verbs = [part for part in links if VERB.search(part) and not has_arrow(part)]
    arrows = [part for part in links if has_arrow(part)]
    if len(verbs) + len(arrows) != len(links) or not links:
        return False
    if any(part.startswith(("if ", "If ")) or "?" in part for part in links):
        return False
    return bool(verbs) or len(groups) >= 2


def _read_group(builder: GraphBuilder, part: str, named_kind: bool) -> None:
    head = named(part)
    if head is None:
        return
    label, rest = head
    if named_kind and key(label) in ("components", "services", "parts", "nodes", "systems"):
        for item in items(rest):
            builder.node(item)
        return
    group = builder.group(label)
    add_enumeration(builder, rest, group)


def _read_link(builder: GraphBuilder, part: str, source: Source, listed: set[str]) -> None:
    """`listed` are nodes that an enumeration named: "the API" may mean its "Node API"."""
    if has_arrow(part):
        read_flow(part, builder)
        _undo_title(builder, source)
        return
    own = _OWN.search(part)
    if own and VERB.search(part, 0, own.start()):
        _with_own(builder, part, own, (source, listed))
        return
    match = VERB.search(part)
    placed = _PLACED.search(part, match.end()) if match and match["verb"] else None
    if placed and not VERB.search(part, placed.start()):
        raise refusal("unread", source.language, words=part[placed.start() :].strip(" ,."))
    if match:
        _connect(builder, part, match, listed)
        return
    each = _EACH.fullmatch(part)
    if each and _give_each(builder, each["what"], each["thing"]):
        return
    inside = _INSIDE.search(part)
    if inside:
        group = builder.group(part[: inside.start()])
        for item in _people(part[inside.end() :]):
            builder.node(item, group=group)
        return
    if _STATES.search(part) and builder.nodes:
        builder.left.append(part)
        return
    names = items(part)
    if any(len(name.split()) > 5 for name in names) or source.kind is None:
        raise NotUnderstood(
            f'I cannot tell what is connected in "{part[:80]}". '
            'Write it like "web and mobile talk to API; API -> database".'
        )
    listed |= {builder.node(name) for name in names}


def _with_own(
    builder: GraphBuilder, part: str, own: re.Match[str], rest: tuple[Source, set[str]]
) -> None:
    """ "..., each with its own database": one for everything the last verb names."""
    source, listed = rest
    for sentence in _sentences(part[: own.start()]):
        before = len(builder.edges)
        _read_link(builder, sentence, source, listed)
    drawn = builder.edges[before:]
    last = [edge.target for edge in drawn if edge.source == drawn[-1].source] if drawn else []
    for owner in dict.fromkeys(last):
        for name in _AND.split(own["thing"].strip()):
            thing = builder.fresh(f"{builder.get(owner).label} {name}")
            builder.edge(owner, thing)


def _give_each(builder: GraphBuilder, what: str, thing: str) -> bool:
    """ "each service has its own database": one for every node of that name."""
    owners = [node for node in builder.nodes if match_names(what, node.label) >= Match.HEAD]
    for owner in owners:
        builder.edge(owner.id, builder.fresh(f"{owner.label} {thing.strip()}"))
    return bool(owners)


def _undo_title(builder: GraphBuilder, source: Source) -> None:
    builder.title = source.title or builder.title


def _people(text: str) -> list[str]:
    parts = _AND.split(text.strip().removeprefix("both "))
    bare = [_TO.sub("", part) for part in parts if part.strip()]
    return [nice(_ARTICLE.sub("", part)) for part in bare]


def _connect(builder: GraphBuilder, part: str, match: re.Match[str], listed: set[str]) -> None:
    """Connect everything left of the verb with everything right of it."""
    label = "" if match["plain"] else " ".join(match["verb"].split())
    tail = VERB.search(part, match.end())
    targets = part[match.end() : tail.start() if tail else len(part)]
    again = _SAME_SUBJECT.search(targets) if tail else None  # "reads A and writes to B"
    targets = targets[: again.start()] if again else targets
    if match["verb"] and match["verb"].casefold() in ("ruft", "rufen"):
        targets = re.sub(r"\s+auf$", "", targets.strip())
    both = [_people(part[: match.start()]), _people(targets)]
    for left in both[0]:
        source = _member(builder, left, listed)
        for right in both[1]:
            target = _member(builder, right, listed)
            builder.edge(source, target, label)
    if tail:
        subject = part[: match.start()] if again else " , ".join(both[1])
        rest = subject + part[tail.start() :]
        _connect(builder, rest, VERB.search(rest) or tail, listed)


def _member(builder: GraphBuilder, name: str, listed: set[str]) -> str:
    """The node of this name, or the only listed one that the name is a part of; a group's name
    stands for its first member."""
    if builder.find(name) is None:
        for group in builder.groups:
            members = [node.id for node in builder.nodes if node.group == group.id]
            if key(group.label) == key(name) and members:
                builder.remarks.append(
                    f'Arrows cannot end at the group "{group.label}", only at its first member.'
                )
                return members[0]
        short = [
            node.id
            for node in builder.nodes
            if node.id in listed and match_names(name, node.label) >= Match.PART
        ]
        if len(short) == 1:
            return short[0]
    return builder.node(name)
