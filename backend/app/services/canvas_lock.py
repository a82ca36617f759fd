"""Access and edits of one canvas take turns, so that a lost right is lost for every later edit."""

from app.domain.errors import NotFound
from app.models import scene_rows


def lock_canvas(canvas_id: str) -> int:
    """Hold the canvas's row until the transaction ends; the number of its newest change.

    Later transactions wait, and then see what was done under the lock.

    Raises:
        NotFound: it is gone.
    """
    head: int | None = scene_rows.lock_head(canvas_id)
    if head is None:
        raise NotFound("Canvas not found.")
    return head
