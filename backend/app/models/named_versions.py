"""Statements about named versions: what a canvas keeps under a name."""

from typing import Any

from sqlalchemy import Executable, delete, insert, select, update

from app.models.named_version import NamedVersion
from app.models.sql import by_first, count, run, statement, value

N: Any = NamedVersion.__table__
ADD = insert(N)


@statement(by_first)
def names_on(canvas_id: str) -> Executable:
    """(seq, name, user_id, created_at) of each, by its number."""
    return select(N.c.seq, N.c.name, N.c.user_id, N.c.created_at).where(N.c.canvas_id == canvas_id)


@statement(value)
def packed_scene(canvas_id: str, seq: int) -> Executable:
    """What the version looked like; None if it has no name."""
    return select(N.c.scene).where(N.c.canvas_id == canvas_id, N.c.seq == seq)


def add_named_version(row: dict[str, Any]) -> None:
    run(ADD, row)


@statement(count)
def rename(canvas_id: str, seq: int, name: str) -> Executable:
    return update(N).where(N.c.canvas_id == canvas_id, N.c.seq == seq).values(name=name)


@statement(count)
def delete_name(canvas_id: str, seq: int) -> Executable:
    return delete(N).where(N.c.canvas_id == canvas_id, N.c.seq == seq)
