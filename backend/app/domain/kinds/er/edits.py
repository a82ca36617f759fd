"""Edits of a drawn data model: the columns of an entity."""

# ruff: noqa: E501 - a pattern stands on one line

import re

from app.domain.planning.offline.edit_phrases import PUT, name_of, parts_of
from app.domain.planning.offline.help import refusal
from app.domain.planning.offline.targets import Targets
from app.domain.planning.plan import Add, Node, Operation, SetText
from app.domain.planning.request import SceneNode
from app.domain.planning.text import key, unquote

_NOUN = r"(?:columns?|fields?|attributes?|properties|property|methods?)"
_ARTICLE = re.compile(r"^(?:an?|the|eine?n?)\s+(?=\S)", re.IGNORECASE)
_KEY = re.compile(r"(?:(?P<which>foreign|primary)\s+)?key\s+(?P<name>.+)", re.IGNORECASE)
_MARKS = {"foreign": "FK", "primary": "PK"}
_ADD = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?{_NOUN}\s+(?:called\s+|named\s+)?(?P<new>.+?)\s+(?:to|in|into|on)\s+(?P<entity>.+?)"
    r"(?:\s*,?\s+(?P<way>after|before|at\s+the\s+(?:top|end|bottom|start|beginning))(?:\s+(?P<near>.+))?)?",
    re.IGNORECASE,
)
_ADD_BESIDE = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:{_NOUN}\s+)?(?:called\s+|named\s+)?(?P<new>\S+?)\s*,?\s+(?P<way>after|before)\s+(?P<near>\S+)"
    r"\s+(?:to|in|into|of)\s+(?P<entity>.+)",
    re.IGNORECASE,
)
_GIVE = re.compile(
    rf"give\s+(?P<entity>.+?)\s+(?:an?\s+)?(?:new\s+)?{_NOUN}\s+(?:called\s+|named\s+)?(?P<new>.+?)"
    r"(?:\s*,?\s+(?P<way>after|before)\s+(?P<near>.+))?",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{PUT}\s+(?P<new>.+?)\s+(?:to|in|into)\s+(?P<entity>.+?)(?:\s*,?\s+(?P<way>after|before)\s+(?P<near>.+))?",
    re.I,
)
_DROP = re.compile(
    rf"(?:delete|remove|drop|erase)\s+(?:the\s+)?(?:{_NOUN}\s+)?(?P<old>.+?)(?:\s+{_NOUN})?\s+(?:from|of|in)\s+(?P<entity>.+)",
    re.IGNORECASE,
)
_RENAME = re.compile(
    rf"(?:rename|change)\s+(?:the\s+)?(?:{_NOUN}\s+)?(?P<old>.+?)\s+(?:of|in|from)\s+(?P<entity>.+?)\s+(?:to|into|as)\s+(?P<new>.+)"
    rf"|in\s+(?P<entity2>.+?)\s*,?\s+rename\s+(?:the\s+)?(?:{_NOUN}\s+)?(?P<old2>.+?)\s+(?:to|into|as)\s+(?P<new2>.+)",
    re.IGNORECASE,
)
_ENTITY = re.compile(
    rf"{PUT}\s+(?:an?\s+|the\s+)?(?:new\s+)?(?:entity|table|class)\s+(?:called\s+|named\s+)?(?P<new>[\w\u00c0-\u024f -]+?)"
    rf"\s*(?:\((?P<list>[^)]+)\)|\s+with\s+(?:the\s+)?(?:{_NOUN}\s+)?(?P<names>.+))?",
    re.IGNORECASE,
)


def read_edit(command: str, targets: Targets) -> list[Operation] | None:
    found = _ADD_BESIDE.fullmatch(command) or _ADD.fullmatch(command) or _GIVE.fullmatch(command)
    if found:
        return _added(_entity(found["entity"], targets), found, targets)
    found = _RENAME.fullmatch(command)
    if found and (entity := _with_rows(found["entity"] or found["entity2"], targets)):
        old = _row(entity, found["old"] or found["old2"], targets)
        rows = list(entity.rows)
        rows[old] = _kept(rows[old], name_of_row(found["new"] or found["new2"]))
        return [_set(entity, rows)]
    found = _DROP.fullmatch(command)
    if found and (entity := _with_rows(found["entity"], targets)):
        gone = {_row(entity, name, targets) for name in parts_of(found["old"])}
        return [_set(entity, [row for k, row in enumerate(entity.rows) if k not in gone])]
    found = _BARE.fullmatch(command)
    if found and (entity := _with_rows(found["entity"], targets)):
        return _added(entity, found, targets)
    found = _ENTITY.fullmatch(command)
    if found:
        label = name_of(found["new"])
        rows = [name_of_row(part) for part in parts_of(found["list"] or found["names"] or "")]
        node = Node(id=targets.add(label), label=label[:400], rows=rows)
        return [Add(node=node, near=_last(targets))]
    return None


def _last(targets: Targets) -> str | None:
    own = [node.alias for node in targets.context.nodes if node.kind == "er"]
    return own[-1] if own else None


def name_of_row(text: str) -> str:
    """The name without its article; a key is marked as one."""
    text = _ARTICLE.sub("", text.strip(), count=1)
    found = _KEY.fullmatch(text)
    name = found["name"] if found else text
    mark = f" {_MARKS[(found['which'] or '').lower()]}" if found and found["which"] else ""
    return ((unquote(name) or name) + mark)[:200]


def _with_rows(phrase: str, targets: Targets) -> SceneNode | None:
    alias = targets.known(phrase)
    return next((node for node in targets.nodes if node.alias == alias and node.rows), None)


def _entity(phrase: str, targets: Targets) -> SceneNode:
    alias = targets.one(phrase)
    found = next((node for node in targets.nodes if node.alias == alias), None)
    if found is None:  # the name of an arrow
        raise targets.unknown(phrase)
    return found


def _added(entity: SceneNode, found: re.Match[str], targets: Targets) -> list[Operation]:
    rows = list(entity.rows)
    way = (found["way"] or "").lower()
    at = len(rows)
    if found["near"]:
        at = _row(entity, found["near"], targets) + (way == "after")
    elif any(word in way for word in ("top", "start", "beginning")):
        at = 0
    rows[at:at] = [name_of_row(part) for part in parts_of(found["new"])]
    return [_set(entity, rows)]


def _set(entity: SceneNode, rows: list[str]) -> SetText:
    return SetText(target=entity.alias, text=entity.label, rows=rows)


def _row(entity: SceneNode, name: str, targets: Targets) -> int:
    """Which row is called so; a row is a name with its type and marks."""
    wanted = key(unquote(name.strip()) or re.sub(rf"^the\s+|\s+{_NOUN}$", "", name.strip()))
    for k, row in enumerate(entity.rows):
        if key(row) == wanted or wanted in key(row).split():
            return k
    names = ", ".join(f'"{row}"' for row in entity.rows)
    raise refusal("closest", targets.language, words=name.strip()[:80], names=names)


def _kept(row: str, new: str) -> str:
    """The new name with the old one's type."""
    name, space, rest = row.partition(" ")
    return f"{new}{space}{rest}" if name and " " not in new else new
