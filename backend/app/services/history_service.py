"""Versions of a canvas: listed, looked at, and gone back to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from app.domain.errors import Conflict, NotFound
from app.domain.sync.history import Element, Span, changes_to, follows, scene_before
from app.extensions import db
from app.models import Canvas, CanvasObject, ChangeSet, User
from app.services.access_service import Actor
from app.services.scene_batch import lock
from app.services.scene_reading import in_order
from app.services.scene_service import Push, apply_locked
from app.services.unit_of_work import begin_snapshot, unit_of_work

ROWS_AT_ONCE = 1_000
NO_VERSION = "There is no such version, or it is too long ago."


@dataclass
class _Version:
    """Change sets that belong together, newest first."""

    span: Span
    newest: Any
    authors: set[str] = field(default_factory=set)


def list_versions(canvas_id: str, limit: int, before: int | None) -> dict[str, Any]:
    """Versions, newest first: who, when and how many changes. `next_before` asks for older ones."""
    query = select(
        ChangeSet.first_seq, ChangeSet.last_seq, ChangeSet.user_id, ChangeSet.job_id,
        ChangeSet.undoes, ChangeSet.restores, ChangeSet.authors, ChangeSet.created_at,
        ChangeSet.ended_at,
    ).where(ChangeSet.canvas_id == canvas_id)  # fmt: skip
    if before is not None:
        query = query.where(ChangeSet.last_seq < before)
    rows = db.session.execute(query.order_by(ChangeSet.last_seq.desc()).limit(ROWS_AT_ONCE)).all()
    versions = _gathered(rows)
    more = len(versions) > limit or len(rows) == ROWS_AT_ONCE
    page = versions[:limit]
    names = _names({author for version in page for author in version.authors})
    return {
        "versions": [_view(version, names) for version in page],
        "next_before": page[-1].span.first_seq if page and more else None,
    }


def scene_at(canvas_id: str, version: int) -> list[Element]:
    """The elements of a version, in drawing order.

    Raises:
        NotFound: there is no such version (any more).
    """
    begin_snapshot()
    today = dict(_objects(canvas_id))
    scene = scene_before(today, _since(canvas_id, version))
    return in_order([element for element in scene.values() if not element["isDeleted"]])


def restore(actor: Actor, canvas_id: str, version: int) -> dict[str, Any]:
    """Make the canvas look as it did; itself a change set, so it can be gone back on.

    Raises:
        NotFound: there is no such version (any more). Conflict: nothing is different.
    """
    with unit_of_work() as work:
        batch = lock(canvas_id)
        today = dict(_objects(canvas_id))
        changes = changes_to(scene_before(today, _since(canvas_id, version)), today)
        if not changes:
            raise Conflict("The canvas looks like this version already.")
        applied = apply_locked(work, batch, Push(actor.id, tuple(changes)))
        made = db.session.get_one(ChangeSet, applied.change_set_id)
        made.restores = version
    return {"version": applied.last_seq, "changes": applied.count}


def _objects(canvas_id: str) -> Iterable[tuple[str, Element]]:
    query = select(CanvasObject.id, CanvasObject.data).where(CanvasObject.canvas_id == canvas_id)
    return [(row.id, row.data) for row in db.session.execute(query)]


def _since(canvas_id: str, version: int) -> list[Any]:
    """The inverses of the change sets after a version, newest first."""
    canvas = db.session.execute(
        select(Canvas.head_seq, Canvas.min_seq).where(Canvas.id == canvas_id)
    ).one_or_none()
    if canvas is None or not canvas.min_seq <= version <= canvas.head_seq:
        raise NotFound(NO_VERSION)
    rows = db.session.execute(
        select(ChangeSet.first_seq, ChangeSet.inverse)
        .where(ChangeSet.canvas_id == canvas_id, ChangeSet.last_seq > version)
        .order_by(ChangeSet.last_seq.desc())
    ).all()
    if rows and rows[-1].first_seq != version + 1:
        raise NotFound(NO_VERSION)  # in the middle of what belongs together
    return [row.inverse for row in rows]


def span_of(row: Any) -> Span:
    single = bool(row.job_id or row.undoes or row.restores is not None)
    return Span(row.first_seq, row.last_seq, row.created_at, row.ended_at or row.created_at, single)


def _gathered(rows: Sequence[Any]) -> list[_Version]:
    versions: list[_Version] = []
    for row in rows:
        span = span_of(row)
        last = versions[-1] if versions else None
        if last is not None and follows(span, last.span):
            last.span = replace(last.span, first_seq=span.first_seq, started=span.started)
        else:
            last = _Version(span, row)
            versions.append(last)
        last.authors |= set(row.authors or filter(None, [row.user_id]))
    return versions


def _view(version: _Version, names: dict[str, str]) -> dict[str, Any]:
    row = version.newest
    kind = "job" if row.job_id else "undo" if row.undoes else "edit"
    return {
        "version": row.last_seq,
        "kind": "restore" if row.restores is not None else kind,
        "job_id": row.job_id,
        "restores": row.restores,
        "authors": [
            {"id": key, "name": names[key]} for key in sorted(version.authors & set(names))
        ],
        "changes": row.last_seq - version.span.first_seq + 1,
        "started_at": version.span.started.isoformat(),
        "ended_at": version.span.ended.isoformat(),
    }


def _names(ids: set[str]) -> dict[str, str]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}
