"""The list of a canvas's versions: who, when, by which job, how much, and what it is called."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.access.ids import ViewableCanvasId
from app.domain.sync.history import Span, Tally, follows
from app.models import change_sets, scene_rows
from app.models.job_conversation import instructions_of
from app.models.job_queries import names_of
from app.models.named_versions import names_on
from app.services.thumbnail_service import state_name
from app.services.unit_of_work import begin_snapshot

ROWS_AT_ONCE = 1_000
AFTER_ALL = 2**63 - 1


@dataclass
class Version:
    """Change sets that belong together; of one whose changes are forgotten, only the name."""

    number: int
    span: Span | None = None
    newest: Any = None
    authors: set[str] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)


def list_versions(
    canvas_id: ViewableCanvasId, limit: int, before: int | None, *, reads_instructions: bool = True
) -> dict[str, Any]:
    """Versions, newest first. `next_before` asks for older ones."""
    begin_snapshot()
    names = names_on(canvas_id)
    end = AFTER_ALL if before is None else before
    rows = change_sets.newest_before(canvas_id, end, ROWS_AT_ONCE)
    versions = _gathered(rows, names)
    page = versions[:limit]
    more = len(versions) > limit or len(rows) == ROWS_AT_ONCE
    lowest = page[-1].span.first_seq if more and page[-1].span else 0
    _count(canvas_id, page)
    shown = {version.number for version in page}
    page += [Version(seq) for seq in names.keys() - shown if lowest <= seq < end]
    return {
        "versions": _views(canvas_id, page, names, reads_instructions),
        "next_before": lowest or None,
    }


def list_named(canvas_id: ViewableCanvasId) -> list[dict[str, Any]]:
    """The names alone, newest first."""
    begin_snapshot()
    names = names_on(canvas_id)
    return _views(canvas_id, [Version(seq) for seq in names], names, False)


def view_named(canvas_id: ViewableCanvasId, version: int) -> dict[str, Any]:
    return next(view for view in list_named(canvas_id) if view["version"] == version)


def span_of(row: Any) -> Span:
    single = bool(row.job_id or row.undoes or row.redoes or row.restores is not None)
    return Span(row.first_seq, row.last_seq, row.created_at, row.ended_at or row.created_at, single)


def authors_of(row: Any) -> set[str]:
    return set(row.authors or filter(None, [row.user_id]))


def _gathered(rows: Sequence[Any], named: Container[int]) -> list[Version]:
    """From change sets, newest first. What has a name is not gathered with what came after it."""
    versions: list[Version] = []
    for row in rows:
        span = span_of(row)
        last = versions[-1] if versions else None
        if last and last.span and row.last_seq not in named and follows(span, last.span):
            last.span = replace(last.span, first_seq=span.first_seq, started=span.started)
        else:
            last = Version(row.last_seq, span, row)
            versions.append(last)
        last.authors |= authors_of(row)
    return versions


def _count(canvas_id: str, page: Sequence[Version]) -> None:
    """What each version added, changed and removed. Inverses are large: a few at a time."""
    spans = [(version.span, version) for version in page if version.span]
    if not spans:
        return
    oldest, newest = spans[-1][0], spans[0][0]
    span, version = spans.pop()
    for row in change_sets.inverses_between(canvas_id, oldest.first_seq, newest.last_seq):
        while row.last_seq > span.last_seq:
            span, version = spans.pop()
        version.tally.add(row.inverse)


def _views(
    canvas_id: str, page: list[Version], names: Mapping[int, Any], reads_instructions: bool
) -> list[dict[str, Any]]:
    canvas = scene_rows.order_of(canvas_id)
    epoch = canvas.epoch if canvas else ""
    ids = {author for version in page for author in version.authors}
    ids |= {row.user_id for row in names.values() if row.user_id}
    people = {key: {"id": key, "name": name} for key, name in names_of(ids).items()}
    jobs = {version.newest.job_id for version in page if version.newest} - {None}
    instructions = instructions_of(jobs) if reads_instructions else {}
    views = []
    for version in sorted(page, key=lambda version: -version.number):
        view = _view(version) | _name_view(names.get(version.number), people)
        view["authors"] = [people[key] for key in sorted(version.authors) if key in people]
        view["instructions"] = instructions.get(view["job_id"])
        address = f"/api/canvases/{canvas_id}/versions/{version.number}/thumbnail"
        view["thumbnail"] = f"{address}?v={state_name(epoch, version.number)}"
        views.append(view)
    return views


def _view(version: Version) -> dict[str, Any]:
    row, span, tally = version.newest, version.span, version.tally
    return {
        "version": version.number,
        "kind": _kind(row),
        "job_id": row.job_id if row else None,
        "restores": row.restores if row else None,
        "changes": span.last_seq - span.first_seq + 1 if span else 0,
        "added": tally.added,
        "changed": tally.changed,
        "removed": tally.removed,
        "started_at": span.started.isoformat() if span else None,
        "ended_at": span.ended.isoformat() if span else None,
    }


def _kind(row: Any) -> str:
    if row is None:
        return "named"
    if row.restores is not None:
        return "restore"
    if row.redoes:
        return "redo"
    return "job" if row.job_id else "undo" if row.undoes else "edit"


def _name_view(name: Any, people: Mapping[str, Any]) -> dict[str, Any]:
    if name is None:
        return {"name": None, "named_by": None, "named_at": None}
    return {
        "name": name.name,
        "named_by": people.get(name.user_id),
        "named_at": name.created_at.isoformat(),
    }
