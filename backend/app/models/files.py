"""Pictures of canvases: stored, counted, copied, read, thrown away."""

from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Executable,
    String,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)

from app.models.canvas_file import CanvasFile
from app.models.canvas_object import CanvasObject
from app.models.change_set import ChangeSet
from app.models.named_version import NamedVersion
from app.models.sql import Result, count, first, nothing, one, rows, run, statement, value, values
from app.models.sql_time import utc_after, utc_now

F: Any = CanvasFile.__table__
O: Any = CanvasObject.__table__  # noqa: E741  as the others
CHANGES: Any = ChangeSet.__table__
VERSIONS: Any = NamedVersion.__table__
IDS_AT_ONCE = 500
_COPIED = ("id", "media_type", "width", "height", "size", "content", "small")


def add(files: list[dict[str, Any]]) -> None:
    """`files` by column, with all that has no default."""
    run(insert(F), files)


@statement(nothing)
def copy(user_id: str, source_id: str, target_id: str, ids: Collection[str]) -> Executable:
    """Pictures of one canvas on another, as this person's."""
    ours = (cast(target_id, String), cast(user_id, String), utc_now(), utc_now())
    found = select(*ours, *(F.c[name] for name in _COPIED)).where(*_these(source_id, ids))
    names = ["canvas_id", "user_id", "created_at", "kept_at", *_COPIED]
    return insert(F).from_select(names, found)


@statement(values)
def keep(canvas_id: str, ids: Collection[str]) -> Executable:
    """Those of the ids that this canvas has; the housekeeping leaves them alone for a while."""
    return update(F).where(*_these(canvas_id, ids)).values(kept_at=utc_now()).returning(F.c.id)


def _total(result: Result) -> tuple[int, int]:
    """How many pictures, and how many bytes."""
    files, size = one(result)
    return files, int(size)


@statement(_total)
def total_of_canvas(canvas_id: str) -> Executable:
    return _sum_of(F.c.canvas_id == canvas_id)


@statement(_total)
def total_of_person(user_id: str) -> Executable:
    return _sum_of(F.c.user_id == user_id)


@statement(_total)
def total_of(canvas_id: str, ids: Collection[str]) -> Executable:
    return _sum_of(*_these(canvas_id, ids))


def _sum_of(*conditions: ColumnElement[bool]) -> Executable:
    return select(func.count(), func.coalesce(func.sum(F.c.size), 0)).where(*conditions)


@statement(first)
def facts_of(canvas_id: str, file_id: str) -> Executable:
    """(id, media_type, width, height, size, created_at), or None."""
    names = ("id", "media_type", "width", "height", "size", "created_at")
    return select(*(F.c[name] for name in names)).where(*_this(canvas_id, file_id))


@statement(first)
def content_of(canvas_id: str, file_id: str) -> Executable:
    """(media_type, content), or None."""
    return select(F.c.media_type, F.c.content).where(*_this(canvas_id, file_id))


def each(
    canvas_id: str,
    file_ids: Collection[str],
    column: Literal["size", "content", "small", "created_at"],
) -> list[tuple[str, Any]]:
    """(id, column) of those of these pictures that the canvas has."""
    ids = sorted(file_ids)
    found: list[tuple[str, Any]] = []
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = _these(canvas_id, ids[start : start + IDS_AT_ONCE])
        found += [(row[0], row[1]) for row in rows(run(select(F.c.id, F.c[column]).where(*some)))]
    return found


@statement(rows)
def not_looked_at(seconds: float, at_most: int) -> Executable:
    """(canvas_id, id) of pictures that were not kept for so long."""
    return select(F.c.canvas_id, F.c.id).where(F.c.kept_at < utc_after(-seconds)).limit(at_most)


@statement(count)
def throw_away(canvas_id: str, ids: Collection[str], seconds: float) -> Executable:
    """How many of these pictures there were that were not kept for so long."""
    return delete(F).where(*_these(canvas_id, ids), F.c.kept_at < utc_after(-seconds))


@statement(values)
def shown(canvas_id: str, ids: Collection[str]) -> Executable:
    """Those of these ids that an object shows, or a deleted one that may come back."""
    file_id = O.c.data["fileId"].as_string()
    return select(file_id).where(O.c.canvas_id == canvas_id, file_id.in_(ids))


def named(canvas_id: str) -> set[str]:
    """The ids of all that the canvas's named versions show."""
    return {file_id for ids in _named(canvas_id) for file_id in ids}


@statement(values)
def _named(canvas_id: str) -> Executable:
    return select(VERSIONS.c.file_ids).where(VERSIONS.c.canvas_id == canvas_id)


@statement(value)
def remembered_by(canvas_id: str, file_id: str) -> Executable:
    """A change set with an object that showed the picture before it showed another; or None."""
    mentioned = cast(CHANGES.c.inverse, String).contains(file_id)
    return select(CHANGES.c.id).where(CHANGES.c.canvas_id == canvas_id, mentioned).limit(1)


def _this(canvas_id: Any, file_id: Any) -> tuple[Any, Any]:
    return (F.c.canvas_id == canvas_id, F.c.id == file_id)


def _these(canvas_id: Any, ids: Any) -> tuple[Any, Any]:
    return (F.c.canvas_id == canvas_id, F.c.id.in_(ids))
