"""Reads data models: "Order has many Items (id, qty)", "User: id, name; Post belongs to User"."""

import re
import unicodedata

from app.domain.errors import NotUnderstood
from app.domain.planning.builder import ROWS_LIMIT, GraphBuilder
from app.domain.planning.kinds import Source
from app.domain.planning.lexicon import VERBS, bare_verb
from app.domain.planning.offline.flow import read_flow
from app.domain.planning.offline.links import is_group
from app.domain.planning.offline.lists import read_outline
from app.domain.planning.offline.sections import clauses, named
from app.domain.planning.text import items, nice, vocabulary, words

WORDS = vocabulary(
    """
    for from by about single hat haben viele mehrere ein eine einen gehört gehören zu plusieurs
    une appartient appartiennent
    tiene tienen muchos muchas varios varias pertenece pertenecen der die das jede jeder
    has have own owns contain contains place places write writes include includes hold holds
    create creates reference references receive receives many one or more zero exactly at
    least most several multiple belongs belong to extends inherits from implements is can be
    with the each every fields field columns column attributes attribute properties of and may
    teaches teach table tables entity entities
    """
)

_CARDINAL = (
    r"many|one\s+or\s+more|zero\s+or\s+more|zero\s+or\s+one|exactly\s+one|at\s+least\s+one|at\s+most\s+one"
    r"|one|several|multiple|0\.\.\*|1\.\.\*|0\.\.1|1\.\.1"
)
_RELATION = re.compile(
    rf"(?P<a>.+?)\s+(?P<verb>(?:can\s+)?(?:has|have|owns?|contains?|places?|writes?|includes?|holds?|creates?"
    rf"|references|receives?)\s+(?:{_CARDINAL})|belongs?\s+to(?:\s+(?:{_CARDINAL}))?|references|extends|inherits\s+from"
    r"|implements|[01nm*]\s*[-:]+\s*[01nm*]|(?:can\s+)?[a-z]+s?\s+(?:many|several|multiple)"
    r"|(?:hat|haben)\s+(?:viele|mehrere|eine?n?)|geh\u00f6r(?:t|en)\s+zu(?:\s+einem?r?)?|(?:a|ont)\s+(?:plusieurs|une?)|appartien(?:t|nent)\s+\u00e0(?:\s+une?)?"
    r"|tienen?\s+(?:much[oa]s|varios|varias|una?)|pertenecen?\s+a(?:\s+una?)?"
    r"|(?:is\s+)?(?:many|one)[\s-]to[\s-](?:many|one)(?:\s+with)?)\s+(?P<b>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OF_ONE = re.compile(
    r"(?:an?\s+|the\s+|each\s+|every\s+)?(?P<many>[^,;]+?)\s+(?:is|are)\s+(?:of|for|from|by|about)\s+(?:exactly\s+)?(?:one|a|an|a\s+single)\s+"
    r"(?P<one>[^,;.]+)",
    re.IGNORECASE,
)
_HAS_FIELDS = re.compile(
    r"(?P<a>.+?)\s+(?:has|have|with)\s+(?:the\s+)?(?:(?:fields?|columns?|attributes?|properties)\s*:?\s+)?(?P<fields>.+)",
    re.IGNORECASE | re.DOTALL,
)
_FIELDS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<fields>.*)\)", re.DOTALL)
_AND = re.compile(r"\s*,\s*(?:and\s+)?(?![^()]*\))|\s+and\s+(?![^()]*\))", re.IGNORECASE)
_SHORT = 8
_NEXT = re.compile(
    rf",\s+(?:and\s+)?(?=[^,()]+?\s(?:has|have|owns?|belongs?)\s(?:{_CARDINAL}|to)\b)",
    re.IGNORECASE,
)


def read_entities(source: Source) -> GraphBuilder | None:
    """Entities with their fields as rows, relations as labelled edges without direction of flow."""
    if source.kind not in (None, "er"):
        return None
    parts = _parts(source.body)
    if not parts or (source.kind is None and not all(_RELATION.fullmatch(part) for part in parts)):
        return None
    builder = source.builder("er")
    for part in parts:
        _read(builder, part)
    return builder


def _parts(body: str) -> list[str]:
    outline = read_outline(body)
    if outline and (outline.marked or outline.nested):
        lines = list(outline.lead)
        for item in outline.items:
            below = ", ".join(child.text for child in item.children)
            lines.append(f"{item.text.rstrip(':')}: {below}" if below else item.text)
        return lines
    return [part for clause in clauses(body) for part in _NEXT.split(clause)]


def _read(builder: GraphBuilder, part: str) -> None:
    if re.search(r"->|\u2192", part):
        read_flow(part, builder)
        return
    of_one = _OF_ONE.fullmatch(part)
    if of_one:
        many = _with_fields(builder, of_one["many"])
        builder.edge(_with_fields(builder, of_one["one"]), many, "1:n")
        return
    relation = _RELATION.fullmatch(part)
    if relation and not is_group(part):
        _relate(builder, relation)
        return
    head = named(part)
    if head and head[1]:
        entity(builder, head[0], items(head[1]))
        return
    if _FIELDS.fullmatch(part.strip()) or len(part.split()) <= 2:
        for name in items(part):
            _with_fields(builder, name)
        return
    fields = _HAS_FIELDS.fullmatch(part)
    if fields:
        entity(builder, fields["a"], [row for row in _AND.split(fields["fields"]) if row])
        return
    names = items(part)
    said = [words(name) for name in names]
    if any(bare_verb(word) in VERBS for name in said for word in name[1:-1]) or any(
        len(_FIELDS.sub("x", name).split()) > 4 for name in names
    ):
        raise NotUnderstood(
            f'I cannot read "{part[:80]}" as part of a data model. '
            'Write it like "Order (id, date) has many Items (id, quantity)".'
        )
    for name in names:
        _with_fields(builder, name)


def _relate(builder: GraphBuilder, relation: re.Match[str]) -> None:
    left = _with_fields(builder, relation["a"])
    label = " ".join(relation["verb"].split())
    if len(label) < _SHORT:  # "1-n" as people read it
        label = re.sub(r"\s*[-:]+\s*", ":", label)
    if re.fullmatch(r"have\s+many", label, re.IGNORECASE):
        label = "1:n"
    many = (
        re.search(
            r"many|more|several|multiple|viele|mehrere|plusieurs|much[oa]s|vari[oa]s|\*",
            label,
            re.IGNORECASE,
        )
        is not None
    )
    for name in [part for part in _AND.split(relation["b"]) if part and part.strip()]:
        right = _with_fields(builder, name, plural=many)
        builder.edge(left, right, label)


def _with_fields(builder: GraphBuilder, text: str, plural: bool = False) -> str:
    match = _FIELDS.fullmatch(text.strip())
    name = match["name"] if match else text
    name = re.sub(
        r"^(?:the|an?|each|every|ein|eine|einen|der|die|das|jede[rs]?|une?|le|la|les|chaque|el|los|las|una|cada)\s+",
        "",
        name.strip(),
        flags=re.IGNORECASE,
    )
    return entity(
        builder, singular(name) if plural else name, items(match["fields"]) if match else []
    )


def entity(builder: GraphBuilder, name: str, rows: list[str]) -> str:
    """The entity of this name, singular or plural; new rows are added to it."""
    known = (
        builder.find(name)
        or builder.find(singular(name))
        or builder.find(name.strip() + "s")
        or builder.find(re.sub(r"y$", "ies", name.strip()))
        or builder.find(name.strip() + "es")
        or next(
            (
                found
                for end in ("en", "n", "e")
                if (found := builder.find(name.strip() + end) or _without(builder, name, end))
            ),
            None,
        )
    )
    known = known or _with_umlaut(builder, name)
    if known is None:
        return builder.fresh(name, rows=rows)
    node = builder.get(known)
    added = [row for row in rows if row not in node.rows]
    if added:
        builder.replace(node.model_copy(update={"rows": [*node.rows, *added][:ROWS_LIMIT]}))
    return known


def _with_umlaut(builder: GraphBuilder, name: str) -> str | None:
    """ "Buch" may be the "B\u00fccher" that are there already, or the other way round."""
    own = _bare(name)
    for node in builder.nodes:
        other = _bare(node.label)
        if own == other or own + "er" == other or other + "er" == own or own + "e" == other:
            builder.used.append(name.strip())
            return node.id
    return None


def _bare(name: str) -> str:
    marks = unicodedata.normalize("NFD", name.strip().casefold())
    return "".join(char for char in marks if not unicodedata.combining(char))


def _without(builder: GraphBuilder, name: str, ending: str) -> str | None:
    """ "Bestellungen" may be the "Bestellung" that is there already."""
    name = name.strip()
    return builder.find(name[: -len(ending)]) if name.endswith(ending) else None


def singular(name: str) -> str:
    word = nice(name)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
