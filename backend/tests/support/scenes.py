"""What the database says of a canvas, past the services."""

from app.models.scene_rows import client_rows


def newest_batch(canvas_id: str, client_id: str) -> int:
    """The newest batch of this tab that was applied; 0 if none was."""
    row = client_rows(canvas_id, [client_id]).get(client_id)
    return int(row.last_n) if row else 0
