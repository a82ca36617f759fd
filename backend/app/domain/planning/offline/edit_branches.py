"""Edits of what hangs below something: reports in an org chart, branches of a mind map."""

import re

from app.domain.planning.offline.edit_phrases import PUT, below, name_of, names_in
from app.domain.planning.offline.help import refusal
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Connect, Delete, Node, Operation
from app.domain.planning.sentences import say
from app.domain.planning.text import unquote, words

_CHILDREN = (
    r"(?:(?:direct\s+)?(?:reports?|children|child|people|subordinates?|sub-?(?:nodes?|topics?|branches?|items?)|branches?"
    r"|leaves|members?|employees?|team)\s*:?\s+)?"
)
_WITH = re.compile(
    rf"{PUT}\s+(?:an?\s+|another\s+)?(?:new\s+)?(?:(?:branch|topic|node|child|person|position|sub-?topic)\s+)?"
    r"(?:called\s+|named\s+)?(?P<new>.+?)"
    r"(?:\s+(?:under|below|to|as\s+(?:an?\s+)?(?:child|report|branch|sub-?topic)\s+of)\s+(?P<first>.+?))?"
    rf"\s*,?\s+with\s+(?:the\s+)?{_CHILDREN}(?P<names>.+?)"
    r"(?:\s+(?:under|below)\s+(?P<last>.+))?",
    re.IGNORECASE,
)
_UNDER = re.compile(
    rf"{PUT}\s+(?:(?:the\s+)?(?:people|reports|branches|(?:sub-?)?topics|children)\s+)?(?P<names>.+?)\s+(?:under|below|beneath|to)\s+(?P<parent>.+)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"{PUT}\s+(?:an?\s+|another\s+)?(?:new\s+)?(?:(?P<noun>branch|topic|main\s+branch|person|position)\s+)?"
    r"(?:called\s+|named\s+)?(?P<new>[^,;:]+)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:after|before|between|next\s+to|beside|above|left|right|near|around|in|to|from|under|below)\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"(?:sticky\s+)?(?:note|text|title|heading|frame|group|box|rectangle|circle|arrow|line|diamond|comment)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    rf"{PUT}\s+(?:an?\s+)?(?:direct\s+)?(?:report|child|branch|sub-?topic)\s+(?P<new>.+?)\s+(?:to|under|below|for|of)\s+(?P<parent>.+)",
    re.IGNORECASE,
)


def read_branches(command: str, targets: Targets, kind: str) -> list[Operation] | None:
    found = _WITH.fullmatch(command)
    if found:
        above = found["first"] or found["last"]
        boss = targets.one(above) if above else _place_of(found["new"], targets, kind)
        made = _one(found["new"], boss, targets)
        return [made, *below(made.node.id, names_in(found["names"]), targets)]
    found = _REPORT.fullmatch(command)
    if found:
        return [_one(found["new"], targets.one(found["parent"]), targets)]
    found = _UNDER.fullmatch(command)
    if (
        found
        and not re.search(r"\s(?:next|close)$", found["names"])
        and (upper := targets.known(found["parent"]))
    ):
        if not _is_part(upper, targets, kind):
            return None
        return below(upper, names_in(found["names"]), targets)
    found = _ALONE.fullmatch(command)
    if found and len(words(found["new"])) <= 4 and not _ELSEWHERE.search(found["new"]):
        if _LOOSE.match(found["new"]):
            return None
        return [_one(found["new"], _place_of(found["new"], targets, kind), targets)]
    return None


def _one(text: str, parent: str, targets: Targets) -> Add:
    label = name_of(text)
    return Add(
        node=Node(id=targets.add(label), label=label[:400]), near=parent, connect_from=parent
    )


def _is_part(alias: str, targets: Targets, kind: str) -> bool:
    return any(node.alias == alias and node.kind == kind for node in targets.context.nodes) or any(
        node.alias == alias for node in targets.added
    )


def _root(targets: Targets, kind: str) -> str | None:
    own = [node.alias for node in targets.context.nodes if node.kind == kind]
    below_others = {edge.target for edge in targets.context.edges}
    roots = [alias for alias in own if alias not in below_others]
    return roots[0] if len(roots) == 1 else None


def _sibling_parent(new: str, targets: Targets, kind: str) -> str | None:
    """Who is called like others ("VP Finance", "VP Sales") stands beside these."""
    title = words(new)[:1]
    alike = [
        node.alias
        for node in targets.context.nodes
        if node.kind == kind and words(node.label)[:1] == title and len(words(node.label)) > 1
    ]
    parents = {targets.parent(alias) for alias in alike}
    return next(iter(parents)) if len(parents) == 1 else None


def _place_of(new: str, targets: Targets, kind: str) -> str:
    parent = _sibling_parent(new, targets, kind)
    parent = parent or (_root(targets, kind) if targets.kinds[kind].grows_at_root else None)
    if parent is None:
        first = next((node.label for node in targets.context.nodes if node.kind == kind), "")
        raise refusal(
            "under_whom", targets.language, words=unquote(new.strip()) or new.strip(), names=first
        )
    return parent


_DELETE = re.compile(
    r"(?:delete|remove|erase|drop|get\s+rid\s+of)\s+(?:the\s+)?(?:(?:branch|topic|person|position)\s+)?(?P<what>.+?)"
    r"(?P<all>\s+(?:and|with)\s+(?:everything|all|everyone|everybody|its|his|her|their|the)\b.*)?",
    re.IGNORECASE,
)


def read_removal(
    command: str, targets: Targets, kind: str, *, whole: bool
) -> list[Operation] | None:
    """What hangs below goes along (`whole`, or if that is said), else moves up to the one above."""
    found = _DELETE.fullmatch(command)
    gone = targets.known(found["what"]) if found else None
    if found is None or gone is None or not _is_part(gone, targets, kind):
        return None
    below_it = _below(gone, targets)
    if not below_it:
        return None
    if whole or found["all"]:
        along = _all_below(gone, targets)
        if not found["all"]:
            names = ", ".join(f'"{targets.label(one)}"' for one in along)
            targets.remarks.append(say("deleted_along", targets.language, names=names))
        return [Delete(targets=[gone, *along])]
    above = targets.parent(gone)
    if above is None:
        return None
    names = ", ".join(f'"{targets.label(one)}"' for one in below_it)
    upper = f'"{targets.label(above)}"'
    targets.remarks.append(say("moved_up", targets.language, names=names, words=upper))
    return [Delete(targets=[gone]), *(Connect(source=above, target=one) for one in below_it)]


def _below(alias: str, targets: Targets) -> list[str]:
    edges = targets.context.edges
    return [edge.target for edge in edges if edge.source == alias and edge.target]


def _all_below(alias: str, targets: Targets) -> list[str]:
    found: list[str] = []
    pending = _below(alias, targets)
    while pending:
        one = pending.pop(0)
        if one not in found:
            found.append(one)
            pending += _below(one, targets)
    return found
