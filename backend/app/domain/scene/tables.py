"""The tables of a data model in a scene: which of their rows are keys."""

import re

from app.domain.scene.relations import Relations

_PRIMARY = re.compile(r"\b(?:pk|primary)\b|\U0001f511", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:fk|foreign)\b", re.IGNORECASE)
_USUAL = re.compile(r"^\W*(?:id|uuid|guid|key)\b", re.IGNORECASE)
_CROWS_FEET = frozenset(
    {"crowfoot_one", "crowfoot_many", "crowfoot_one_or_many", "cardinality_one", "cardinality_many"}
)


def rows_of(table: str, relations: Relations) -> list[str]:
    """The lines below the heading of a card."""
    by_id = relations.topology.by_id
    inside = (by_id[i] for i in relations.topology.parts(table))
    text = next((part for part in inside if part["type"] == "text"), None)
    return str(text.get("originalText") or text["text"]).split("\n") if text else []


def has_no_key(table: str, relations: Relations) -> bool:
    """A table of a data model where tables have keys, without one."""
    rows = rows_of(table, relations)
    if not rows or not _is_data_model(table, relations):
        return False
    name = re.escape(relations.topology.label(table).casefold())
    own = re.compile(rf"^\W*{name}[\s_]?(?:id|key|no)\b", re.IGNORECASE)
    return not any(
        _PRIMARY.search(row) or (not _FOREIGN.search(row) and (_USUAL.match(row) or own.match(row)))
        for row in rows
    )


def is_loose_foreign_key(table: str, relations: Relations) -> bool:
    """It has a foreign key, and is connected to nothing."""
    rows = rows_of(table, relations)
    return any(_FOREIGN.search(row) for row in rows) and not relations.links_of(table)


def _is_data_model(table: str, relations: Relations) -> bool:
    part = next((one for one in relations.components if table in one), [table])
    kind = relations.kind_of(part)
    if kind is not None and kind.keyed:
        return True
    feet = (
        relations.topology.by_id[link.id].get(side) in _CROWS_FEET
        for node in part
        for link in relations.links_of(node)
        for side in ("startArrowhead", "endArrowhead")
    )
    rows = (row for node in part for row in rows_of(node, relations))
    return any(feet) or any(_PRIMARY.search(row) or _FOREIGN.search(row) for row in rows)
