"""Reads who is above whom: "A reports to B", "CEO: CTO, CFO; CTO: Dev, Ops", "B manages A"."""

import re
from itertools import pairwise

from app.domain.errors import NotUnderstood
from app.domain.kinds.tree.people import read_people, read_placed
from app.domain.planning.builder import GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.not_names import NUMBER
from app.domain.planning.offline.enumerations import from_enumeration
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.nested import read_nested
from app.domain.planning.offline.outlines import add_branch, hierarchy
from app.domain.planning.offline.sections import clauses, read_sections
from app.domain.planning.offline.tokens import T, tokenize
from app.domain.planning.text import items, key, nice, vocabulary

WORDS = vocabulary(
    """
    à de berichtet berichten direkt an untersteht unterstehen arbeitet arbeiten gehört gehören zu
    leitet
    leiten führt führen rapporte rapportent dépend dépendent relève relèvent dirige dirigent
    reporta reportan depende dependen dirigen supervisa supervisan six seven eight nine ten
    vps people nurses engineers zwei drei vier fünf
    who which also reports report directly into in to works work for under is are child
    children part of subsidiary subsidiaries subordinate subordinates son sons daughter
    daughters below managed led supervised by belongs belong manages manage leads lead
    supervises supervise oversees heads has have had kids subpages pages teams departments
    named called manager boss parent parents head father mother leader contains contain
    includes include consists consist splits split comprises the as our there comes her him
    them it both one two three four five
    """
)

_BELOW = re.compile(
    r"\s+(?:who\s+|which\s+)?(?:(?:also\s+)?reports?\s+(?:directly\s+)?(?:in)?to|works?\s+(?:for|under)"
    r"|(?:is|are)\s+(?:(?:a\s+|the\s+)?(?:child(?:ren)?|part|subsidiar(?:y|ies)|subordinates?|reports?"
    r"|sons?|daughters?)\s+of|under|below|managed\s+by|led\s+by|supervised\s+by)|belongs?\s+to"
    r"|berichte(?:t|n)\s+(?:direkt\s+)?an|untersteh(?:t|en)|arbeite(?:t|n)\s+f\u00fcr|geh\u00f6r(?:t|en)\s+zu"
    r"|rapporte(?:nt)?\s+(?:\u00e0|aux?)|d\u00e9pend(?:ent)?\s+de|rel\u00e8ve(?:nt)?\s+de|reportan?\s+a|dependen?\s+de)\s+"
    r"(?:(?:der|die|das|dem|den|la|le|el|the)\s+)?",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\s+(?:who\s+|which\s+)?(?:manages?|leads?|supervises?|oversees|heads|(?:has|have|had)\s+(?:(?:the|an?|one|two|three|four|five|\d{1,2})\s+)?(?:child(?:ren)?|kids?|sons?|daughters?"
    r"|reports|subordinates|subpages|pages|teams|departments)(?:\s+(?:named|called))?,?|(?:is|are)\s+(?:the\s+)?(?:manager|boss|parents?"
    r"|head|father|mother|lead|leader)\s+of|has|have|contains?|includes?|consists?\s+of|splits?\s+into"
    r"|comprises|leite(?:t|n)|f\u00fchr(?:t|en)|dirige(?:nt|n)?|supervisan?)\s*:?\s+",
    re.IGNORECASE,
)
_STRICT_ABOVE = re.compile(r"\s+(?:manages?|leads?|supervises?|oversees)\s+", re.IGNORECASE)
_COMMA_SENTENCE = re.compile(r",\s+(?:and\s+|while\s+)?(?=[^,]*?\breports?\s+(?:directly\s+)?to\b)")


def read_hierarchy(source: Source) -> GraphBuilder | None:
    """A tree if one is named, or if all sentences say who reports to or manages whom."""
    if source.kind not in (None, "tree"):
        return None
    relations = _relations(source)
    if relations is not None:
        builder = _from_relations(source, relations)
        counted = [match.group().strip(" :,") for match in _COUNTED.finditer(source.body)]
        builder.left += [said for said in counted if not set(said.casefold().split()) <= WORDS]
        return builder
    if source.kind != "tree":
        return None
    stated = read_people(source.body, lambda clause: _pairs(clause, _ABOVE), _people)
    if stated := stated or read_placed(_people(source.body)):
        return _from_relations(source, stated)
    outline = read_outline(source.body)
    if outline and (outline.marked or outline.nested):
        return hierarchy(outline, source, "tree")
    return _from_sections(source) or _from_chains(source) or _from_nesting(source)


def _relations(source: Source) -> list[tuple[str, str]] | None:
    """(parent, child) pairs in order of mention, or None if a sentence says something else."""
    above = _ABOVE if source.kind == "tree" else _STRICT_ABOVE
    pairs: list[tuple[str, str]] = []
    alone: list[str] = []
    for sentence in clauses(source.body):
        for clause in _parted(sentence):
            found = _pairs(clause, above)
            if not found:
                alone.append(clause)
            pairs += found
    known = {key(nice(name)) for pair in pairs for name in pair}
    if any(key(nice(_ARTICLE.sub("", name))) not in known for name in alone):
        return None
    return pairs or None


def _parted(sentence: str) -> list[str]:
    """Cut "A reports to B, C reports to D" at the comma, but not "A, B and C report to D"."""
    done: list[str] = []
    for part in _COMMA_SENTENCE.split(sentence):
        if done and not _BELOW.search(done[-1]):
            done[-1] = f"{done[-1]}, {part}"
        else:
            done.append(part)
    return done


def _pairs(clause: str, above: re.Pattern[str]) -> list[tuple[str, str]]:
    below = _BELOW.search(clause)
    if below:
        chain = _BELOW.split(clause)
        return [
            (parent.strip(), child)
            for children, parent in pairwise(chain)
            for child in _people(children)
        ]
    match = above.search(clause)
    if match and ":" not in clause[: match.start()]:
        parents, children = clause[: match.start()].strip(), clause[match.end() :]
        return [(parents, child) for child in _people(children)]
    return []


_AND = re.compile(r"\s+(?:and|&|und|sowie|et|y)\s+|\s*,\s*(?:(?:and|und|et|y)\s+)?", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|el)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:the\s+)?(?:CEO|CTO|CFO|COO|CIO|CMO|CPO|VP|boss|chief|president|director|manager|head|lead|chef)\s+",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:-+>|=+>|\u2192)\s*")
_HEADS = re.compile(
    r"(?:the\s+)?(?P<one>head|lead|manager|director|chief|leader)s\s+of\s+", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"\b(?:the\s+|our\s+)?(?P<count>(?!an?\b|eine?n?\b|une?\b|una\b){NUMBER})\s+(?:[a-z\u00e4\u00f6\u00fc\u00df]\w*\s+)*?(?P<what>\w+(?:s|en|e|er|se))\s*[:,]?\s+(?=[A-Z\u00c4\u00d6\u00dc])"
)


def _people(text: str) -> list[str]:
    """People or units of an enumeration; "and" separates them even without commas."""
    text = text.strip().removeprefix("both ")
    counted = _COUNTED.match(text)
    found = [part for part in _AND.split(text[counted.end() if counted else 0 :]) if part.strip()]
    if counted and counted["count"].isdigit() and int(counted["count"]) != len(found):
        raise NotUnderstood(f'"{text[:80]}" says {counted["count"]}, but names {len(found)}.')
    heads = _HEADS.match(found[0]) if len(found) > 1 else None  # "Heads of Maths and Art"
    if heads:
        return [found[0].replace(heads[0], heads["one"] + " of ", 1)] + [
            f"{heads['one']} of {part}" for part in found[1:]
        ]
    return found


def _from_relations(source: Source, relations: list[tuple[str, str]]) -> GraphBuilder:
    """Nodes in order from the roots down, in whatever order they are named."""
    children: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    boss: dict[str, str] = {}
    for parent, child in relations:
        above, under = key(nice(parent)), key(nice(child))
        names.setdefault(above, parent)
        names.setdefault(under, child)
        if above == under:
            raise NotUnderstood(f"{nice(child)} cannot be above itself.")
        if boss.get(under, above) != above:
            raise NotUnderstood(
                f"{nice(child)} is placed below two others; a tree allows only one."
            )
        if under not in boss:
            boss[under] = above
            children.setdefault(above, []).append(under)
    builder = source.builder("tree")
    roots = [name for name in names if name not in boss]
    _no_twins(names, roots)
    if not roots:
        raise NotUnderstood("Everybody reports to somebody in a circle, so there is no top.")
    _descend(builder, roots, children, names)
    if len(builder.nodes) < len(names):
        raise NotUnderstood("Some report to each other in a circle, so the tree has no top there.")
    return builder


def _no_twins(names: dict[str, str], roots: list[str]) -> None:
    """Raises NotUnderstood where one person seems to stand there under two names: "Maria" and
    "CEO Maria", or a second top "Weber" besides "Dr Weber"."""
    for known, name in names.items():
        short = next(
            (key(other) for other in names.values() if _ROLE.sub("", name) == other != name), ""
        )
        tail = next((root for root in roots[1:] if known.endswith(f" {root}")), "")
        if short or tail:
            raise NotUnderstood(
                f'"{nice(name)}" and "{nice(names[short or tail])}" seem to be the same.'
            )


def _descend(
    builder: GraphBuilder, roots: list[str], children: dict[str, list[str]], names: dict[str, str]
) -> None:
    waiting: list[tuple[str, str | None]] = [(root, None) for root in reversed(roots)]
    while waiting:
        name, above = waiting.pop()
        node = builder.node(names[name])
        if above is not None:
            builder.edge(above, node)
        waiting.extend((child, node) for child in reversed(children.get(name, [])))


def _from_sections(source: Source) -> GraphBuilder | None:
    sections = read_sections(source.body)
    if not sections or not any(section.items for section in sections):
        return None
    pairs = [(section.name, item) for section in sections for item in section.items]
    if any("(" in item for _, item in pairs):
        return None
    builder = _from_relations(source, pairs)
    heads = {edge.target for edge in builder.edges}
    roots = [node for node in builder.nodes if node.id not in heads]
    if source.title and len(roots) > 1 and not builder.find(source.title):
        top = builder.fresh(source.title)
        for root in roots:
            builder.edge(top, root.id)
        builder.title = ""
    return builder


def _from_chains(source: Source) -> GraphBuilder | None:
    """ "CEO -> CTO, CFO; CTO -> Dev"."""
    tokens = tokenize(source.body)
    if not any(token.kind is T.ARROW for token in tokens):
        return None
    pairs: list[tuple[str, str]] = []
    for clause in clauses(source.body):
        parts = re.split(r",\s+", clause)
        if len(parts) > 1 and all(_ARROW.search(part) for part in parts):
            pairs += [
                (above, below) for part in parts for above, below in pairwise(_ARROW.split(part))
            ]
            continue
        levels = [items(part) for part in _ARROW.split(clause)]
        for above, below in pairwise(levels):
            pairs += [(parent, child) for parent in above[-1:] for child in below]
    return _from_relations(source, pairs) if pairs else None


def _from_nesting(source: Source) -> GraphBuilder | None:
    top = read_nested(source.body)
    if len(top) == 1 and top[0].children:
        builder = source.builder("tree")
        add_branch(builder, top[0], None)
        return builder
    return from_enumeration(source, "tree")
