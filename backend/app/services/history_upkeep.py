"""Nothing grows without bound: edits are gathered into versions, old ones and tombstones pruned."""

from sqlalchemy import delete, func, select, update

from app.domain.sync.history import PAUSE, Span, follows, gather
from app.extensions import db
from app.models import Canvas, CanvasObject, ChangeSet, SyncClient
from app.models.sql_time import utc_after
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import unit_of_work
from app.services.version_list import named_versions, span_of

CANVASES_AT_ONCE = 20
ROWS_AT_ONCE = 500
BATCHES_AT_ONCE = 20
MAX_ENTRIES = 2_000  # objects that one gathered version may touch
KEEP_SECONDS = 90 * 86_400
KEEP_CHANGE_SETS = 1_000
KEEP_TOMBSTONES = 5_000
FORGET_CLIENTS_SECONDS = 180 * 86_400  # an outbox older than this is applied as if it were new


def tidy() -> int:
    """Settle the canvases that were edited lately; how many. Harmless to run anywhere, any time."""
    due = (
        select(ChangeSet.canvas_id)
        .where(ChangeSet.settled.is_(False), ChangeSet.created_at < _a_pause_ago())
        .distinct()
        .limit(CANVASES_AT_ONCE)
    )
    canvases = list(db.session.execute(due).scalars())
    for canvas_id in canvases:
        for _ in range(BATCHES_AT_ONCE):
            if settle(canvas_id) < ROWS_AT_ONCE:
                break
    with unit_of_work():
        old = SyncClient.seen_at < utc_after(-FORGET_CLIENTS_SECONDS)
        db.session.execute(delete(SyncClient).where(old))
    return len(canvases)


def settle(canvas_id: str) -> int:
    """Gather edits that belong together, then prune what is too old or too much.

    Returns how many change sets were looked at, at most `ROWS_AT_ONCE` (and one settled before).
    """
    with unit_of_work():
        lock_canvas(canvas_id)
        groups = _groups(canvas_id)
        for group in groups:
            _join(group)
        looked = sum(len(group) for group in groups)
        db.session.flush()
        _prune(canvas_id)
    return looked


def _a_pause_ago() -> utc_after:
    return utc_after(-PAUSE.total_seconds())


def _groups(canvas_id: str) -> list[list[ChangeSet]]:
    rows = list(
        db.session.execute(
            select(ChangeSet)
            .where(
                ChangeSet.canvas_id == canvas_id,
                ChangeSet.settled.is_(False),
                ChangeSet.created_at < _a_pause_ago(),
            )
            .order_by(ChangeSet.first_seq)
            .limit(ROWS_AT_ONCE)
        ).scalars()
    )
    if rows:
        before = select(ChangeSet).where(
            ChangeSet.canvas_id == canvas_id, ChangeSet.last_seq == rows[0].first_seq - 1
        )
        rows = [*db.session.execute(before).scalars(), *rows]
    named = named_versions(canvas_id)  # each stays the end of what it names
    groups: list[list[ChangeSet]] = []
    for row in rows:
        if groups and groups[-1][-1].last_seq not in named and _belongs(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _belongs(group: list[ChangeSet], row: ChangeSet) -> bool:
    first, last = span_of(group[0]), span_of(group[-1])
    whole = Span(first.first_seq, last.last_seq, first.started, last.ended, first.single)
    return follows(whole, span_of(row)) and sum(len(r.inverse) for r in group) < MAX_ENTRIES


def _join(group: list[ChangeSet]) -> None:
    first, last = group[0], group[-1]
    for row in group:
        row.settled = True
    if len(group) == 1:
        return
    authors = {author for row in group for author in row.authors or filter(None, [row.user_id])}
    first.inverse = gather(row.inverse for row in group)
    first.last_seq = last.last_seq
    first.ended_at = last.ended_at or last.created_at
    first.authors = sorted(authors)
    for row in group[1:]:
        db.session.delete(row)


def _prune(canvas_id: str) -> None:
    """Forget everything up to a change: versions before it, and what had been deleted by then.

    Clients that know less than that get a snapshot, because a delta would lack those deletions.
    """
    horizon = max(_too_old(canvas_id), _too_many(canvas_id), _too_many_tombstones(canvas_id))
    if not horizon:
        return
    db.session.execute(
        delete(ChangeSet)
        .where(ChangeSet.canvas_id == canvas_id, ChangeSet.last_seq <= horizon)
        .execution_options(synchronize_session=False)
    )
    gone = (CanvasObject.deleted.is_(True), CanvasObject.seq <= horizon)
    db.session.execute(
        delete(CanvasObject)
        .where(CanvasObject.canvas_id == canvas_id, *gone)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Canvas)
        .where(Canvas.id == canvas_id, Canvas.min_seq < horizon)
        .values(min_seq=horizon)
        .execution_options(synchronize_session=False)
    )


def _too_old(canvas_id: str) -> int:
    query = select(func.max(ChangeSet.last_seq)).where(
        ChangeSet.canvas_id == canvas_id, ChangeSet.created_at < utc_after(-KEEP_SECONDS)
    )
    return db.session.execute(query).scalar() or 0


def _too_many(canvas_id: str) -> int:
    query = (
        select(ChangeSet.last_seq)
        .where(ChangeSet.canvas_id == canvas_id, ChangeSet.settled.is_(True))
        .order_by(ChangeSet.last_seq.desc())
        .offset(KEEP_CHANGE_SETS)
        .limit(1)
    )
    return db.session.execute(query).scalar() or 0


def _too_many_tombstones(canvas_id: str) -> int:
    """The end of the change set that made the newest tombstone that is one too many."""
    dead = (CanvasObject.canvas_id == canvas_id, CanvasObject.deleted.is_(True))
    newest = select(CanvasObject.seq).where(*dead).order_by(CanvasObject.seq.desc())
    seq = db.session.execute(newest.offset(KEEP_TOMBSTONES).limit(1)).scalar()
    if seq is None:
        return 0
    end = select(func.min(ChangeSet.last_seq)).where(
        ChangeSet.canvas_id == canvas_id, ChangeSet.last_seq >= seq
    )
    return db.session.execute(end).scalar() or seq
