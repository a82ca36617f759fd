"""Nothing grows without bound: edits are gathered into versions, old ones and tombstones pruned."""

from typing import Any

from app.domain.sync.history import PAUSE, Span, fold, follows
from app.models import change_sets, named_versions, scene_rows
from app.services.canvas_lock import lock_canvas
from app.services.unit_of_work import unit_of_work
from app.services.version_list import authors_of, span_of

CANVASES_AT_ONCE = 20
ROWS_AT_ONCE = 500
BATCHES_AT_ONCE = 20
MAX_ENTRIES = 2_000  # objects that one gathered version may touch
PAUSE_SECONDS = PAUSE.total_seconds()
KEEP_SECONDS = 90 * 86_400
KEEP_CHANGE_SETS = 1_000
KEEP_TOMBSTONES = 5_000
FORGET_CLIENTS_SECONDS = 180 * 86_400  # an outbox older than this is applied as if it were new


def tidy() -> int:
    """Settle the canvases that were edited lately; how many. Harmless to run anywhere, any time."""
    canvases = change_sets.unsettled_canvases(PAUSE_SECONDS, CANVASES_AT_ONCE)
    for canvas_id in canvases:
        for _ in range(BATCHES_AT_ONCE):
            if settle(canvas_id) < ROWS_AT_ONCE:
                break
    with unit_of_work():
        scene_rows.forget_clients(FORGET_CLIENTS_SECONDS)
    return len(canvases)


def settle(canvas_id: str) -> int:
    """Gather edits that belong together, then prune what is too old or too much.

    Returns how many change sets were looked at, at most `ROWS_AT_ONCE` (and one settled before).
    """
    with unit_of_work():
        lock_canvas(canvas_id)
        groups = _groups(canvas_id)
        _write(groups)
        _prune(canvas_id)
    return sum(len(group) for group in groups)


def _groups(canvas_id: str) -> list[list[Any]]:
    """Change sets that belong together: the unsettled ones, and the one before them."""
    rows = list(change_sets.unsettled_on(canvas_id, PAUSE_SECONDS, ROWS_AT_ONCE))
    if rows:
        rows = [*change_sets.ending_at(canvas_id, rows[0].first_seq - 1), *rows]
    # A named version stays the end of what it names.
    named = named_versions.names_on(canvas_id)
    groups: list[list[Any]] = []
    for row in rows:
        if groups and groups[-1][-1].last_seq not in named and _belongs(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _belongs(group: list[Any], row: Any) -> bool:
    first, last = span_of(group[0]), span_of(group[-1])
    whole = Span(first.first_seq, last.last_seq, first.started, last.ended, first.single)
    return follows(whole, span_of(row)) and sum(len(r.inverse) for r in group) < MAX_ENTRIES


def _write(groups: list[list[Any]]) -> None:
    """Each group becomes one settled change set, the first of it."""
    if absorbed := [row.id for group in groups for row in group[1:]]:
        change_sets.delete_change_sets(absorbed)
    if unsettled := [group[0].id for group in groups if not group[0].settled]:
        change_sets.mark_settled(unsettled)
    change_sets.extend([_gathered(group) for group in groups if len(group) > 1])


def _gathered(group: list[Any]) -> dict[str, Any]:
    first, last = group[0], group[-1]
    return {
        "change_set_id": first.id,
        "inverse": fold(row.inverse for row in group),
        "last_seq": last.last_seq,
        "ended_at": last.ended_at or last.created_at,
        "authors": sorted(set().union(*map(authors_of, group))),
    }


def _prune(canvas_id: str) -> None:
    """Forget everything up to a change: versions before it, and what had been deleted by then.

    Clients that know less than that get a snapshot, because a delta would lack those deletions.
    """
    horizon = max(
        change_sets.last_older_than(canvas_id, KEEP_SECONDS) or 0,
        change_sets.last_beyond(canvas_id, KEEP_CHANGE_SETS) or 0,
        _too_many_tombstones(canvas_id),
    )
    if horizon:
        change_sets.delete_up_to(canvas_id, horizon)
        scene_rows.delete_tombstones(canvas_id, horizon)
        scene_rows.raise_min_seq(canvas_id, horizon)


def _too_many_tombstones(canvas_id: str) -> int:
    """The end of the change set that made the newest tombstone that is one too many, or 0."""
    seq = scene_rows.tombstone_beyond(canvas_id, KEEP_TOMBSTONES)
    return 0 if seq is None else change_sets.end_of_change(canvas_id, seq) or seq
