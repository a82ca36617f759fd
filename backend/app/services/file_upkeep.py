"""Pictures that nothing shows, and that no history can bring back, are thrown away."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, String, cast, delete, select, update

from app.extensions import db
from app.models import Canvas, CanvasFile, CanvasObject, ChangeSet, NamedVersion
from app.models.sql_time import utc_after, utc_now
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import unit_of_work

GRACE_SECONDS = 7 * 86_400  # an element may follow its picture by as long as somebody is offline
FILES_AT_ONCE = 200


def tidy_files() -> int:
    """Look at pictures that were not looked at for a while; how many were thrown away."""
    due = select(CanvasFile.canvas_id, CanvasFile.id).where(_long_ago()).limit(FILES_AT_ONCE)
    by_canvas: dict[str, list[str]] = {}
    for canvas_id, file_id in db.session.execute(due):
        by_canvas.setdefault(canvas_id, []).append(file_id)
    return sum(_tidy(canvas_id, ids) for canvas_id, ids in by_canvas.items())


def _tidy(canvas_id: str, ids: Collection[str]) -> int:
    with unit_of_work():
        if db.session.get(Canvas, canvas_id) is None:
            return 0
        lock_canvas(canvas_id)
        used = _shown(canvas_id, ids) | _named(canvas_id)
        used |= {file_id for file_id in set(ids) - used if _remembered(canvas_id, file_id)}
        here = (CanvasFile.canvas_id == canvas_id, CanvasFile.id.in_(ids), _long_ago())
        gone = db.session.execute(
            delete(CanvasFile)
            .where(*here, CanvasFile.id.not_in(used))
            .returning(CanvasFile.id)
            .execution_options(synchronize_session=False)
        ).all()
        db.session.execute(
            update(CanvasFile)
            .where(*here)
            .values(kept_at=utc_now())
            .execution_options(synchronize_session=False)
        )
    return len(gone)


def _long_ago() -> ColumnElement[bool]:
    return CanvasFile.kept_at < utc_after(-GRACE_SECONDS)


def _shown(canvas_id: str, ids: Collection[str]) -> set[str]:
    """By an object, or by a deleted one that may come back."""
    file_id = CanvasObject.data["fileId"].as_string()
    query = select(file_id).where(CanvasObject.canvas_id == canvas_id, file_id.in_(ids))
    return set(db.session.execute(query).scalars())


def _named(canvas_id: str) -> set[str]:
    query = select(NamedVersion.file_ids).where(NamedVersion.canvas_id == canvas_id)
    return {file_id for ids in db.session.execute(query).scalars() for file_id in ids}


def _remembered(canvas_id: str, file_id: str) -> bool:
    """By an inverse: an object showed it before it showed another one."""
    mentioned = cast(ChangeSet.inverse, String).contains(file_id)
    query = select(ChangeSet.id).where(ChangeSet.canvas_id == canvas_id, mentioned).limit(1)
    return db.session.execute(query).first() is not None
