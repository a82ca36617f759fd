"""Access and edits of one canvas take turns, so that a lost right is lost for every later edit."""

from sqlalchemy import select

from app.domain.errors import NotFound
from app.extensions import db
from app.models import Canvas


def lock_canvas(canvas_id: str) -> Canvas:
    """Hold the canvas's row until the transaction ends, as every edit does.

    Raises:
        NotFound: it is gone.
    """
    canvas = db.session.execute(
        select(Canvas)
        .where(Canvas.id == canvas_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if canvas is None:
        raise NotFound("Canvas not found.")
    return canvas
