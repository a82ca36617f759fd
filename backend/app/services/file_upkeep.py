"""Pictures that nothing shows, and that no history can bring back, are thrown away."""

from collections.abc import Collection

from app.models import files, scene_rows
from app.services.unit_of_work import unit_of_work

GRACE_SECONDS = 7 * 86_400  # an element may follow its picture by as long as somebody is offline
FILES_AT_ONCE = 200


def tidy_files() -> int:
    """Look at pictures that were not looked at for a while; how many were thrown away."""
    by_canvas: dict[str, list[str]] = {}
    for canvas_id, file_id in files.not_looked_at(GRACE_SECONDS, FILES_AT_ONCE):
        by_canvas.setdefault(canvas_id, []).append(file_id)
    return sum(_tidy(canvas_id, ids) for canvas_id, ids in by_canvas.items())


def _tidy(canvas_id: str, ids: Collection[str]) -> int:
    with unit_of_work():
        if scene_rows.lock_head(canvas_id) is None:
            return 0
        unused = set(ids) - set(files.shown(canvas_id, ids)) - files.named(canvas_id)
        unused = {key for key in unused if files.remembered_by(canvas_id, key) is None}
        gone = files.throw_away(canvas_id, unused, GRACE_SECONDS)
        files.keep(canvas_id, set(ids) - unused)
    return gone
